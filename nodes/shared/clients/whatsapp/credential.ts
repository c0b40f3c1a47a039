import { createHash } from 'node:crypto';

import { z } from 'zod';

import { baseUrlOr, readCredential, requiredText } from '../../http/credentialFields';

export const DEFAULT_GRAPH_URL = 'https://graph.facebook.com';
/** Served until July 2028 (developers.facebook.com/docs/graph-api/changelog). */
const DEFAULT_API_VERSION = 'v25.0';
/** Throughput of a number that was not upgraded (MD/throughput); a linked Business app number has 20. */
const DEFAULT_MESSAGES_PER_SECOND = 80;

const credentialSchema = z.object({
	accessToken: requiredText('Access Token'),
	appId: requiredText('App ID'),
	appSecret: requiredText('App Secret'),
	verifyToken: requiredText('Verify Token'),
	businessAccountId: requiredText('WhatsApp Business Account ID'),
	/** Of Meta's Embedded Signup; Tech Providers have one. */
	signupConfigurationId: z
		.string()
		.trim()
		.transform((id) => (id === '' ? undefined : id))
		.optional(),
	baseUrl: baseUrlOr(DEFAULT_GRAPH_URL),
	apiVersion: z
		.string()
		.trim()
		.default('')
		.transform((version) => (version === '' ? DEFAULT_API_VERSION : version))
		.pipe(z.string().regex(/^v\d+\.\d+$/, "'API Version' looks like v25.0")),
	messagesPerSecond: z.coerce
		.number()
		.positive("'Messages per Second' is at least 1")
		.max(10_000, "'Messages per Second' is at most 10000")
		.default(DEFAULT_MESSAGES_PER_SECOND),
});

/** What the credential WhatsAppCloudApi holds, checked. Every secret is present: nothing works without them. */
export type WhatsAppCredential = z.output<typeof credentialSchema>;

/** Reads what n8n hands over for the credential. @throws InvalidInput naming the first field that is missing or wrong. */
export function readWhatsAppCredential(values: unknown): WhatsAppCredential {
	return readCredential(credentialSchema, 'WhatsApp Cloud', values);
}

/** The same for two copies of one credential, different when anything in it changed; tells nothing of its secrets. */
export function credentialFingerprint(credential: WhatsAppCredential): string {
	const { accessToken, appId, appSecret, verifyToken, businessAccountId, baseUrl, apiVersion, messagesPerSecond } =
		credential;
	return createHash('sha256')
		.update(
			JSON.stringify([
				accessToken,
				appId,
				appSecret,
				verifyToken,
				businessAccountId,
				baseUrl,
				apiVersion,
				messagesPerSecond,
			]),
		)
		.digest('hex');
}

/** Everything in the credential that must never be read in an error. */
export function secretsOf(credential: WhatsAppCredential): readonly string[] {
	return [credential.accessToken, credential.appSecret, credential.verifyToken];
}
