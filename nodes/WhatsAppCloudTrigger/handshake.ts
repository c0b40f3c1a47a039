import { createHash, timingSafeEqual } from 'node:crypto';

import type { IWebhookFunctions } from 'n8n-workflow';

/** Digests, because the compare wants equal lengths and must not tell the token's. */
function isSame(given: string, expected: string): boolean {
	const digest = (text: string) => createHash('sha256').update(text).digest();
	return timingSafeEqual(digest(given), digest(expected));
}

/**
 * Meta asks whether the address is ours: `GET ?hub.mode=subscribe&hub.verify_token=…&hub.challenge=…`. The challenge
 * goes back as plain text that no browser may take for a page; anything else gets 403.
 */
export function answerHandshake(context: IWebhookFunctions, verifyToken: string): void {
	const query = context.getQueryData() as Readonly<Record<string, unknown>>;
	const response = context.getResponseObject();
	const { 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': challenge } = query;
	response.setHeader('X-Content-Type-Options', 'nosniff');
	response.setHeader('Cache-Control', 'no-store');
	response.type('text/plain');
	const known = typeof token === 'string' && isSame(token, verifyToken);
	if (!known || mode !== 'subscribe' || typeof challenge !== 'string') {
		response.status(403).send('The verify token does not match.');
		return;
	}
	response.status(200).send(challenge);
}
