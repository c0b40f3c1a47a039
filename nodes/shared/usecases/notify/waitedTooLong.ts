import { afterOpenMinutes } from '../../domain/conversation/businessHours';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import type { AdvisorRow } from '../../store/repositories/advisors';
import type { ConversationRow } from '../../store/repositories/conversations';
import { advisorsToldOf } from '../../store/repositories/notifications';
import type { Store, StoreTransaction } from '../../store/store';
import { handoffReason } from '../../text/handoffReasons';
import { askForTask } from '../bridge/tasks';
import type { BridgeWork } from '../bridge/work';
import { passOn } from './passOn';
import { tellSupervisors, type Told } from './tellSupervisors';

const MINUTE = 60_000;

/** Whose turn it is when a customer waits: first the next on duty, then whoever leads. */
const LAST_STEP = 2;

/** When a wait has been too long, by the profile's minutes and, where it says so, its opening hours. */
function patienceEnds(profile: BusinessProfile, from: number): number {
	const { waitingMinutes, waitingInHoursOnly } = profile.handoff;
	return waitingInHoursOnly
		? afterOpenMinutes(profile, new Date(from), waitingMinutes).getTime()
		: from + waitingMinutes * MINUTE;
}

/** Looks again at a customer who waits, once for each step of each wait; a wait that somebody ends is found ended. */
export async function watchWait(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	conversation: ConversationRow,
	wait: { readonly since: number; readonly step: number },
): Promise<void> {
	if (profile.handoff.waitingMinutes === 0 || wait.step > LAST_STEP) return;
	const from = wait.step === 1 ? wait.since : store.now();
	await askForTask(
		tx,
		store,
		{ contactId: conversation.contact_id, webhookId: conversation.webhook_id },
		{ kind: 'wait', conversationId: conversation.id, ...wait },
		`wait:${conversation.id}:${wait.since}:${wait.step}`,
		patienceEnds(profile, from),
	);
}

export interface LongWait {
	readonly conversation: ConversationRow;
	readonly area: string;
	readonly since: number;
	readonly step: number;
	/** False where an item of the workflow asks for it. */
	readonly emitsItem?: boolean;
}

/**
 * One step for a customer who has waited too long, in a transaction that holds their lock: the next on duty gets the conversation;
 * when that has not helped either, or nobody is left, whoever leads is told. Once for each step.
 */
export async function passWaitOn(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	team: readonly AdvisorRow[],
	wait: LongWait,
): Promise<Told & { readonly escalated: boolean }> {
	const { conversation, area, since, step, emitsItem } = wait;
	const text = handoffReason('waits_too_long', profile.language);
	const requestId = `wait:${conversation.id}:${since}:${step}`;
	if (step >= LAST_STEP) {
		const told = await tellSupervisors(tx, store, profile, team, {
			conversationId: conversation.id,
			contactId: conversation.contact_id,
			caseId: null,
			area,
			text,
			requestId,
			emitsItem,
		});
		return { ...told, escalated: true };
	}
	const told = await advisorsToldOf(tx, store.workspaceId, conversation.id, since);
	const owner = conversation.owner_advisor_id;
	const passed = await passOn(tx, store, profile, team, {
		conversation,
		area,
		text,
		kind: 'conversation.unanswered',
		requestId,
		notTo: [...new Set([...(owner === null ? [] : [owner]), ...told])],
		emitsItem,
	});
	if (!passed.escalated) await watchWait(tx, store, profile, conversation, { since, step: step + 1 });
	return passed;
}

/** The look that was asked for: nothing when somebody has answered since, given the customer back, or ended it. */
export async function waitedTooLong(
	work: BridgeWork,
	task: { readonly conversationId: string; readonly since: number; readonly step: number },
): Promise<void> {
	const conversation = await work.conversation(task.conversationId);
	if (conversation?.waiting_since !== task.since) return;
	if (conversation.mode !== 'human' && conversation.mode !== 'waiting') return;
	const { profile, team, store } = work.desk;
	const told = await passWaitOn(work.tx, store, profile, team, {
		conversation,
		area: conversation.area ?? profile.withoutOption.area,
		since: task.since,
		step: task.step,
	});
	work.asked.push(...told.asked);
}
