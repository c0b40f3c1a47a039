import type { IWebhookFunctions } from 'n8n-workflow';

import { InvalidInput } from '../shared/domain/invalidInput';
import { RequestFailure } from '../shared/http/failure';
import { Refusal, refusalOfInput, refusalOfRequest } from '../shared/usecases/inbox/refusal';

export type Response = ReturnType<IWebhookFunctions['getResponseObject']>;

/**
 * The page shares its origin with n8n's own editor: a script of somebody else's in it would be a takeover of n8n. So
 * nothing runs, loads or is sent but from here, and nobody frames it.
 */
const policy = (frames: readonly string[]): string =>
	[
		"default-src 'none'",
		"script-src 'self'",
		"style-src 'self'",
		"img-src 'self' blob: data:",
		"media-src 'self' blob:",
		"connect-src 'self'",
		"font-src 'self'",
		"manifest-src 'self'",
		"form-action 'self'",
		"base-uri 'none'",
		`frame-src ${frames.length === 0 ? "'none'" : frames.join(' ')}`,
		"frame-ancestors 'none'",
		"object-src 'none'",
	].join('; ');

const CONTENT_SECURITY_POLICY = policy([]);

/** A file of a customer is looked at or saved, never part of a page: whatever is in it, it runs nowhere. */
export const FILE_SECURITY_POLICY = "sandbox; default-src 'none'";

const PERMISSIONS = 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()';

const HEADERS = {
	'Content-Security-Policy': CONTENT_SECURITY_POLICY,
	'Cross-Origin-Opener-Policy': 'same-origin',
	'Cross-Origin-Resource-Policy': 'same-origin',
	'X-Content-Type-Options': 'nosniff',
	'X-Frame-Options': 'DENY',
	'Referrer-Policy': 'no-referrer',
	'Permissions-Policy': PERMISSIONS,
	'Cache-Control': 'no-store',
	'X-Robots-Tag': 'noindex, nofollow',
	Vary: 'Cookie',
};

/** n8n allows whatever origin asks; nobody else's page has any business here. */
const CORS = [
	'Access-Control-Allow-Origin',
	'Access-Control-Allow-Methods',
	'Access-Control-Allow-Headers',
	'Access-Control-Allow-Credentials',
	'Access-Control-Max-Age',
];

/** The headers of every answer, set before anything else is done. */
export function secure(response: Response): void {
	for (const name of CORS) response.removeHeader(name);
	for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
}

/**
 * Lets the page show windows of these origins in frames: they run what they like, but in their own origin and sandbox. The
 * microphone is theirs to ask for, because advisors send voice notes there; a browser hands on only what the page has itself.
 */
export function allowFrames(response: Response, sources: readonly string[]): void {
	const allowed = sources.map((source) => `"${source}"`).join(' ');
	response.setHeader('Content-Security-Policy', policy(sources));
	response.setHeader('Permissions-Policy', PERMISSIONS.replace('microphone=()', `microphone=(self ${allowed})`));
}

export function answerJson(response: Response, status: number, body: unknown): void {
	response.status(status).setHeader('Content-Type', 'application/json; charset=utf-8');
	response.end(JSON.stringify(body) ?? 'null');
}

export function answerEmpty(response: Response, status: number): void {
	response.status(status).end();
}

interface RefusedBody {
	readonly message: string;
	readonly description?: string;
	readonly field?: string;
	/** Why, as the page says it in the reader's language. */
	readonly code?: Refusal['code'];
	/** What these words are said with. */
	readonly values?: Refusal['values'];
	/** What a vendor refused, which the page says by the vendor's code. */
	readonly failure?: Refusal['failure'];
}

/** The refusal that an error stands for; undefined for what nobody foresaw. */
export function refusalOf(error: unknown): Refusal | undefined {
	if (error instanceof Refusal) return error;
	if (error instanceof RequestFailure) return refusalOfRequest(error);
	return error instanceof InvalidInput ? refusalOfInput(error) : undefined;
}

export function answerRefusal(response: Response, refusal: Refusal): void {
	if (refusal.retryAfter !== undefined) response.setHeader('Retry-After', String(refusal.retryAfter));
	const { status, message, description, field, code, values, failure } = refusal;
	answerJson(response, status, { message, description, field, code, values, failure } satisfies RefusedBody);
}
