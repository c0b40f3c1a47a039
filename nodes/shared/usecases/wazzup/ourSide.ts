import type { DEAL_FIELDS, ContactFacts, DealFacts } from '../../domain/sync/mapping';
import type { Identity } from '../../domain/messages/events';
import type { ContactRow } from '../../store/repositories/contacts';
import { inboxAddress } from '../../store/repositories/inboxAddress';
import { OPEN_LEAD_STAGES, type LeadRow } from '../../store/repositories/leads';
import type { Executor } from '../../store/store';

/** Leads to the customer in the inbox. */
export type InboxLink = (conversationId: string | null) => string | null;

/** @param home where a name leads while there is no inbox. */
export async function inboxLinks(executor: Executor, workspaceId: string, home: string): Promise<InboxLink> {
	const address = await inboxAddress(executor, workspaceId);
	return (conversationId) => {
		if (address === undefined) return home === '' ? null : home;
		const place = conversationId === null ? '' : `#/conversations/${encodeURIComponent(conversationId)}`;
		return `${address.url}${place}`;
	};
}

/** What is known of a contact, in the words of the mapping. */
export function contactFacts(
	row: ContactRow,
	given: {
		readonly responsibleUserId: string;
		readonly chats: readonly Identity[];
		readonly inboxLink: string | null;
	},
): ContactFacts {
	return {
		id: row.id,
		responsibleUserId: given.responsibleUserId,
		chats: given.chats,
		values: {
			name: row.name ?? row.profile_name,
			company: row.company,
			city: row.city,
			email: row.email,
			identification: row.identification,
			phone: row.phone,
			username: row.username,
			contactId: row.id,
			externalId: row.external_id,
			externalUrl: row.external_url,
			inboxLink: given.inboxLink,
		},
	};
}

/** What is known of a lead, in the words of the mapping. */
export function dealFacts(
	row: LeadRow,
	given: { readonly responsibleUserId: string; readonly inboxLink: string | null },
): DealFacts {
	const values = {
		name: row.name,
		company: row.company,
		requestType: row.request_type,
		product: row.product,
		quantity: row.quantity,
		stage: row.stage,
		amount: row.amount,
		leadId: row.id,
		contactId: row.contact_id,
		externalId: row.external_id,
		externalUrl: row.external_url,
		inboxLink: given.inboxLink,
	} satisfies Record<(typeof DEAL_FIELDS)[number], string | null>;
	return {
		id: row.id,
		responsibleUserId: given.responsibleUserId,
		contactId: row.contact_id,
		closed: !(OPEN_LEAD_STAGES as readonly string[]).includes(row.stage),
		values,
	};
}
