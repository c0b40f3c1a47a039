import { z } from 'zod';

import type { Identity } from '../../domain/messages/events';
import { RequestFailure } from '../../http/failure';
import { createPace, type Pace } from '../../http/pace';
import type { Graph } from './graph';
import { buildMessageRequest, type MessageAddress } from './messageRequest';

/** Accepted by WhatsApp, not yet delivered: delivery is told by webhooks. */
export interface SentMessage {
	readonly wamid: string;
	/** WhatsApp's own form of the number; may differ from what was sent to (Brazil, Mexico). */
	readonly waId?: string;
	readonly userId?: string;
	/** Templates only: `accepted`, `held_for_quality_assessment` or `paused`. */
	readonly messageStatus?: string;
}

const sentSchema = z.object({
	contacts: z
		.array(z.object({ wa_id: z.string().optional(), user_id: z.string().optional() }))
		.optional()
		.catch(undefined),
	messages: z.array(z.object({ id: z.string().min(1), message_status: z.string().optional() })).min(1),
});

/** How fast one number may send, and how fast one person may be written to. */
export interface SendPace {
	readonly number: Pace;
	readonly pair: Pace;
}

/** A wait that is longer belongs to the queue: the message is due again later, other contacts go on. */
const LONGEST_WAIT_MS = 15_000;

/**
 * Meta counts messages in both directions, so a tenth of the throughput is left as a burst and nine tenths as the
 * steady rate: any second stays inside the limit. One person: 45 at once borrowed from the future, then one every
 * 6 s (MD/about-the-platform, rate limits).
 */
export function createSendPace(messagesPerSecond: number, longestWaitMs = LONGEST_WAIT_MS): SendPace {
	return {
		number: createPace({
			burst: Math.max(1, Math.floor(messagesPerSecond / 10)),
			everyMs: 1_000 / Math.max(1, messagesPerSecond * 0.9),
			longestWaitMs,
		}),
		pair: createPace({ burst: 45, everyMs: 6_000, longestWaitMs }),
	};
}

/**
 * Sends one message: `POST /<phone number id>/messages`. Never repeated after it may have been accepted: Meta offers no
 * idempotent send.
 *
 * @throws InvalidInput when a limit is broken, before anything is sent.
 * @throws RequestFailure
 */
export async function sendMessage(graph: Graph, pace: SendPace, input: MessageAddress): Promise<SentMessage> {
	const request = buildMessageRequest(input);
	const pair = `${input.phoneNumberId}:${personKey(input.to)}`;
	await waitForTurn(pace.pair, pair, "The person's limit of messages is used up");
	await waitForTurn(pace.number, input.phoneNumberId, "The number's throughput is used up");
	try {
		const answer = await graph.http.request({
			method: request.method,
			path: request.path,
			body: request.body,
			answer: sentSchema,
			idempotent: false,
			timeout: 'send',
			purpose: 'Send message',
		});
		const [contact] = answer.contacts ?? [];
		const [message] = answer.messages;
		return {
			wamid: message?.id ?? '',
			waId: contact?.wa_id,
			userId: contact?.user_id,
			messageStatus: message?.message_status,
		};
	} catch (error) {
		if (error instanceof RequestFailure && error.code === '131056') {
			pace.pair.exhaust(pair);
			throw withWait(error, PAIR_BACKOFF_MS);
		}
		throw error;
	}
}

/** The series 4^X goes on at X = 2 when the tries of one call are used up. */
const PAIR_BACKOFF_MS = 16_000;

function withWait(failure: RequestFailure, retryAfterMs: number): RequestFailure {
	return new RequestFailure({
		...failure,
		message: failure.message,
		retryAfterMs: failure.retryAfterMs ?? retryAfterMs,
	});
}

function personKey(to: Identity): string {
	return to.waId ?? to.userId ?? to.parentUserId ?? '';
}

async function waitForTurn(pace: Pace, key: string, what: string): Promise<void> {
	const wait = await pace.take(key);
	if (wait === 0) return;
	throw new RequestFailure({
		vendor: 'whatsapp',
		kind: 'rate_limited',
		message: what,
		description: 'Nothing was sent. Send it again later, or spread the messages.',
		retryAfterMs: wait,
	});
}

export interface ReadReceipt {
	readonly phoneNumberId: string;
	/** wamid of the customer's message; earlier ones are marked with it. */
	readonly messageId: string;
	/** Shows "typing…" until the answer, 25 seconds at most. */
	readonly typing?: boolean;
}

/** Shows the blue ticks to the customer. Doing it twice does no harm. @throws RequestFailure */
export async function markAsRead(graph: Graph, receipt: ReadReceipt): Promise<void> {
	await graph.http.request({
		method: 'POST',
		path: `/${encodeURIComponent(receipt.phoneNumberId)}/messages`,
		body: readReceiptBody(receipt),
		answer: z.object({ success: z.literal(true) }),
		idempotent: true,
		timeout: 'read',
		purpose: 'Mark as read',
	});
}

export function readReceiptBody({ messageId, typing }: ReadReceipt): Readonly<Record<string, unknown>> {
	return {
		messaging_product: 'whatsapp',
		status: 'read',
		message_id: messageId,
		...(typing === true ? { typing_indicator: { type: 'text' } } : {}),
	};
}
