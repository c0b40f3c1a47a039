import { z } from 'zod';

/** How long a person has for logging in after pressing Connect in Wazzup, ms. */
export const CONNECT_LIFETIME = 15 * 60_000;
/** Wazzup does not say how long its state is; a longer one is nobody's. */
const LONGEST_STATE = 2_048;

const heldSchema = z.object({
	state: z.string().min(1).max(LONGEST_STATE),
	browser: z.string().min(16),
	expiresAt: z.number().int(),
});

/** What Wazzup's `state` is kept with while the person logs in. */
export type HeldState = z.output<typeof heldSchema>;

/** HMAC of the text with a key that only this installation has. */
export type Sign = (text: string) => string;

const PURPOSE = 'wazzup-connect';

/**
 * Wazzup sends a person who presses Connect to our address with `state`, which names the account that will be connected.
 * Between that and the login it is in the person's hands: signed, bound to the browser that brought it, and for a while.
 *
 * @param browser Hash of a cookie that only this browser has.
 * @throws when the state cannot be one of Wazzup's
 */
export function holdState(state: string, browser: string, now: number, sign: Sign): string {
	const held = heldSchema.parse({ state, browser, expiresAt: now + CONNECT_LIFETIME });
	const body = Buffer.from(JSON.stringify(held)).toString('base64url');
	return `${body}.${sign(`${PURPOSE} ${body}`)}`;
}

export type StateProblem = 'not_ours' | 'expired' | 'other_browser';

/** Wazzup's state as it came, or why it must not be used: forged, too old, or started by somebody else. */
export function readHeldState(
	text: string,
	browser: string,
	now: number,
	sign: Sign,
): { readonly state: string } | { readonly problem: StateProblem } {
	const [body = '', signature = '', ...more] = text.split('.');
	// Signed again, so that the time of the comparison tells nothing of the signature.
	if (more.length > 0 || sign(signature) !== sign(sign(`${PURPOSE} ${body}`))) return { problem: 'not_ours' };
	const held = heldSchema.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
	if (!held.success) return { problem: 'not_ours' };
	if (held.data.browser !== browser) return { problem: 'other_browser' };
	return now >= held.data.expiresAt ? { problem: 'expired' } : { state: held.data.state };
}
