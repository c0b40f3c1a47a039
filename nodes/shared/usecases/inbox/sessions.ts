import { createHash, randomBytes } from 'node:crypto';

import type { AdvisorRow } from '../../store/repositories/advisors';
import { appendAudit } from '../../store/repositories/auditLog';
import {
	deleteSession,
	deleteSessionsOf,
	insertSession,
	sessionWithAdvisor,
	touchSession,
} from '../../store/repositories/inboxSessions';
import type { Store, StoreTransaction } from '../../store/store';

const HOUR = 3_600_000;

/** A session ends so long after its beginning, however busy. Milliseconds. */
export const LONGEST_SESSION = 7 * 24 * HOUR;

/** How precisely the last use is known: a busy page does not write at every request. */
const SEEN_EVERY = 60_000;

const TOKEN_PATTERN = /^[\w-]{43}$/;

/** A new secret for a cookie or a link: 256 bits. */
export function newToken(): string {
	return randomBytes(32).toString('base64url');
}

/** What the store keeps of a secret. */
export function digestOfToken(token: string): string {
	return createHash('sha256').update(token).digest('hex');
}

/** The token that the page sends back with every command: only a page that may read our answers knows it. */
export function csrfTokenOf(store: Store, token: string): string {
	return store.sign(`inbox csrf ${token}`);
}

export interface InboxSession {
	/** Digest of the cookie; the session's name in this process. */
	readonly tokenHash: string;
	readonly advisor: AdvisorRow;
}

/** Begins a session for somebody who has proved who they are. @returns the cookie's value */
export async function beginSession(
	tx: StoreTransaction,
	store: Store,
	advisor: AdvisorRow,
	address: string,
): Promise<string> {
	const token = newToken();
	const now = store.now();
	await insertSession(tx, {
		token_hash: digestOfToken(token),
		workspace_id: store.workspaceId,
		advisor_id: advisor.id,
		role: advisor.role,
		address,
		created_at: now,
		seen_at: now,
		expires_at: now + LONGEST_SESSION,
	});
	return token;
}

/**
 * Whose session a cookie is. Undefined when it is nobody's (any more): unknown, too old, unused for too long, of a deleted
 * advisor, or of one who has another role since.
 */
export async function sessionOf(
	store: Store,
	token: string | undefined,
	{ idleMs, touch = true }: { readonly idleMs: number; readonly touch?: boolean },
): Promise<InboxSession | undefined> {
	if (token === undefined || !TOKEN_PATTERN.test(token)) return undefined;
	return await sessionOfDigest(store, digestOfToken(token), { idleMs, touch });
}

/** As `sessionOf`, for who has kept the digest: a page that is open. */
export async function sessionOfDigest(
	store: Store,
	tokenHash: string,
	{ idleMs, touch }: { readonly idleMs: number; readonly touch: boolean },
): Promise<InboxSession | undefined> {
	const found = await sessionWithAdvisor(store.db, store.workspaceId, tokenHash);
	if (!found) return undefined;
	const { session, advisor } = found;
	const now = store.now();
	if (now >= session.expires_at || now >= session.seen_at + idleMs || session.role !== advisor.role) return undefined;
	if (touch && now >= session.seen_at + SEEN_EVERY) await touchSession(store.db, store, tokenHash);
	return { tokenHash, advisor };
}

/** Topic that is signalled when sessions of this process may have ended. */
export const SESSIONS_TOPIC = 'inbox sessions';

export async function endSession(store: Store, session: InboxSession): Promise<void> {
	await store.transaction(async (tx) => {
		const advisorId = await deleteSession(tx, store.workspaceId, session.tokenHash);
		if (advisorId === undefined) return;
		await appendAudit(tx, store, { actor: `advisor:${advisorId}`, action: 'login.ended' });
		store.signal(SESSIONS_TOPIC);
	});
}

/** Logs somebody out everywhere, or everywhere but in one browser. */
export async function endSessionsOf(
	tx: StoreTransaction,
	store: Store,
	advisorId: string,
	exceptTokenHash?: string,
): Promise<number> {
	const ended = await deleteSessionsOf(tx, store.workspaceId, advisorId, exceptTokenHash);
	if (ended > 0) store.signal(SESSIONS_TOPIC);
	return ended;
}
