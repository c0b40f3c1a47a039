import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { notifiedAdvisor, updateAdvisor, type AdvisorRow } from '../../store/repositories/advisors';
import { appendAudit } from '../../store/repositories/auditLog';
import { updateConversation, type ConversationRow } from '../../store/repositories/conversations';
import type { Store, StoreTransaction } from '../../store/store';
import { onDutyIn } from '../team/assignAdvisor';
import { itemForWorkflow } from './itemForWorkflow';
import { leaveNotification } from './leaveNotification';
import { tellSupervisors, type Told } from './tellSupervisors';

export interface PassingOn {
	readonly conversation: ConversationRow;
	readonly area: string;
	readonly caseId?: string;
	/** What the next one reads. */
	readonly text: string;
	readonly kind: 'conversation.passed' | 'conversation.unanswered';
	/** Passed on once for it. */
	readonly requestId: string;
	/** Who had their chance. */
	readonly notTo: readonly string[];
	/** False where an item of the workflow asks for it: that one is the notice. */
	readonly emitsItem?: boolean;
}

/**
 * Gives a customer whom nobody answers to the next on duty in the area, or to those who lead when everybody had their chance.
 * Conversation, bell and bitácora in one transaction, which holds the customer's lock.
 */
export async function passOn(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	team: readonly AdvisorRow[],
	passing: PassingOn,
): Promise<Told & { readonly escalated: boolean }> {
	const { conversation } = passing;
	const before = await notifiedAdvisor(tx, store.workspaceId, passing.requestId);
	const again = team.find(({ id }) => id === before);
	if (again !== undefined) return { people: [again], asked: [], escalated: false };
	const next = onDutyIn(team, passing.area, store.now()).find(({ id }) => !passing.notTo.includes(id));
	if (next === undefined) {
		const told = await tellSupervisors(tx, store, profile, team, {
			conversationId: conversation.id,
			contactId: conversation.contact_id,
			caseId: passing.caseId ?? null,
			area: passing.area,
			text: passing.text,
			requestId: passing.requestId,
			// Whoever leads may have had a card before: only who has just passed is not asked again.
			notTo: passing.notTo.slice(0, 1),
			emitsItem: passing.emitsItem,
		});
		return { ...told, escalated: true };
	}
	const left = await leaveNotification(tx, store, next, {
		kind: passing.kind,
		text: passing.text,
		requestId: passing.requestId,
		contactId: conversation.contact_id,
		conversationId: conversation.id,
		caseId: passing.caseId,
		area: passing.area,
	});
	await updateAdvisor(tx, store, next.id, { last_assigned_at: store.now() });
	// Nobody has it until somebody accepts or writes (D13): whoever had it may still be the first.
	await updateConversation(tx, store, conversation.id, {
		owner_advisor_id: next.id,
		...(conversation.mode === 'human' ? { mode: 'waiting' } : {}),
	});
	await appendAudit(tx, store, {
		contactId: conversation.contact_id,
		actor: 'bot',
		action: 'conversation.assigned',
		subjectKind: 'conversation',
		subjectId: conversation.id,
		payload: {
			requestId: passing.requestId,
			advisor: next.name,
			area: passing.area,
			reason: passing.kind,
			before: conversation.owner_advisor_id,
		},
	});
	if (passing.emitsItem !== false) await itemForWorkflow(tx, store, profile, conversation, passing);
	return { people: [next], asked: left.asked, escalated: false };
}
