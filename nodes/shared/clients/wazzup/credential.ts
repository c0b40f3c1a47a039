import { createHash } from 'node:crypto';

import { z } from 'zod';

import { baseUrlOr, readCredential, requiredText } from '../../http/credentialFields';

const DEFAULT_WAZZUP_URL = 'https://api.wazzup24.com/v3';

const credentialSchema = z.object({
	apiKey: requiredText('API Key'),
	baseUrl: baseUrlOr(DEFAULT_WAZZUP_URL),
	/** Part of the webhook address: Wazzup signs nothing. Short enough that the address stays under 200 characters. */
	webhookSecret: z
		.string()
		.trim()
		.max(64, "'Webhook Secret' is longer than 64 characters")
		.refine((secret) => secret === '' || secret.length >= 16, "'Webhook Secret' is shorter than 16 characters")
		.transform((secret) => (secret === '' ? undefined : secret))
		.optional(),
});

/** What the credential WazzupApi holds, checked. */
export type WazzupCredential = z.output<typeof credentialSchema>;

/** Reads what n8n hands over for the credential. @throws InvalidInput naming the first field that is missing or wrong. */
export function readWazzupCredential(values: unknown): WazzupCredential {
	return readCredential(credentialSchema, 'Wazzup', values);
}

/** The same for every credential of one account, so that what they send is counted together; tells nothing of the key. */
export function accountFingerprint({ apiKey, baseUrl }: WazzupCredential): string {
	return createHash('sha256')
		.update(JSON.stringify([baseUrl, apiKey]))
		.digest('hex');
}

/** The same for two copies of one credential, different when anything in it changed. */
export function credentialFingerprint(credential: WazzupCredential): string {
	return createHash('sha256')
		.update(JSON.stringify([accountFingerprint(credential), credential.webhookSecret]))
		.digest('hex');
}

/** Everything in the credential that must never be read in an error. */
export function secretsOf(credential: WazzupCredential): readonly string[] {
	return [credential.apiKey, ...(credential.webhookSecret === undefined ? [] : [credential.webhookSecret])];
}
