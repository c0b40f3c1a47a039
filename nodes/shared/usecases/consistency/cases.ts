import { caseFindings } from '../../domain/consistency/findings';
import { OPEN_CASE_STATUSES } from '../../store/repositories/cases';
import { recordsByIds } from '../../store/repositories/consistency';
import { atWazzup, contactsOf, isUnknown, named, refusalOf, stateOfContact, type Look } from './looked';

/** Whether what is open is still attended, and whether cases lead to what they name. */
export const lookAtCases: Look = async (desk, ids) => {
	const { store, now, idleDays } = desk;
	const { db, workspaceId } = store;
	const cases = await recordsByIds(db, workspaceId, 'case', ids);
	const contacts = await contactsOf(desk, cases);
	const conversationIds = cases.flatMap(({ conversation_id: id }) => id ?? []);
	const conversations = new Map(
		(await recordsByIds(db, workspaceId, 'conversation', conversationIds)).map((row) => [row.id, row]),
	);
	const leadIds = cases.flatMap(({ lead_id: id }) => id ?? []);
	const leads = new Map((await recordsByIds(db, workspaceId, 'lead', leadIds)).map((row) => [row.id, row]));
	const synced = await atWazzup(desk, 'deal', ids);
	return cases.map((row) => {
		const conversation = row.conversation_id === null ? undefined : conversations.get(row.conversation_id);
		const facts = {
			isOpen: (OPEN_CASE_STATUSES as readonly string[]).includes(row.status),
			contact: stateOfContact(contacts.get(row.contact_id)),
			conversation: named(row.conversation_id, () => conversation !== undefined),
			closedSince: conversation?.mode === 'closed' ? conversation.activity_at : undefined,
			// A lead of somebody else is none of this case's.
			lead: named(row.lead_id, (id) => leads.get(id)?.contact_id === row.contact_id),
			hasUnknownOwner: isUnknown(row.advisor_id, desk),
			problem: refusalOf(synced.get(row.id)),
		};
		return {
			kind: 'case' as const,
			id: row.id,
			subject: row.number,
			contactId: row.contact_id,
			conversationId: row.conversation_id,
			findings: caseFindings(facts, now, idleDays),
		};
	});
};
