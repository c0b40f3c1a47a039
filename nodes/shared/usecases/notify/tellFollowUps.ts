import { knownName } from '../../domain/identity/knownName';
import { appendAudit } from '../../store/repositories/auditLog';
import { getAdvisor } from '../../store/repositories/advisors';
import { getContact } from '../../store/repositories/contacts';
import { getConversation, touchConversationsOf } from '../../store/repositories/conversations';
import { claimFollowUp, dueFollowUps, updateFollowUp, type FollowUpRow } from '../../store/repositories/followUps';
import type { Store, StoreTransaction } from '../../store/store';
import { leaveNotification } from './leaveNotification';
import type { ItemJson } from '../emit/items';

/** Follow-ups of one look; what is beyond waits for the next second. */
const BATCH = 100;

/** What the workflow gets of a follow-up whose time has come. */
export interface ToldFollowUp {
	readonly row: FollowUpRow;
	readonly words: ItemJson;
}

async function tell(tx: StoreTransaction, store: Store, row: FollowUpRow): Promise<ToldFollowUp | undefined> {
	// Two processes look at the same second: one of them tells.
	if (!(await claimFollowUp(tx, store, row.id))) return undefined;
	const conversation = await getConversation(tx, store.workspaceId, row.conversation_id);
	const contact = await getContact(tx, store.workspaceId, row.contact_id);
	if (!conversation || !contact) return undefined;
	if (row.origin === 'rule' && (conversation.last_inbound_at ?? 0) > row.created_at) {
		// The customer has written since: there is nothing to ask any more.
		await updateFollowUp(tx, store, row.id, { state: 'cancelled' });
		await appendAudit(tx, store, {
			contactId: row.contact_id,
			actor: 'bot',
			action: 'follow_up.ended',
			subjectKind: 'follow_up',
			subjectId: row.id,
			payload: { before: 'open', after: 'cancelled', reason: 'answered', text: row.text },
		});
		return undefined;
	}
	const advisorId = row.advisor_id ?? conversation.owner_advisor_id;
	const advisor = advisorId === null ? undefined : await getAdvisor(tx, store.workspaceId, advisorId);
	const customer = knownName(contact) ?? '';
	if (advisor) {
		await leaveNotification(tx, store, advisor, {
			kind: 'follow_up.due',
			text: [customer, row.text].filter((part) => part !== '').join(': '),
			requestId: `follow_up:${row.id}:${row.due_at}`,
			contactId: row.contact_id,
			conversationId: row.conversation_id,
		});
	}
	await touchConversationsOf(tx, store, row.contact_id);
	return {
		row,
		words: {
			followUpId: row.id,
			kind: row.kind,
			text: row.text,
			dueAt: new Date(row.due_at).toISOString(),
			customer,
			phone: contact.phone ?? undefined,
			advisor: advisor?.name,
			advisorEmail: advisor?.email ?? undefined,
			advisorPhone: advisor?.phone ?? undefined,
		},
	};
}

/**
 * Tells whose follow-ups fell due, once each: the notification is in the transaction that takes it off the clock. What a rule
 * wanted to ask a customer who has written since is cancelled (P10).
 */
export async function tellFollowUps(store: Store, webhookId: string): Promise<ToldFollowUp[]> {
	const rows = await dueFollowUps(store.db, store, webhookId, BATCH);
	if (rows.length === 0) return [];
	const byContact = new Map<string, FollowUpRow[]>();
	for (const row of rows) byContact.set(row.contact_id, [...(byContact.get(row.contact_id) ?? []), row]);
	const results = await store.eachLocked(
		[...byContact.keys()].map((id) => `contact:${id}`),
		async (tx, key) => {
			const told: ToldFollowUp[] = [];
			for (const row of byContact.get(key.slice('contact:'.length)) ?? []) {
				const one = await tell(tx, store, row);
				if (one) told.push(one);
			}
			return told;
		},
	);
	return results.flatMap((result) => {
		if ('error' in result) throw result.error;
		return result.value;
	});
}
