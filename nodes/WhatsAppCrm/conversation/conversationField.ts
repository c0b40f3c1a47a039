import type { INodeProperties } from 'n8n-workflow';

import { InvalidInput } from '../../shared/domain/invalidInput';
import { chooseField } from '../../shared/n8n/storeLists';
import { getConversation, type ConversationRow } from '../../shared/store/repositories/conversations';
import type { Store } from '../../shared/store/store';

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
