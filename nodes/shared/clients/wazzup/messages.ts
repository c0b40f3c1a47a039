import { z } from 'zod';

import { RequestFailure } from '../../http/failure';
import { messageBody, type WazzupMessage } from './messageRequest';
import type { Wazzup } from './wazzup';

/** Accepted by Wazzup, not yet delivered: delivery is told by webhooks. */
export interface SentMessage {
	/** Absent when the message had already been sent: Wazzup does not say its id again. */
	readonly messageId?: string;
	readonly chatId?: string;
	/** A message with the same crmMessageId was taken within the last 60 s; this one was not sent. */
	readonly alreadySent: boolean;
}

const sentSchema = z.object({
	messageId: z.string().min(1),
	chatId: z
		.union([z.string(), z.number()])
		.nullish()
		.transform((id) => (id === null || id === undefined ? undefined : String(id))),
});

/**
 * Sends one message: `POST /message`. With a crmMessageId a call without an answer is tried again within the 60 s in
 * which Wazzup recognises it; without one it is sent once.
 *
 * @throws InvalidInput when a limit is broken, before anything is sent.
 * @throws RequestFailure
 */
export async function sendMessage(wazzup: Wazzup, message: WazzupMessage): Promise<SentMessage> {
	const body = messageBody(message);
	try {
		const sent = await wazzup.request({
			method: 'POST',
			path: '/message',
			body,
			answer: sentSchema,
			idempotent: message.crmMessageId !== undefined,
			timeout: 'send',
			purpose: 'Send message',
		});
		return { ...sent, alreadySent: false };
	} catch (error) {
		if (error instanceof RequestFailure && error.code === 'REPEATED_CRM_MESSAGE_ID') return { alreadySent: true };
		throw error;
	}
}

/** What a sent message is changed to. */
export interface MessageEdit {
	readonly messageId: string;
	readonly text?: string;
	readonly contentUri?: string;
	readonly crmUserId?: string;
}

export function messageEditBody({ text, contentUri, crmUserId }: MessageEdit): Readonly<Record<string, unknown>> {
	return {
		...(contentUri === undefined ? { text } : { contentUri }),
		...(crmUserId === undefined ? {} : { crmUserId }),
	};
}

/** Changes the text or the file of a sent message: `PATCH /message/:id`. @throws RequestFailure */
export async function editMessage(wazzup: Wazzup, edit: MessageEdit): Promise<void> {
	await wazzup.request({
		method: 'PATCH',
		path: `/message/${encodeURIComponent(edit.messageId)}`,
		body: messageEditBody(edit),
		answer: z.unknown(),
		idempotent: true,
		timeout: 'send',
		purpose: 'Edit message',
	});
}

/** Takes a sent message back: `DELETE /message/:id`. @throws RequestFailure */
export async function deleteMessage(wazzup: Wazzup, messageId: string): Promise<void> {
	await wazzup.request({
		method: 'DELETE',
		path: `/message/${encodeURIComponent(messageId)}`,
		answer: z.unknown(),
		idempotent: true,
		timeout: 'send',
		purpose: 'Delete message',
	});
}
