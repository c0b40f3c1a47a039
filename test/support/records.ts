import type { Store } from '../../nodes/shared/store/store';
import { openCase, type OpenCaseRequest, type OpenedCase } from '../../nodes/shared/usecases/cases/openCase';
import { receiveEvents } from '../../nodes/shared/usecases/receive/receiveEvents';
import { messageFrom, webhookId } from './events';

export interface Customer {
	readonly contactId: string;
	readonly conversationId: string;
	readonly channelId: string;
}

const emit = { messages: true, statuses: false, echoes: false, account: false };

/** A customer who wrote these messages, as the webhook received them. */
export async function customerWho(store: Store, waId: string, ...texts: readonly string[]): Promise<Customer> {
	const events = texts.map((text, index) => messageFrom(waId, text, { at: store.now() + index }));
	await receiveEvents(store, { webhookId, vendor: 'whatsapp', emit, events });
	const conversation = await store.db
		.selectFrom('conversations')
		.innerJoin('contacts', 'contacts.id', 'conversations.contact_id')
		.select(['conversations.id', 'conversations.contact_id', 'conversations.channel_id'])
		.where('contacts.workspace_id', '=', store.workspaceId)
		.where('contacts.phone', '=', `+${waId}`)
		.executeTakeFirstOrThrow();
	return {
		contactId: conversation.contact_id,
		conversationId: conversation.id,
		channelId: conversation.channel_id,
	};
}

/** A case of the customer; a quotation for sales unless told otherwise. */
export async function caseOf(
	store: Store,
	customer: Customer,
	request: Partial<OpenCaseRequest> & { readonly requestId: string },
): Promise<OpenedCase> {
	return await openCase(store, {
		contactId: customer.contactId,
		conversationId: customer.conversationId,
		type: 'quotation',
		area: 'sales',
		subject: '20 portátiles para la oficina',
		fields: {},
		attachments: [],
		...request,
	});
}
