import axios, { AxiosError, type AxiosInstance, type AxiosResponse } from 'axios';
import axiosRetry from 'axios-retry';
import FormData from 'form-data';
import type { ZodType, ZodTypeDef } from 'zod';

import { readAddress } from './address';
import { RequestFailure, type FailureKind, type RequestFailureDetails } from './failure';
import { redact } from './redaction';
import { retryAfterMs } from './retryAfter';
import { createAgents, mayHaveBeenWritten } from './sockets';

/** Response timeouts: a send may take long at the vendor, a read that a person waits for may not. */
export const SEND_TIMEOUT_MS = 30_000;
export const READ_TIMEOUT_MS = 3_500;

/** First retry tier; the next ones (30 s, dead letter) belong to the queues of the store. */
const FIRST_PAUSE_MS = 1_000;
/** A longer wish of the vendor's is not sat out here: the caller's queue has patience, an execution has not. */
const LONGEST_PAUSE_MS = 5_000;
/** JSON answers of the vendors are kilobytes; a list page of templates is the largest at about 1 MB. */
const LARGEST_ANSWER_BYTES = 10 * 1024 * 1024;
/** 100 MB at 1.5 Mbit/s. */
const LONGEST_UPLOAD_MS = 600_000;
const LARGEST_BODY_BYTES = 110 * 1024 * 1024;

/** A vendor's answer that was not a success. */
export interface VendorAnswer {
	readonly status: number;
	readonly body: unknown;
	/** By lower-case name. */
	readonly headers?: Readonly<Record<string, unknown>>;
}

/** What the vendor's own error said, by its table. Overrides what the HTTP status alone suggests. */
export interface ExplainedAnswer {
	readonly kind?: FailureKind;
	readonly message: string;
	readonly description?: string;
	readonly code?: string;
	readonly subcode?: string;
	readonly details?: string;
	/** What the vendor says, in its own words. */
	readonly said?: string;
	readonly traceId?: string;
	/** Answered from the vendor's memory of the same request. */
	readonly isReplayed?: boolean;
	readonly retryAfterMs?: number;
	/** Milliseconds to wait before each further try in this call, when the vendor documents its own series. */
	readonly pausesMs?: readonly number[];
}

export interface VendorRules {
	readonly vendor: RequestFailureDetails['vendor'];
	/** As people know it, for messages. */
	readonly name: string;
	readonly baseUrl: string;
	/** How bodies are written; JSON when absent. */
	readonly bodies?: 'json' | 'form';
	/** Sent with every request. */
	readonly headers: Readonly<Record<string, string>>;
	/** Never to be seen in an error. */
	readonly secrets: readonly string[];
	/** Reads the vendor's error; `undefined` when the answer is not in the vendor's shape. */
	explain(answer: VendorAnswer): ExplainedAnswer | undefined;
	readonly sendTimeoutMs?: number;
	readonly readTimeoutMs?: number;
	readonly firstPauseMs?: number;
	/** Before each further try of what is safe to repeat, when the vendor's error says nothing of its own; one try when absent. */
	readonly pausesMs?: readonly number[];
}

export interface VendorRequest<Answer> {
	readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
	/** Below the base URL, with a leading slash. */
	readonly path: string;
	readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
	/** JSON, or a form with files. */
	readonly body?: Readonly<Record<string, unknown>> | readonly unknown[] | FormData;
	readonly headers?: Readonly<Record<string, string>>;
	/** What the answer must look like; unknown keys are the schema's business. */
	readonly answer: ZodType<Answer, ZodTypeDef, unknown>;
	/** Whether doing it twice is the same as doing it once. Decides what may be repeated. */
	readonly idempotent: boolean;
	readonly timeout: 'send' | 'read';
	/** In words, for messages: "Send message". */
	readonly purpose: string;
}

export interface VendorHttp {
	/** @throws RequestFailure only. */
	request<Answer>(request: VendorRequest<Answer>): Promise<Answer>;
}

