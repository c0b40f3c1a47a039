import { getAttachment } from '../../store/repositories/attachments';
import { getConversation } from '../../store/repositories/conversations';
import { getEffect } from '../../store/repositories/effects';
import type { Store } from '../../store/store';
import type { ItemJson } from '../emit/items';
import { attachmentItem, crmOf, type BotOutput, type Outgoing } from './stepWriter';
import type { BotInput } from './turnContext';

/** What an item leaves with that only needs its branch again. */
export async function carryOn(store: Store, input: BotInput): Promise<Outgoing[]> {
	const conversation = await getConversation(store.db, store.workspaceId, input.conversationId);
	if (!conversation) return [];
	switch (input.due) {
		case 'outbox':
			return [{ output: 'reply', json: { crm: crmOf(conversation, input.emissionId, `outbox:${input.contactId}`) } }];
		case 'attachment': {
			const attachment = await getAttachment(store.db, store.workspaceId, input.attachmentId ?? '');
			if (!attachment) return [];
			return [{ output: 'attachment', json: attachmentItem(conversation, input.emissionId, attachment) }];
		}
		default: {
			const effect = await getEffect(store.db, store.workspaceId, input.requestId ?? '');
			if (!effect || effect.state !== 'emitted') return [];
			const crm = crmOf(conversation, input.emissionId, effect.id);
			return [{ output: effect.output as BotOutput, json: { crm, ...(JSON.parse(effect.payload) as ItemJson) } }];
		}
	}
}
