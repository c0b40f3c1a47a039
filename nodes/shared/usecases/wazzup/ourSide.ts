import { decimalOf, type Money } from '../../domain/payments/money';
import type { CASE_FIELDS, ContactFacts, DEAL_FIELDS, DealFacts, LINK_FIELDS } from '../../domain/sync/mapping';
import type { Identity } from '../../domain/messages/events';
import { OPEN_CASE_STATUSES, type CaseRow } from '../../store/repositories/cases';
import type { ContactRow } from '../../store/repositories/contacts';
import { inboxAddress } from '../../store/repositories/inboxAddress';
import type { LeadRow } from '../../store/repositories/leads';
import type { Executor } from '../../store/store';

/** Leads to a conversation in the inbox, or to whatever conversation the customer has by then. */
export type InboxLink = (contactId: string, conversationId?: string | null) => string | null;

/** @param home where a name leads while there is no inbox. */
export async function inboxLinks(executor: Executor, workspaceId: string, home: string): Promise<InboxLink> {
	const address = await inboxAddress(executor, workspaceId);
	return (contactId, conversationId = null) => {
		if (address === undefined) return home === '' ? null : home;
		const place = conversationId === null ? `contacts/${contactId}` : `conversations/${conversationId}`;
		return `${address.url}#/${place}`;
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
	given: {
		readonly responsibleUserId: string;
		readonly inboxLink: string | null;
		readonly closedStages: readonly string[];
	},
): DealFacts {
	const values = {
		name: row.name,
		company: row.company,
		requestType: row.request_type,
		product: row.product,
		quantity: row.quantity,
		stage: row.stage,
		amount: row.amount,
		currency: row.amount === null ? null : row.currency,
		leadId: row.id,
		contactId: row.contact_id,
		externalId: row.external_id,
		externalUrl: row.external_url,
		inboxLink: given.inboxLink,
		dealId: row.id,
	} satisfies Record<(typeof DEAL_FIELDS)[number] | (typeof LINK_FIELDS)[number], string | null>;
	return {
		id: row.id,
		kind: 'lead',
		responsibleUserId: given.responsibleUserId,
		contactId: row.contact_id,
		closed: given.closedStages.includes(row.stage),
		values,
	};
}

/** What is known of a case without a lead, in the words of the mapping. What was paid for it closes it, as it wins a lead. */
export function caseFacts(
	row: CaseRow,
	given: {
		readonly responsibleUserId: string;
		readonly inboxLink: string | null;
		readonly contact: Pick<ContactRow, 'name' | 'profile_name' | 'company'>;
		readonly paid: Money | undefined;
	},
): DealFacts {
	const { contact, paid } = given;
	const values = {
		name: contact.name ?? contact.profile_name,
		company: contact.company,
		caseNumber: row.number,
		caseType: row.type,
		subject: row.subject,
		area: row.area,
		status: row.status,
		amount: paid === undefined ? null : decimalOf(paid),
		currency: paid === undefined ? null : paid.currency,
		caseId: row.id,
		contactId: row.contact_id,
		externalId: row.external_id,
		externalUrl: row.external_url,
		inboxLink: given.inboxLink,
		dealId: row.id,
	} satisfies Record<(typeof CASE_FIELDS)[number] | (typeof LINK_FIELDS)[number], string | null>;
	return {
		id: row.id,
		kind: 'case',
		responsibleUserId: given.responsibleUserId,
		contactId: row.contact_id,
		closed: paid !== undefined || !(OPEN_CASE_STATUSES as readonly string[]).includes(row.status),
		values,
	};
}
