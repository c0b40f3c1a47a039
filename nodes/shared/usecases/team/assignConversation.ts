import { InvalidInput } from '../../domain/invalidInput';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { listAdvisors, type AdvisorRow } from '../../store/repositories/advisors';
import { appendAudit } from '../../store/repositories/auditLog';
import { getConversation, updateConversation, type ConversationRow } from '../../store/repositories/conversations';
import type { Store, StoreTransaction } from '../../store/store';
import { handoffReason } from '../../text/handoffReasons';
import { assignAdvisor } from './assignAdvisor';
import { profileInForce } from '../profile/businessProfile';
import { tellSupervisors } from '../notify/tellSupervisors';
import { passWaitOn } from '../notify/waitedTooLong';

export interface AssignConversationRequest {
	readonly contactId: string;
	readonly conversationId: string;
	/** One request assigns and tells one person once. */
	readonly requestId: string;
	/** Area key; whoever is on duty there, when nobody is named and the customer belongs to nobody. */
	readonly area: string;
	readonly advisorName?: string;
	/** Why a person is wanted, for the notification and the bitácora. */
	readonly reason: string;
	/** The case of the same turn: who was told of it is not told again. */
	readonly caseRequestId?: string;
	/** `take_over`: the bot is silent from now on. `notify`: it goes on until a person writes (D33). */
	readonly strength: 'notify' | 'take_over';
}

export interface AssignedConversation {
	/** Who has been told; undefined when the area has nobody on duty. */
	readonly advisor?: AdvisorRow;
	readonly mode: string;
	/** Who leads and has been told, when nobody is on duty. */
	readonly escalatedTo?: AdvisorRow;
}

/** The dialogue's reason for a handoff that asks for somebody else than who was told before. */
const WAITS_TOO_LONG = 'waits_too_long';

/** Nobody has answered: the next on duty, then whoever leads; who that is leaves the node as who has been told. */
async function passLongWait(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	conversation: ConversationRow,
	request: AssignConversationRequest,
): Promise<AssignedConversation> {
	const since = conversation.waiting_since;
	if (since === null) return { mode: conversation.mode };
	const team = await listAdvisors(tx, store.workspaceId);
	const { people, escalated } = await passWaitOn(tx, store, profile, team, {
		conversation,
		area: request.area,
		since,
		step: 1,
		emitsItem: false,
	});
	return escalated
		? { mode: conversation.mode, escalatedTo: people[0] }
		: { advisor: people[0], mode: conversation.mode };
}

/** Every handoff reaches somebody: when nobody is on duty in the area, whoever leads is told. */
async function tellNobodyOnDuty(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	conversation: ConversationRow,
	request: AssignConversationRequest,
): Promise<AdvisorRow | undefined> {
	const { people } = await tellSupervisors(tx, store, profile, await listAdvisors(tx, store.workspaceId), {
		conversationId: conversation.id,
		contactId: conversation.contact_id,
		caseId: null,
		area: request.area,
		text: handoffReason(request.reason, profile.language),
		requestId: `${request.requestId}:nobody_on_duty`,
		emitsItem: false,
	});
	return people[0];
}

/**
 * Gives a conversation to a person and stores their notification in the same transaction. Repeated with the same
 * request id it names the same person and tells nobody twice.
 * @throws InvalidInput when the conversation does not exist.
 */
export async function assignConversation(
	store: Store,
	request: AssignConversationRequest,
): Promise<AssignedConversation> {
	const { profile } = await profileInForce(store);
	const [result] = await store.eachLocked(
		[`contact:${request.contactId}`],
		async (tx): Promise<AssignedConversation> => {
			const conversation = await getConversation(tx, store.workspaceId, request.conversationId);
			if (!conversation) {
				throw new InvalidInput({
					message: `There is no conversation '${request.conversationId}' in workspace '${store.workspaceId}'`,
					description: 'Connect this node behind Bot Conversation, or check the store credential.',
					parameter: 'Conversation',
				});
			}
			if (request.reason === WAITS_TOO_LONG) return await passLongWait(tx, store, profile, conversation, request);
			const advisor = await assignAdvisor(tx, store, {
				contactId: conversation.contact_id,
				conversationId: conversation.id,
				area: request.area,
				requestId: request.caseRequestId ?? request.requestId,
				advisorName: request.advisorName,
				kind: request.strength === 'take_over' ? 'conversation.take_over' : 'conversation.notify',
				text: handoffReason(request.reason, profile.language),
			});
			const escalatedTo = advisor ? undefined : await tellNobodyOnDuty(tx, store, profile, conversation, request);
			// A notice on its way to the workflow takes nobody's customer away.
			const isHeld = conversation.mode === 'human' && conversation.owner_advisor_id !== null;
			if (isHeld && request.caseRequestId !== undefined) return { advisor, mode: conversation.mode };
			const waits = request.strength === 'take_over' && conversation.mode === 'bot';
			const mode = waits ? 'waiting' : conversation.mode;
			if (advisor?.id === conversation.owner_advisor_id && mode === conversation.mode) return { advisor, mode };
			await updateConversation(tx, store, conversation.id, {
				mode,
				area: request.area,
				...(waits ? { waiting_since: conversation.waiting_since ?? store.now() } : {}),
				owner_advisor_id: advisor?.id ?? conversation.owner_advisor_id,
				// The dialogue looks when the wait is too long (D13).
				...(waits ? { wake_at: store.now() } : {}),
			});
			await appendAudit(tx, store, {
				contactId: conversation.contact_id,
				actor: 'workflow',
				action: advisor ? 'conversation.assigned' : 'conversation.nobody_on_duty',
				subjectKind: 'conversation',
				subjectId: conversation.id,
				payload: { requestId: request.requestId, advisor: advisor?.name, area: request.area, reason: request.reason },
			});
			return { advisor, mode, escalatedTo };
		},
	);
	if (result === undefined || 'error' in result) throw result?.error ?? new Error('The conversation was not assigned');
	return result.value;
}
