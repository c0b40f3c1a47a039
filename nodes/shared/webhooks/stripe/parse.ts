/** What an event of Stripe is about. It is a hint: what counts is read back from Stripe. */
export interface StripeNotice {
	/** `evt_…`. */
	readonly id: string;
	/** `checkout.session.completed` … */
	readonly type: string;
	/** When it happened, milliseconds. */
	readonly at: number;
	readonly mode: 'live' | 'test';
	/** Version of the API that shaped it. */
	readonly apiVersion?: string;
	/** `checkout.session`, `payment_intent`, `refund` … and its id. */
	readonly object: { readonly kind: string; readonly id: string };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/**
 * Reads a webhook of Stripe: which object something happened to, and when. Nothing of a card, a name or an address is taken over.
 * @param body the parsed JSON
 * @returns undefined for anything that is no event of Stripe; never throws
 */
export function parseStripeWebhook(body: unknown): StripeNotice | undefined {
	if (!isRecord(body) || body.object !== 'event') return undefined;
	const { id, type, created, livemode, api_version: apiVersion, data } = body;
	const object = isRecord(data) ? data.object : undefined;
	if (!isText(id) || !isText(type) || !isRecord(object)) return undefined;
	if (typeof created !== 'number' || !Number.isFinite(created) || typeof livemode !== 'boolean') return undefined;
	if (!isText(object.object) || !isText(object.id)) return undefined;
	return {
		id,
		type,
		at: created * 1_000,
		mode: livemode ? 'live' : 'test',
		...(isText(apiVersion) ? { apiVersion } : {}),
		object: { kind: object.object, id: object.id },
	};
}
