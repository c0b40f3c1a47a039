import type { IWebhookFunctions } from 'n8n-workflow';

import { isLoopback } from '../shared/http/address';
import { isDeeper } from '../shared/n8n/delivery';
import { Refusal } from '../shared/usecases/inbox/refusal';

export type Request = ReturnType<IWebhookFunctions['getRequestObject']>;

/** What the inbox reads of a command at most: a whole business profile fits in many times. Bytes. */
const LARGEST_JSON = 1024 * 1024;

/** One value of a query field; the first when somebody sends several. */
export function field(request: Request, name: string): string | undefined {
	const value: unknown = request.query[name];
	const first: unknown = Array.isArray(value) ? value[0] : value;
	return typeof first === 'string' ? first : undefined;
}

export function header(request: Request, name: string): string | undefined {
	const value = request.headers[name];
	return Array.isArray(value) ? value[0] : value;
}

/** n8n reads no cookies before a webhook. */
export function cookie(request: Request, name: string): string | undefined {
	for (const part of (header(request, 'cookie') ?? '').split(';')) {
		const separator = part.indexOf('=');
		if (separator > 0 && part.slice(0, separator).trim() === name) return part.slice(separator + 1).trim();
	}
	return undefined;
}

/** Who asks, as far as n8n trusts the proxies in front of it (N8N_PROXY_HOPS). */
export function clientAddress(request: Request): string {
	return request.ip ?? request.socket.remoteAddress ?? 'unknown';
}

/** Where the page is that sent this, as its browser says; browsers say it with every POST. */
function originOf(request: Request): URL | undefined {
	const origin = header(request, 'origin');
	return origin !== undefined && URL.canParse(origin) ? new URL(origin) : undefined;
}

/** Path of the inbox as the browser sees it: a proxy may have another one in front of n8n's. */
export function pathOf(request: Request, address: string | undefined): string {
	const known = address === undefined ? undefined : new URL(address);
	if (known !== undefined && originOf(request)?.origin === known.origin) return known.pathname;
	return (request.originalUrl.split('?')[0] ?? '/').replace(/\/signup$/, '');
}

/** Whether a cookie may travel in the clear: only on this machine. */
export function isOnThisMachine(request: Request): boolean {
	const origin = originOf(request);
	return origin?.protocol === 'http:' && isLoopback(origin.hostname);
}

/**
 * That a page of ours asked, by what the browser itself says of where the request comes from.
 * @throws Refusal
 */
export function assertOwnPage(request: Request, address: string | undefined): void {
	const site = header(request, 'sec-fetch-site');
	const origin = originOf(request);
	const isOwnOrigin =
		origin !== undefined &&
		(origin.host === header(request, 'host') || (address !== undefined && origin.origin === new URL(address).origin));
	// A browser says at least one of the two; what says neither is no page of ours.
	if (site === undefined ? isOwnOrigin : site === 'same-origin') return;
	throw new Refusal(403, { message: 'This request did not come from the inbox page' });
}

/**
 * Browsers keep the session's cookie only where nobody can listen.
 * @throws Refusal
 */
export function assertEncrypted(request: Request): void {
	if (originOf(request)?.protocol !== 'http:' || isOnThisMachine(request)) return;
	throw new Refusal(403, {
		message: 'The inbox opens over an encrypted connection only',
		description: "Open the page with 'https://'. Whoever runs n8n can put a certificate in front of it.",
		code: 'notEncrypted',
	});
}

/**
 * The JSON of a command. n8n has parsed it, or answered with 422 itself.
 * @throws Refusal
 */
export function jsonOf(request: Request): Readonly<Record<string, unknown>> {
	const type = (header(request, 'content-type') ?? '').split(';')[0].trim().toLowerCase();
	if (type !== 'application/json') {
		throw new Refusal(415, { message: "The inbox takes commands as 'application/json' only" });
	}
	if ((request.rawBody?.length ?? 0) > LARGEST_JSON) {
		throw new Refusal(413, {
			message: 'This is too large',
			description: 'Send less at once.',
			code: 'requestTooLarge',
		});
	}
	const body: unknown = request.body;
	if (typeof body === 'object' && body !== null && !Array.isArray(body) && !isDeeper(body)) {
		return body as Record<string, unknown>;
	}
	throw new Refusal(400, { message: 'The inbox takes one command as a JSON object' });
}
