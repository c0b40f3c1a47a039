import { flag, parameter, words } from '../../shared/n8n/parameters';
import { dropConversationTest } from '../../shared/usecases/profile/keepConversationAsTest';
import { conversationField } from '../conversation/conversationField';
import { saveByHandField, SETTINGS_ACTOR, type WhatsAppCrmOperation } from '../services';

export const deleteConversationTest: WhatsAppCrmOperation = {
	value: 'deleteTest',
	name: 'Delete Test',
	action: 'Delete test of business profile',
	description: 'Stop checking new profiles with a conversation; the conversation itself stays',
	needsApproval: true,
	properties: [conversationField, saveByHandField],
	async execute(context, { store }) {
		const conversationId = parameter(context, 'conversation', 'Conversation', words).trim();
		if (context.manual && !parameter(context, 'saveByHand', 'Save When Run by Hand', flag.default(false)))
			return { simulated: true, deleted: true, conversationId };
		return { deleted: await dropConversationTest(store, conversationId, SETTINGS_ACTOR), conversationId };
	},
};
