import type { INodeProperties } from 'n8n-workflow';

import { InvalidInput } from '../../shared/domain/invalidInput';
import { crmItemIfAny } from '../../shared/n8n/requestId';
import type { OperationContext } from '../../shared/n8n/operation';
import { parameter, words } from '../../shared/n8n/parameters';
import { chooseField } from '../../shared/n8n/storeLists';
import { getConversation, type ConversationRow } from '../../shared/store/repositories/conversations';
import type { Store } from '../../shared/store/store';
import type { WhatsAppCrmServices } from '../services';

export const conversationField: INodeProperties = chooseField({
	displayName: 'Conversation',
	name: 'conversation',
	description: 'The conversation',
	search: 'searchConversations',
	by: { displayName: 'By ID', placeholder: 'e.g. 0198c1f2-…' },
	required: true,
});

/** @throws InvalidInput when there is no such conversation. */
export async function existingConversation(store: Store, conversationId: string): Promise<ConversationRow> {
	const found = await getConversation(store.db, store.workspaceId, conversationId);
	if (found) return found;
	throw new InvalidInput({
		message: `There is no conversation '${conversationId}' in workspace '${store.workspaceId}'`,
		description: "Choose one from the list in 'Conversation', or check the store credential.",
		parameter: 'Conversation',
	});
}

/** The customer of the conversation that is chosen, else of the item's own. */
export async function conversationCustomer(
	context: OperationContext,
	{ store }: WhatsAppCrmServices,
): Promise<string | undefined> {
	const id = parameter(context, 'conversation', 'Conversation', words).trim();
	return id === '' ? crmItemIfAny(context)?.contactId : (await existingConversation(store, id)).contact_id;
}
