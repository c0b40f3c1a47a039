import type { OutboundMessage } from '../../domain/messages/outbound';
import { bridgeText } from '../../text/bridgeTexts';
import { canReadFreely, conversationWithAdvisor, queueToAdvisor } from './advisorConversation';
import type { Telling } from './tasks';
import type { BridgeWork } from './work';

/** Says something to an advisor who wrote lately; whoever did not is not disturbed with a template for it. */
export async function tell(work: BridgeWork, telling: Telling, contactId: string): Promise<void> {
	const { tx, store, desk } = work;
	const conversation =
		telling.conversationId === undefined ? undefined : await work.conversation(telling.conversationId);
	if (conversation === undefined) return;
	const own = await conversationWithAdvisor(tx, store, contactId, {
		channelId: conversation.channel_id,
		webhookId: conversation.webhook_id,
	});
	if (!canReadFreely(own, store.now())) return;
	const text = bridgeText(telling.text, desk.profile.language, telling.values);
	const message: OutboundMessage =
		telling.choices === undefined || telling.choices.length === 0
			? { type: 'text', text }
			: { type: 'choices', text, choices: telling.choices };
	const queued = await queueToAdvisor(tx, store, own, {
		id: store.newId(),
		kind: 'notice',
		request_id: work.taskId,
		advisorId: telling.advisorId,
		about: { conversationId: conversation.id, contactId: conversation.contact_id },
		message,
		owner: desk.owner,
		wakeAt: work.wakeAt,
	});
	if (queued) work.queuedIn.push(own);
}
