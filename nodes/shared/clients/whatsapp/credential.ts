import { createHash } from 'node:crypto';

import { z } from 'zod';

import { InvalidInput } from '../../domain/invalidInput';
import { readAddress } from '../../http/address';

export const DEFAULT_GRAPH_URL = 'https://graph.facebook.com';
/** Served until July 2028 (developers.facebook.com/docs/graph-api/changelog). */
const DEFAULT_API_VERSION = 'v25.0';
/** Throughput of a number that was not upgraded (MD/throughput); a linked Business app number has 20. */
const DEFAULT_MESSAGES_PER_SECOND = 80;

const required = (displayName: string) =>
	z
		.string({ required_error: `'${displayName}' is missing`, invalid_type_error: `'${displayName}' is not text` })
		.trim()
		.min(1, `'${displayName}' is empty`);

const credentialSchema = z.object({
	accessToken: required('Access Token'),
	appId: required('App ID'),
	appSecret: required('App Secret'),
	verifyToken: required('Verify Token'),
	businessAccountId: required('WhatsApp Business Account ID'),
	/** Of Meta's Embedded Signup; Tech Providers have one. */
	signupConfigurationId: z
		.string()
		.trim()
		.transform((id) => (id === '' ? undefined : id))
		.optional(),
	baseUrl: z
		.string()
		.trim()
		.default('')
		.transform((url) => (url === '' ? DEFAULT_GRAPH_URL : url.replace(/\/+$/, '')))
		.superRefine((url, context) => {
			const address = readAddress(url);
			if (typeof address === 'string') context.addIssue({ code: 'custom', message: `'Base URL': ${address}` });
		}),
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
	const result = credentialSchema.safeParse(values);
	if (result.success) return result.data;
	const issue = result.error.issues[0];
	throw new InvalidInput({
		message: `WhatsApp Cloud credential: ${issue?.message ?? 'it cannot be read'}`,
		description: 'Open the credential, fill in the field and save it.',
		parameter: String(issue?.path[0] ?? ''),
	});
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
