import type { BusinessProfile } from '../../domain/profile/businessProfile';
import type { AdvisorRow } from '../../store/repositories/advisors';
import { getConversation, type ConversationRow } from '../../store/repositories/conversations';
import type { Store, StoreTransaction } from '../../store/store';
import { askForTask, type BridgeTask, type TaskAbout, type Telling } from './tasks';

/** What every task of the bridge is done with. */
export interface BridgeDesk {
	readonly store: Store;
	readonly profile: BusinessProfile;
	readonly team: readonly AdvisorRow[];
	/** Who carries what is queued to Send Queued: the execution of this process, or Due at once. */
	readonly owner: string;
	readonly carried: boolean;
}

/** A task cannot be done yet: it is tried again later, and given up after a while. */
export class NotYet extends Error {
	override readonly name = 'NotYet';
}

/** The work on one task: what it wrote, and what it asks of others. */
export class BridgeWork {
	/** Tasks for others, to be done next. */
	readonly asked: string[] = [];
	/** Conversations that have something to send. */
	readonly queuedIn: ConversationRow[] = [];

	constructor(
		readonly tx: StoreTransaction,
		readonly desk: BridgeDesk,
		/** What the task's follow-ups are done once for. */
		readonly taskId: string,
		readonly about: TaskAbout,
	) {}

	get store(): Store {
		return this.desk.store;
	}

	advisor(id: string): AdvisorRow | undefined {
		return this.desk.team.find((advisor) => advisor.id === id);
	}

	/** Due takes what no execution carries. */
	get wakeAt(): number | undefined {
		return this.desk.carried ? undefined : this.store.now();
	}

	async ask(task: BridgeTask, name: string): Promise<void> {
		this.asked.push(await askForTask(this.tx, this.store, this.about, task, `${this.taskId}:${name}`));
	}

	async tell(telling: Telling, name = 'tell'): Promise<void> {
		await this.ask({ kind: 'tell', ...telling }, `${name}:${telling.advisorId}`);
	}

	async conversation(id: string): Promise<ConversationRow | undefined> {
		return await getConversation(this.tx, this.store.workspaceId, id);
	}
}