/** One keep-alive transport to one vendor with one credential. @throws RequestFailure when the base URL is refused. */
export function createVendorHttp(rules: VendorRules): VendorHttp {
	const address = readAddress(rules.baseUrl);
	if (typeof address === 'string') {
		throw new RequestFailure({
			vendor: rules.vendor,
			kind: 'not_sent',
			message: `'Base URL' of the ${rules.name} credential cannot be used`,
			description: redact(address, rules.secrets),
		});
	}
	const transport = axios.create({
		baseURL: rules.baseUrl.replace(/\/+$/, ''),
		headers: {
			...rules.headers,
			Accept: 'application/json',
			...(rules.bodies === 'form' ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {}),
		},
		// `line_items[0][price]`, as form APIs read lists.
		formSerializer: { indexes: true },
		// A redirect would carry the token to wherever it points.
		maxRedirects: 0,
		maxContentLength: LARGEST_ANSWER_BYTES,
		maxBodyLength: LARGEST_BODY_BYTES,
		responseType: 'json',
		transitional: { clarifyTimeoutError: true },
		...createAgents(),
	});
	const failures = new WeakMap<AxiosError, Failed>();
	const failureOf = (error: AxiosError): Failed => {
		const known = failures.get(error);
		if (known !== undefined) return known;
		const failed = describeFailure(error, rules);
		failures.set(error, failed);
		return failed;
	};
	const firstPauseMs = rules.firstPauseMs ?? FIRST_PAUSE_MS;
	repeatWhatIsSafe(transport, failureOf, rules.pausesMs ?? [firstPauseMs]);

	return {
		async request<Answer>(request: VendorRequest<Answer>): Promise<Answer> {
			const timeout =
				request.timeout === 'send'
					? (rules.sendTimeoutMs ?? SEND_TIMEOUT_MS)
					: (rules.readTimeoutMs ?? READ_TIMEOUT_MS);
			let response: AxiosResponse<unknown>;
			try {
				response = await transport.request<unknown>({
					method: request.method,
					url: request.path,
					params: request.query,
					data: request.body,
					headers: { ...request.headers },
					timeout,
					// `timeout` starts anew with every byte that comes: an answer that drips would never end.
					signal: AbortSignal.timeout(request.body instanceof FormData ? LONGEST_UPLOAD_MS : timeout * 3),
					repeatable: request.idempotent && !(request.body instanceof FormData),
					purpose: request.purpose,
					idempotent: request.idempotent,
				});
			} catch (error) {
				if (error instanceof AxiosError) throw failureOf(error).failure;
				throw new RequestFailure({
					vendor: rules.vendor,
					kind: request.idempotent ? 'temporary' : 'unknown_outcome',
					message: `${request.purpose}: the call to ${rules.name} ended unexpectedly`,
					description: redact(error instanceof Error ? error.message : String(error), rules.secrets),
				});
			}
			const answer = request.answer.safeParse(response.data);
			if (answer.success) return answer.data;
			const issue = answer.error.issues[0];
			throw new RequestFailure({
				vendor: rules.vendor,
				kind: request.idempotent ? 'temporary' : 'unknown_outcome',
				message: `${request.purpose}: ${rules.name} answered in a form that is not documented`,
				description: `The answer was a success (${response.status}) but could not be read${
					issue === undefined ? '' : ` at '${issue.path.join('.')}': ${redact(issue.message, rules.secrets)}`
				}. Check 'Base URL' and 'API Version' of the credential.`,
				status: response.status,
			});
		},
	};
}

declare module 'axios' {
	interface AxiosRequestConfig {
		/** Ours: whether a second try does no harm, and the body can be written again. */
		repeatable?: boolean;
		idempotent?: boolean;
		purpose?: string;
	}
}

interface Failed {
	readonly failure: RequestFailure;
	readonly pausesMs?: readonly number[];
}

function repeatWhatIsSafe(
	transport: AxiosInstance,
	failureOf: (error: AxiosError) => Failed,
	usualPausesMs: readonly number[],
): void {
	const pauses = new WeakMap<AxiosError, number>();
	axiosRetry(transport, {
		retries: 3,
		shouldResetTimeout: true,
		retryCondition: (error) => {
			const { failure, pausesMs } = failureOf(error);
			const tried = error.config?.['axios-retry']?.retryCount ?? 0;
			// A body that streams is gone after the first try; the time for all tries together is over.
			if (error.config?.data instanceof FormData || error.code === AxiosError.ERR_CANCELED) return false;
			const refused = failure.kind === 'not_sent' || failure.kind === 'rate_limited';
			const failedForNow = failure.kind === 'temporary' || failure.kind === 'unknown_outcome';
			if (!refused && !(failedForNow && error.config?.repeatable === true)) return false;
			const pause = Math.max((pausesMs ?? usualPausesMs)[tried] ?? Infinity, failure.retryAfterMs ?? 0);
			if (pause > LONGEST_PAUSE_MS) return false;
			pauses.set(error, pause);
			return true;
		},
		retryDelay: (_count, error) => pauses.get(error) ?? FIRST_PAUSE_MS,
	});
}

