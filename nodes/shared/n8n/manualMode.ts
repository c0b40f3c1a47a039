import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { identityKeys } from '../domain/identity/identityKeys';
import { normalizePhone } from '../domain/identity/phone';
import type { Identity } from '../domain/messages/events';

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
