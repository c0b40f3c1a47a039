import { LRUCache } from 'lru-cache';

import { RATE_RESET_MS } from '../../domain/wazzup/requestWindow';
import { RequestFailure } from '../../http/failure';
import { createVendorHttp, type VendorHttp, type VendorRequest } from '../../http/vendorHttp';
import { credentialFingerprint, secretsOf, type WazzupCredential } from './credential';
import { createExplain } from './errorTable';
import type { RequestPace } from './requestPace';

/** The API of Wazzup for one credential. */
export interface Wazzup {
	readonly credential: WazzupCredential;
	/** Base address, without a slash at the end. */
	readonly root: string;
	/** Waits for its turn under the account's limit, then calls. @throws RequestFailure only. */
	request<Answer>(request: VendorRequest<Answer>): Promise<Answer>;
}

export interface WazzupSettings {
	readonly pace: RequestPace;
	/** How long after a 429 Wazzup counts from nothing again. */
	readonly rateResetMs?: number;
	readonly sendTimeoutMs?: number;
	/** Before the second try of what may be repeated. */
	readonly firstPauseMs?: number;
}

/**
 * A message with a crmMessageId is tried again only while Wazzup still recognises it, 60 s: three times this much is the
 * longest that one call lasts.
 */
const SEND_TIMEOUT_MS = 15_000;
/** Lists of a hundred contacts and upserts of a hundred rows take Wazzup longer than a person's click. */
const READ_TIMEOUT_MS = 10_000;

/** Connections are kept from one execution to the next; an edited credential gets its own. */
const transports = new LRUCache<string, VendorHttp>({ max: 100 });

function transportOf(
	credential: WazzupCredential,
	{ rateResetMs, sendTimeoutMs, firstPauseMs }: WazzupSettings,
): VendorHttp {
	const key = JSON.stringify([credentialFingerprint(credential), rateResetMs, sendTimeoutMs, firstPauseMs]);
	const known = transports.get(key);
	if (known !== undefined) return known;
	const transport = createVendorHttp({
		vendor: 'wazzup',
		name: 'Wazzup',
		baseUrl: credential.baseUrl,
		headers: { Authorization: `Bearer ${credential.apiKey}` },
		secrets: secretsOf(credential),
		explain: createExplain(rateResetMs ?? RATE_RESET_MS),
		sendTimeoutMs: sendTimeoutMs ?? SEND_TIMEOUT_MS,
		readTimeoutMs: sendTimeoutMs ?? READ_TIMEOUT_MS,
		firstPauseMs,
	});
	transports.set(key, transport);
	return transport;
}

/** @throws RequestFailure when the base URL is refused. */
export function openWazzup(credential: WazzupCredential, settings: WazzupSettings): Wazzup {
	const root = credential.baseUrl;
	const http = transportOf(credential, settings);
	return {
		credential,
		root,
		async request(request) {
			const wait = await settings.pace.take();
			if (wait > 0) {
				throw new RequestFailure({
					vendor: 'wazzup',
					kind: 'rate_limited',
					message: `${request.purpose}: too many requests of this account are waiting`,
					description: 'Wazzup takes 500 requests in 5 seconds. Nothing was sent. Try again later.',
					retryAfterMs: wait,
				});
			}
			try {
				return await http.request(request);
			} catch (error) {
				if (error instanceof RequestFailure && error.kind === 'rate_limited') await settings.pace.exhaust();
				throw error;
			}
		},
	};
}