const BY_STATUS: ReadonlyArray<{
	readonly from: number;
	readonly to: number;
	readonly kind: FailureKind;
	readonly what: string;
	readonly description: string;
}> = [
	{
		from: 300,
		to: 399,
		kind: 'rejected',
		what: 'pointed to another address',
		description: "Set 'Base URL' of the credential to the final address: a token is never sent on.",
	},
	{
		from: 401,
		to: 401,
		kind: 'unauthorized',
		what: 'did not accept the credential',
		description: 'Renew the token or key in the credential.',
	},
	{
		from: 403,
		to: 403,
		kind: 'unauthorized',
		what: 'did not allow this with the credential',
		description: 'Give the token or key the permission for this.',
	},
	{ from: 404, to: 404, kind: 'rejected', what: 'does not know this', description: 'Check the id and try again.' },
	{ from: 408, to: 408, kind: 'temporary', what: 'took too long', description: 'Try again later.' },
	{ from: 429, to: 429, kind: 'rate_limited', what: 'asked to slow down', description: 'Try again later.' },
	{ from: 500, to: 599, kind: 'temporary', what: 'is unavailable for now', description: 'Try again later.' },
];

function describeFailure(error: AxiosError, rules: VendorRules): Failed {
	const purpose = error.config?.purpose ?? 'Call';
	const idempotent = error.config?.idempotent === true;
	const clean = (text: string) => redact(text, rules.secrets);
	if (error.response === undefined) {
		return { failure: new RequestFailure(withoutAnswer(error, rules, purpose, clean)) };
	}
	const { status, data, headers } = error.response;
	if (status < 300) {
		// A success that could not be read to its end (cut off, too large): it happened, or it may have.
		return {
			failure: new RequestFailure({
				vendor: rules.vendor,
				kind: idempotent ? 'temporary' : 'unknown_outcome',
				message: `${purpose}: the answer of ${rules.name} broke off`,
				description: clean(error.message),
				status,
			}),
		};
	}
	const wished = retryAfterMs(headers['retry-after'], Date.now());
	const byStatus = BY_STATUS.find((row) => status >= row.from && status <= row.to);
	const explained = rules.explain({ status, body: data, headers });
	const kind = explained?.kind ?? byStatus?.kind ?? 'rejected';
	// A gateway between us and the vendor does not know what the vendor did with what it passed on.
	const fromGateway = explained === undefined && status >= 500 && !idempotent;
	return {
		failure: new RequestFailure({
			vendor: rules.vendor,
			kind: fromGateway ? 'unknown_outcome' : kind,
			message: clean(explained?.message ?? `${purpose}: ${rules.name} ${byStatus?.what ?? `refused (${status})`}`),
			description: clean(explained?.description ?? byStatus?.description ?? 'Check the parameters of this node.'),
			status,
			code: explained?.code,
			subcode: explained?.subcode,
			details: explained?.details === undefined ? undefined : clean(explained.details),
			said: explained?.said === undefined ? undefined : clean(explained.said),
			retryAfterMs: explained?.retryAfterMs ?? wished,
			traceId: explained?.traceId,
			isReplayed: explained?.isReplayed,
		}),
		pausesMs: explained?.pausesMs,
	};
}

function withoutAnswer(
	error: AxiosError,
	rules: VendorRules,
	purpose: string,
	clean: (text: string) => string,
): RequestFailureDetails {
	const host = new URL(rules.baseUrl).host;
	if (!mayHaveBeenWritten(error.code, error.request)) {
		return {
			vendor: rules.vendor,
			kind: 'not_sent',
			message: `${purpose}: ${rules.name} could not be reached at ${host}`,
			description: `${clean(error.message || error.code || 'No connection')}. Nothing was sent. Check the network, the proxy and 'Base URL' of the credential.`,
			code: error.code,
		};
	}
	const timedOut = ['ETIMEDOUT', 'ECONNABORTED', AxiosError.ERR_CANCELED].includes(error.code ?? '');
	return {
		vendor: rules.vendor,
		kind: 'unknown_outcome',
		message: `${purpose}: ${rules.name} ${timedOut ? 'did not answer in time' : 'closed the connection without an answer'}`,
		description: 'It may have been done all the same: check before repeating it.',
		code: error.code,
	};
}
