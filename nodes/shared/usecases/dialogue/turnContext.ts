import type { Classification } from '../../domain/classifier/types';
import type { AdvisorFacts } from '../../domain/conversation/types';
import type { KnowledgeFinding } from '../../domain/knowledge/knowledge';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import type { AdvisorRow } from '../../store/repositories/advisors';
import type { Store } from '../../store/store';
import { ownerOfEmission } from '../emit/emissions';
import type { Outgoing, StepOrigin } from './stepWriter';

/** An item that reaches the bot: a new message, or something that fell due. */
export interface BotInput {
	readonly contactId: string;
	readonly conversationId: string;
	readonly channelId: string;
	readonly emissionId?: string;
	/** Kind of a Due item; absent for a new message. */
	readonly due?: 'turn' | 'wake' | 'effect' | 'outbox' | 'attachment' | 'follow_up';
	/** Due effects: the effect's id. */
	readonly requestId?: string;
	readonly attachmentId?: string;
}

export interface BotItem extends Outgoing {
	/** Which input item it answers. */
	readonly inputIndex: number;
}

/** What all turns of an execution share. */
export interface TurnContext {
	readonly store: Store;
	readonly profile: BusinessProfile;
	readonly profileVersion: number;
	readonly execution: StepOrigin['execution'];
	readonly classified: Readonly<Record<string, Classification>>;
	readonly knowledge: Readonly<Record<string, KnowledgeFinding>>;
	/** Absent while the setup has registered nobody: any name is taken as it is. */
	readonly advisors: readonly AdvisorFacts[] | undefined;
	/** Advisors by the contact that their own number makes. */
	readonly attendants: ReadonlyMap<string, AdvisorRow>;
	readonly transcriptWaitMs: number;
	readonly assistantWaitMs: number;
	/** Tasks of the bridge that the turns ask for. */
	readonly asked: string[];
}

/** Whose what an item asked for is until it is done. */
export const ownerOf = (store: Store, emissionId: string | undefined): string =>
	emissionId === undefined ? store.bootId : ownerOfEmission(emissionId);
