import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';

import { identityKeys } from '../domain/identity/identityKeys';
import { normalizePhone } from '../domain/identity/phone';
import type { Identity } from '../domain/messages/events';
import type { OutboundMessage } from '../domain/messages/outbound';

/** Whether somebody pressed the node in the editor: nothing of production is claimed, sent or counted then. */
export function isManual(node: Pick<IExecuteFunctions, 'getMode'>): boolean {
	return node.getMode() === 'manual';
}

/** A request that was not made, as it would have left. Never carries a header, so never a secret. */
export interface ShownRequest {
	readonly method: string;
	readonly url: string;
	readonly body?: unknown;
}

/** What an operation answers by hand instead of doing it. */
export function simulated(request: ShownRequest): IDataObject {
	return {
		simulated: true,
		request: {
			method: request.method,
			url: request.url,
			...(request.body === undefined ? {} : { body: request.body as IDataObject }),
		},
	};
}

/**
 * Whether a person may really get what is sent by hand: only the test numbers of the business profile.
 *
 * @param testNumbers As typed in the profile: phone numbers, WhatsApp ids or user ids.
 */
export function receivesByHand(to: Identity, testNumbers: readonly string[], defaultCountry: string): boolean {
	const keys = new Set(identityKeys(to).map(({ value }) => value));
	return testNumbers.some((number) => {
		const phone = normalizePhone(number, defaultCountry)?.e164.slice(1);
		return (
			keys.has(number.trim()) || keys.has(number.trim().replace(/^\+/, '')) || (phone !== undefined && keys.has(phone))
		);
	});
}

/**
 * What a node would have queued had it not been run by hand: carried in the item as `queued`, so that Send Queued can
 * show the exact requests although the queue has nothing of it.
 */
export interface QueuedByHand {
	/** The number that would send: Meta's phone_number_id. */
	readonly phoneNumberId: string;
	readonly to: Identity;
	readonly messages: readonly OutboundMessage[];
}

const queuedByHandSchema = z.object({
	phoneNumberId: z.string().min(1),
	to: z.object({ waId: z.string().optional(), userId: z.string().optional(), parentUserId: z.string().optional() }),
	messages: z.array(z.object({ type: z.string() }).passthrough()),
});

/** The messages that an item of a manual run would have queued; `undefined` when it carries none. */
export function queuedByHand(json: IDataObject): QueuedByHand | undefined {
	const parsed = queuedByHandSchema.safeParse(json.queued);
	if (!parsed.success) return undefined;
	// Made by our own nodes in the same run from typed messages; building the request checks every field again.
	return { ...parsed.data, messages: parsed.data.messages as unknown as readonly OutboundMessage[] };
}
