import { createHash } from 'node:crypto';

import { z } from 'zod';

import type { PaymentMode } from '../../domain/payments/payment';
import { baseUrlOr, readCredential, requiredText } from '../../http/credentialFields';

const DEFAULT_STRIPE_URL = 'https://api.stripe.com';

/** The version of the API that our requests and answers are checked against. */
export const STRIPE_API_VERSION = '2026-10-28.endive';

const credentialSchema = z.object({
	secretKey: requiredText('Secret Key').regex(
		/^(?:sk|rk)_(?:test|live)_\w+$/,
		"'Secret Key' must begin with sk_test_, sk_live_, rk_test_ or rk_live_; a publishable key (pk_…) is for browsers",
	),
	webhookSecrets: z
		.string()
		.default('')
		.transform((text) => text.split(/[\s,;]+/).filter((secret) => secret !== ''))
		.pipe(z.array(z.string().regex(/^whsec_\S+$/, "'Webhook Signing Secrets' must each begin with whsec_"))),
	baseUrl: baseUrlOr(DEFAULT_STRIPE_URL),
	apiVersion: z
		.string()
		.trim()
		.default('')
		.transform((version) => (version === '' ? STRIPE_API_VERSION : version))
		.pipe(z.string().regex(/^\d{4}-\d{2}-\d{2}(?:\.\w+)?$/, "'API Version' must look like 2026-10-28.endive")),
});

/** What the credential StripePaymentsApi holds, checked. */
export type StripeCredential = z.output<typeof credentialSchema>;

/** Reads what n8n hands over for the credential. @throws InvalidInput naming the first field that is missing or wrong. */
export function readStripeCredential(values: unknown): StripeCredential {
	return readCredential(credentialSchema, 'Stripe', values);
}

/** Whether the key moves real money. */
export function modeOf({ secretKey }: StripeCredential): PaymentMode {
	return /^.._live_/.test(secretKey) ? 'live' : 'test';
}

/** The same for two copies of one credential, different when anything in it changed; tells nothing of the key. */
export function credentialFingerprint(credential: StripeCredential): string {
	return createHash('sha256')
		.update(JSON.stringify([credential.baseUrl, credential.apiVersion, ...secretsOf(credential)]))
		.digest('hex');
}

/** Everything in the credential that must never be read in an error. */
export function secretsOf({ secretKey, webhookSecrets }: StripeCredential): readonly string[] {
	return [secretKey, ...webhookSecrets];
}
