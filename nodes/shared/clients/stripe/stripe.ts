import { createHash } from 'node:crypto';

import { LRUCache } from 'lru-cache';
import type { ZodType, ZodTypeDef } from 'zod';

import { RequestFailure } from '../../http/failure';
import { createVendorHttp, type VendorHttp } from '../../http/vendorHttp';
import { credentialFingerprint, modeOf, secretsOf, type StripeCredential } from './credential';
import { createExplain, RETRY_PAUSES_MS } from './errorTable';

/** Stripe refuses longer keys. */
const LONGEST_KEY = 255;
/** Stripe recommends 80 s; three times this, with a longer pause than an execution waits, is enough for a link. */
const SEND_TIMEOUT_MS = 30_000;
const READ_TIMEOUT_MS = 10_000;

/** A change. The same key makes the same change once, for at least a day, and answers the same. */
export interface StripePost<Answer> {
	/** Below /v1, with a leading slash. */
	readonly path: string;
	readonly body?: Readonly<Record<string, unknown>>;
	readonly idempotencyKey: string;
	readonly answer: ZodType<Answer, ZodTypeDef, unknown>;
	/** In words, for messages. */
	readonly purpose: string;
}

export interface StripeGet<Answer> {
	readonly path: string;
	readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
	readonly answer: ZodType<Answer, ZodTypeDef, unknown>;
	readonly purpose: string;
}

/** Removes an object for good. */
export interface StripeDelete<Answer> {
	readonly path: string;
	readonly answer: ZodType<Answer, ZodTypeDef, unknown>;
	readonly purpose: string;
}

/** Stripe's API for one credential. Everything throws RequestFailure only. */
export interface Stripe {
	readonly credential: StripeCredential;
	/** Address of the API with its version, without a slash at the end. */
	readonly root: string;
	post<Answer>(request: StripePost<Answer>): Promise<Answer>;
	get<Answer>(request: StripeGet<Answer>): Promise<Answer>;
	delete<Answer>(request: StripeDelete<Answer>): Promise<Answer>;
}

export interface StripeSettings {
	readonly sendTimeoutMs?: number;
	readonly readTimeoutMs?: number;
	/** Before each further try. */
	readonly pausesMs?: readonly number[];
}

/** Connections are kept from one execution to the next; an edited credential gets its own. */
const transports = new LRUCache<string, VendorHttp>({ max: 100 });

function transportOf(credential: StripeCredential, settings: StripeSettings): VendorHttp {
	const key = JSON.stringify([credentialFingerprint(credential), settings]);
	const known = transports.get(key);
	if (known !== undefined) return known;
	const pausesMs = settings.pausesMs ?? RETRY_PAUSES_MS;
	const transport = createVendorHttp({
		vendor: 'stripe',
		name: 'Stripe',
		baseUrl: `${credential.baseUrl}/v1`,
		bodies: 'form',
		headers: { Authorization: `Bearer ${credential.secretKey}`, 'Stripe-Version': credential.apiVersion },
		secrets: secretsOf(credential),
		explain: createExplain(pausesMs),
		sendTimeoutMs: settings.sendTimeoutMs ?? SEND_TIMEOUT_MS,
		readTimeoutMs: settings.readTimeoutMs ?? READ_TIMEOUT_MS,
		pausesMs,
	});
	transports.set(key, transport);
	return transport;
}

/** @throws RequestFailure when the base URL is refused. */
export function openStripe(credential: StripeCredential, settings: StripeSettings = {}): Stripe {
	const http = transportOf(credential, settings);
	return {
		credential,
		root: `${credential.baseUrl}/v1`,
		post: async ({ path, body, idempotencyKey, answer, purpose }) => {
			if (idempotencyKey.length > LONGEST_KEY) throw new Error('The idempotency key is longer than 255 characters');
			const ask = async (key: string) =>
				await http.request({
					method: 'POST',
					path,
					// An empty body would otherwise be sent as JSON's nothing.
					body: body ?? {},
					headers: { 'Idempotency-Key': key },
					answer,
					idempotent: true,
					timeout: 'send',
					purpose,
				});
			return refuseOtherMode(credential, purpose, await askAnewWhenRefusedBefore(ask, idempotencyKey));
		},
		get: async ({ path, query, answer, purpose }) =>
			refuseOtherMode(
				credential,
				purpose,
				await http.request({ method: 'GET', path, query, answer, idempotent: true, timeout: 'read', purpose }),
			),
		delete: async ({ path, answer, purpose }) =>
			refuseOtherMode(
				credential,
				purpose,
				await http.request({ method: 'DELETE', path, answer, idempotent: true, timeout: 'send', purpose }),
			),
	};
}

/** Refusals of one request that are asked past; each was remembered by Stripe for a day. */
const MOST_KEYS = 10;

/**
 * Stripe repeats the refusal of a key for a day, whatever has become of its reason, such as an empty balance. A refusal has done
 * nothing, so the request is made anew under the next key; everybody who makes it derives the same keys in the same order.
 */
async function askAnewWhenRefusedBefore<Answer>(ask: (key: string) => Promise<Answer>, key: string): Promise<Answer> {
	for (let time = 1; ; time += 1) {
		try {
			return await ask(time === 1 ? key : createHash('sha256').update(`${key}\n${time}`).digest('hex'));
		} catch (error) {
			const isOld = error instanceof RequestFailure && error.kind === 'rejected' && error.isReplayed;
			if (!isOld || time === MOST_KEYS) throw error;
		}
	}
}

/** A key of one mode only ever sees its own; an answer of the other is from somewhere else. */
function refuseOtherMode<Answer>(credential: StripeCredential, purpose: string, answer: Answer): Answer {
	const { livemode } = answer as { readonly livemode?: unknown };
	const mode = modeOf(credential);
	if (typeof livemode !== 'boolean' || livemode === (mode === 'live')) return answer;
	throw new RequestFailure({
		vendor: 'stripe',
		kind: 'rejected',
		message: `${purpose}: the answer is of the ${livemode ? 'live' : 'test'} mode, the key of the ${mode} mode`,
		description: "Check 'Base URL' of the credential. Test and live payments are never mixed.",
		code: 'mode_mismatch',
	});
}
