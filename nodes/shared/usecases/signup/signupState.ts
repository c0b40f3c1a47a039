import { createHash, timingSafeEqual } from 'node:crypto';

import { z } from 'zod';

import type { Store } from '../../store/store';

/** How long a link into Meta's dialog is good for, ms. */
export const SIGNUP_LIFETIME = 15 * 60_000;

const stateSchema = z.object({
	workspaceId: z.string(),
	linkedNumberId: z.string(),
	advisorId: z.string(),
	nonce: z.string().min(20),
	expiresAt: z.number(),
});

/** What Meta hands back unchanged: who links what, and until when. */
export type SignupState = z.output<typeof stateSchema>;

/** Secrets of a browser or a link are kept as this only. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

const isSame = (one: string, other: string): boolean =>
	timingSafeEqual(Buffer.from(hashOf(one)), Buffer.from(hashOf(other)));

const signatureOf = (store: Store, body: string): string => store.sign(`signup ${store.workspaceId} ${body}`);

/** The `state` parameter: readable by anybody, made by us only. */
export function writeSignupState(store: Store, state: SignupState): string {
	const body = Buffer.from(JSON.stringify(state)).toString('base64url');
	return `${body}.${signatureOf(store, body)}`;
}

/** @returns undefined when it is not ours, or another workspace's */
export function readSignupState(store: Store, text: string): SignupState | undefined {
	const [body, signature, ...more] = text.split('.');
	if (body === undefined || signature === undefined || more.length > 0) return undefined;
	if (!isSame(signature, signatureOf(store, body))) return undefined;
	const parsed = stateSchema.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
	return parsed.success && parsed.data.workspaceId === store.workspaceId ? parsed.data : undefined;
}

/** Whether the cookie is the one of the browser that started. */
export function isSameBrowser(browserHash: string | null, cookie: string | undefined): boolean {
	return browserHash === null || (cookie !== undefined && isSame(hashOf(cookie), browserHash));
}
