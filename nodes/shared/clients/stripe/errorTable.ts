import { z } from 'zod';

import { lookupTable } from '../../domain/lookupTable';
import type { FailureKind } from '../../http/failure';
import type { ExplainedAnswer, VendorAnswer } from '../../http/vendorHttp';

interface ErrorRow {
	readonly kind?: FailureKind;
	/** What happened. */
	readonly message: string;
	/** What to do. */
	readonly description: string;
}

const CHECK_PARAMETERS = 'Compare the parameters of this node with what Stripe says.';
const rejected = (message: string, description: string): ErrorRow => ({ kind: 'rejected', message, description });

/** Stripe's codes and what they mean for the person at the canvas (docs.stripe.com/error-codes; October 2026). */
export const ERROR_TABLE = lookupTable<ErrorRow>({
	account_invalid: rejected(
		'The key does not belong to this Stripe account',
		"Copy 'Secret Key' again from the account that collects.",
	),
	amount_too_large: rejected("'Amount' is more than Stripe charges at once", 'Divide it into several payments.'),
	amount_too_small: rejected("'Amount' is less than Stripe charges", 'The least is about 0.50 US dollars.'),
	api_key_expired: {
		kind: 'unauthorized',
		message: "The key in 'Secret Key' has expired",
		description: 'Make a new one in the Dashboard under Developers, API keys.',
	},
	balance_insufficient: rejected(
		'The balance of the Stripe account does not cover this refund',
		'Top the balance up in the Dashboard, or wait for the next payments.',
	),
	charge_already_refunded: rejected('This payment has been refunded in whole', 'There is nothing left to refund.'),
	charge_disputed: rejected(
		'The customer has disputed this payment with their bank, so it cannot be refunded',
		'Answer the dispute in the Stripe Dashboard.',
	),
	idempotency_key_in_use: {
		kind: 'temporary',
		message: 'The same request is being made at this moment',
		description: 'Try again in a few seconds.',
	},
	lock_timeout: {
		kind: 'rate_limited',
		message: 'Stripe is busy with another change of the same object',
		description: 'Try again in a few seconds.',
	},
	parameter_invalid_integer: rejected('A number was not accepted', CHECK_PARAMETERS),
	parameter_missing: rejected('A value is missing', CHECK_PARAMETERS),
	rate_limit: {
		kind: 'rate_limited',
		message: 'The account made too many requests at once',
		description: 'Try again in a few seconds.',
	},
	resource_missing: rejected(
		'Stripe does not know this ID',
		"Check the ID, and that 'Secret Key' is of the same account and mode: test and live know nothing of each other.",
	),
	secret_key_required: {
		kind: 'unauthorized',
		message: "'Secret Key' holds a publishable key",
		description: 'Use the secret key (sk_…) or a restricted key (rk_…).',
	},
	url_invalid: rejected('Stripe did not take an address', 'It must be a public https address.'),
});

const UNAVAILABLE: ErrorRow = {
	kind: 'temporary',
	message: 'Stripe is unavailable for now',
	description: 'Try again later: the same request is done once.',
};

const BY_TYPE = lookupTable<ErrorRow>({
	idempotency_error: rejected(
		"This 'Request ID' was used for another payment before",
		"Use a new 'Request ID' when amount, currency or anything else has changed.",
	),
	card_error: rejected('The card was declined', 'The customer can try again or use another card.'),
	api_error: UNAVAILABLE,
});

const BY_STATUS: Readonly<Record<number, ErrorRow>> = {
	401: {
		kind: 'unauthorized',
		message: "Stripe did not accept the key in 'Secret Key'",
		description: 'Copy it again from the Dashboard under Developers, API keys.',
	},
	403: {
		kind: 'unauthorized',
		message: 'The key may not do this',
		description: 'Give the restricted key this permission in the Dashboard under Developers, API keys.',
	},
	409: {
		kind: 'temporary',
		message: 'Stripe is busy with the same request',
		description: 'Try again in a few seconds.',
	},
	429: {
		kind: 'rate_limited',
		message: 'Stripe asked to slow down',
		description: 'Try again in a few seconds.',
	},
};

/** What Stripe's errors mean by their type or their status, where the code says nothing. */
export const STANDARD_ERRORS: ReadonlyMap<string, ErrorRow> = new Map([...BY_TYPE, ...Object.entries(BY_STATUS)]);

/** Before each further try: half a second, doubled (stripe-node does the same). */
export const RETRY_PAUSES_MS: readonly number[] = [500, 1_000, 2_000];

const text = z.string().nullish().catch(undefined);
const errorSchema = z.object({
	error: z.object({ type: text, code: text, message: text, param: text, decline_code: text }),
});

/** @param pausesMs Before each further try. */
export function createExplain(
	pausesMs: readonly number[] = RETRY_PAUSES_MS,
): (answer: VendorAnswer) => ExplainedAnswer | undefined {
	return ({ status, body, headers }) => {
		const parsed = errorSchema.safeParse(body);
		if (!parsed.success) return undefined;
		const { code, type, message, param, decline_code: declineCode } = parsed.data.error;
		const known =
			ERROR_TABLE.get(code ?? '') ??
			BY_TYPE.get(type ?? '') ??
			BY_STATUS[status] ??
			(status >= 500 ? UNAVAILABLE : undefined);
		const wished = headers?.['stripe-should-retry'];
		const traceId = headers?.['request-id'];
		const isReplayed = headers?.['idempotent-replayed'] === 'true';
		return {
			kind: kindOf(known?.kind, wished),
			message: `${known?.message ?? 'Stripe refused the request'} (${code ?? type ?? status})`,
			description: [
				known?.description ?? CHECK_PARAMETERS,
				message ? `Stripe says: ${message}` : undefined,
				param ? `Parameter: ${param}.` : undefined,
			]
				.filter((sentence) => sentence !== undefined)
				.join(' '),
			code: code ?? type ?? String(status),
			...(message ? { said: message } : {}),
			...(declineCode ? { subcode: declineCode } : {}),
			...(typeof traceId === 'string' ? { traceId } : {}),
			isReplayed,
			// What Stripe repeats from memory does not change by being asked again.
			pausesMs: wished === 'false' || isReplayed ? [] : pausesMs,
		};
	};
}

/** What Stripe's own word on repeating makes of it: it knows what it has done. */
function kindOf(known: FailureKind | undefined, wished: unknown): FailureKind | undefined {
	const again = known === 'temporary' || known === 'rate_limited';
	if (wished === 'true' && !again && known !== 'unauthorized') return 'temporary';
	return known ?? 'rejected';
}
