import { appendAudit } from '../../../store/repositories/auditLog';
import { reviveDeadLetter } from '../../../store/repositories/deadLetters';
import { getMessage } from '../../../store/repositories/messages';
import { getConversation } from '../../../store/repositories/conversations';
import { getOutbox } from '../../../store/repositories/outbox';
import { isWindowOpen } from '../../../domain/messages/serviceWindow';
import { Refusal } from '../refusal';
import { notFound } from '../viewer';
import type { Command } from './command';
import { conversationSubject } from './locate';

/** Sends again what certainly did not arrive. What may have arrived is not repeated: WhatsApp cannot send a thing only once. */
export const retryMessage: Command<'retryMessage'> = {
	about: 'customer',
	locate: conversationSubject,
	async run(tx, { store, actor, requestId }, { contactId }, { conversationId, messageId }) {
		const message = await getMessage(tx, store.workspaceId, messageId);
		if (!message || message.conversation_id !== conversationId) throw notFound('message');
		const row = await getOutbox(tx, store.workspaceId, messageId);
		if (!row || row.state !== 'failed' || message.delivery_status !== 'failed' || message.vendor_id !== null) {
			throw new Refusal(409, {
				message: 'This message cannot be sent again',
				description: 'Only what failed before WhatsApp took it can. Write it anew.',
				code: 'cannotRetry',
			});
		}
		const conversation = await getConversation(tx, store.workspaceId, conversationId);
		if (message.type !== 'template' && !isWindowOpen(conversation?.last_inbound_at, store.now())) {
			throw new Refusal(422, {
				message: "The customer's 24 hours are over: WhatsApp delivers only message templates now",
				description: 'Choose an approved template instead.',
				code: 'windowClosed',
			});
		}
		await reviveDeadLetter(tx, store, messageId);
		await appendAudit(tx, store, {
			contactId,
			actor,
			action: 'message.retried',
			subjectKind: 'message',
			subjectId: messageId,
			payload: { requestId },
		});
		return { answer: { messageId }, output: 'reply', outboxIds: [messageId] };
	},
};
