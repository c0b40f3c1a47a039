import type { IDataObject } from 'n8n-workflow';

import type { OperationContext } from '../../shared/n8n/operation';
import { optionalWords, optionsOf, parameter, words } from '../../shared/n8n/parameters';
import type { Store } from '../../shared/store/store';
import { conversationCard } from '../../shared/usecases/cards';
import {
	changeConversation,
	previewConversation,
	type ConversationAct,
} from '../../shared/usecases/dialogue/conversationMode';
import { SETTINGS_ACTOR } from '../services';

/** Pauses the bot of the chosen conversation, resumes it, or closes the conversation; by hand it only says so. */
export async function act(context: OperationContext, store: Store, wanted: ConversationAct): Promise<IDataObject> {
	const conversationId = parameter(context, 'conversation', 'Conversation', words).trim();
	const { reason } = parameter(context, 'options', 'Options', optionsOf({ reason: optionalWords }));
	const { crm } = context.item.json;
	const carried: IDataObject = crm === undefined ? {} : { crm };
	if (context.manual) {
		const { conversation, changed, before, after } = await previewConversation(store, conversationId, wanted);
		const card = { ...conversationCard(conversation), mode: after };
		return { simulated: true, ...carried, ...card, modeBefore: before, changed } as IDataObject;
	}
	const { conversation, changed, before } = await changeConversation(store, {
		conversationId,
		act: wanted,
		actor: SETTINGS_ACTOR,
		reason,
	});
	return { ...carried, ...conversationCard(conversation), modeBefore: before, changed } as IDataObject;
}
