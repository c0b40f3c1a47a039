import { InvalidInput } from '../../domain/invalidInput';
import { savePasswordHash } from '../../store/repositories/advisorPasswords';
import { getAdvisor, type AdvisorRow } from '../../store/repositories/advisors';
import { appendAudit } from '../../store/repositories/auditLog';
import { inboxAddress } from '../../store/repositories/inboxAddress';
import { loginLink, replaceLoginLink, useLoginLink } from '../../store/repositories/loginLinks';
import type { Store } from '../../store/store';
import { profileInForce } from '../profile/businessProfile';
import { existingAdvisor } from '../team/deleteAdvisor';
import { forgetLoginFailures, subjectsOf } from './loginLimits';
import { assertGoodPassword, hashPassword } from './password';
import { Refusal } from './refusal';
import { beginSession, digestOfToken, endSessionsOf, newToken } from './sessions';

/** How long a link opens, ms. */
export const LOGIN_LINK_LIFE = 15 * 60_000;

const TOKEN_PATTERN = /^[\w-]{43}$/;

export interface LoginLinkRequest {
	readonly advisorId: string;
	readonly actor: string;
	/** Address of the inbox page; the one that the store knows when absent. */
	readonly address?: string;
}

export interface LoginLink {
	readonly advisor: AdvisorRow;
	/** Undefined when nobody knows the inbox's address yet. */
	readonly url?: string;
	readonly expiresAt: number;
}

/** The secret is in the fragment: browsers send it to no server, so it is in no log. */
function urlOf(address: string, token: string): string {
	const url = new URL(address);
	url.hash = `enlace=${token}`;
	return url.href;
}

/** What a link would be, without making one. @throws InvalidInput for an unknown advisor. */
export async function previewLoginLink(store: Store, request: LoginLinkRequest): Promise<LoginLink> {
	const advisor = await existingAdvisor(store.db, store, request.advisorId);
	const address = request.address ?? (await inboxAddress(store.db, store.workspaceId))?.url;
	return { advisor, url: address, expiresAt: store.now() + LOGIN_LINK_LIFE };
}

/**
 * A link with which an advisor sets a password, once, within 15 minutes. A newer link takes the place of the one before.
 * @throws InvalidInput for an unknown advisor, or when nobody knows the inbox's address yet.
 */
export async function createLoginLink(store: Store, request: LoginLinkRequest): Promise<LoginLink & { url: string }> {
	const { advisor, url: address, expiresAt } = await previewLoginLink(store, request);
	if (address === undefined) {
		throw new InvalidInput({
			message: "'Inbox Address' is not known yet",
			description: "Activate the workflow with 'Advisor Inbox Trigger' first, or enter its production URL.",
			parameter: 'Inbox Address',
			reason: { code: 'noInboxAddress' },
		});
	}
	const token = newToken();
	await store.transaction(async (tx) => {
		await replaceLoginLink(tx, {
			token_hash: digestOfToken(token),
			workspace_id: store.workspaceId,
			advisor_id: advisor.id,
			created_at: store.now(),
			expires_at: expiresAt,
			used_at: null,
		});
		await appendAudit(tx, store, {
			actor: request.actor,
			action: 'login_link.created',
			subjectKind: 'advisor',
			subjectId: advisor.id,
			payload: { name: advisor.name, expiresAt: new Date(expiresAt).toISOString() },
		});
	});
	return { advisor, url: urlOf(address, token), expiresAt };
}

const ENDED_LINK = {
	message: 'This link does not work (any more)',
	description: 'It opens once, for 15 minutes. Ask an administrator for a new one.',
	code: 'linkEnded',
} as const;

/**
 * Sets a password with a link, logs the advisor out everywhere and in here.
 * @returns the value of the new session's cookie
 * @throws Refusal
 */
export async function setPasswordByLink(
	store: Store,
	request: { readonly token: string; readonly password: string; readonly address: string },
): Promise<string> {
	const tokenHash = digestOfToken(request.token);
	const link = TOKEN_PATTERN.test(request.token) ? await loginLink(store.db, store.workspaceId, tokenHash) : undefined;
	if (!link || link.used_at !== null || link.expires_at <= store.now()) throw new Refusal(403, ENDED_LINK);
	const owner = await getAdvisor(store.db, store.workspaceId, link.advisor_id);
	if (!owner) throw new Refusal(403, ENDED_LINK);
	const { profile } = await profileInForce(store);
	assertGoodPassword(request.password, [owner.name, owner.email, owner.phone, profile.name]);
	const hash = await hashPassword(request.password);
	const session = await store.transaction(async (tx) => {
		const advisorId = await useLoginLink(tx, store, tokenHash);
		const advisor = advisorId === undefined ? undefined : await getAdvisor(tx, store.workspaceId, advisorId);
		if (!advisor) return undefined;
		await savePasswordHash(tx, store, advisor.id, hash);
		await endSessionsOf(tx, store, advisor.id);
		await forgetLoginFailures(tx, store, subjectsOf(store, advisor.id, request.address).account);
		await appendAudit(tx, store, {
			actor: `advisor:${advisor.id}`,
			action: 'password.set',
			subjectKind: 'advisor',
			subjectId: advisor.id,
			payload: { by: 'login_link', address: request.address },
		});
		return await beginSession(tx, store, advisor, request.address);
	});
	if (session === undefined) throw new Refusal(403, ENDED_LINK);
	return session;
}
