import { passwordHashOf, savePasswordHash } from '../../store/repositories/advisorPasswords';
import { getAdvisor } from '../../store/repositories/advisors';
import { appendAudit } from '../../store/repositories/auditLog';
import type { Store } from '../../store/store';
import { profileInForce } from '../profile/businessProfile';
import { assertNotLockedOut, countLoginFailure, subjectsOf } from './loginLimits';
import { assertGoodPassword, hashPassword, isPassword } from './password';
import { Refusal } from './refusal';
import { beginSession, endSessionsOf, type InboxSession } from './sessions';

export interface PasswordChange {
	readonly current: string;
	readonly next: string;
	/** Of the browser. */
	readonly address: string;
}

/**
 * A new password for somebody who is logged in and knows the old one. Every session ends, this one too; a new one begins.
 * @returns the value of the new session's cookie
 * @throws Refusal
 */
export async function changePassword(store: Store, session: InboxSession, change: PasswordChange): Promise<string> {
	const { advisor } = session;
	const { profile } = await profileInForce(store);
	assertGoodPassword(change.next, [advisor.name, advisor.email, advisor.phone, profile.name]);
	const subjects = subjectsOf(store, advisor.id, change.address);
	await assertNotLockedOut(store, subjects);
	const hash = await passwordHashOf(store.db, store.workspaceId, advisor.id);
	const right = await isPassword(change.current, hash, async () => await assertNotLockedOut(store, subjects));
	if (!right) {
		await store.transaction(async (tx) => {
			await countLoginFailure(tx, store, subjects);
			await appendAudit(tx, store, {
				actor: `advisor:${advisor.id}`,
				action: 'login.failed',
				subjectKind: 'advisor',
				subjectId: advisor.id,
				payload: { address: change.address },
			});
		});
		throw new Refusal(422, {
			message: "'Current Password' is not right",
			description: 'Enter the password with which you logged in.',
			field: 'current',
			code: 'wrongPassword',
		});
	}
	const next = await hashPassword(change.next);
	const token = await store.transaction(async (tx) => {
		const still = await getAdvisor(tx, store.workspaceId, advisor.id);
		if (!still || (await passwordHashOf(tx, store.workspaceId, advisor.id)) !== hash) return undefined;
		await savePasswordHash(tx, store, advisor.id, next);
		await endSessionsOf(tx, store, advisor.id);
		await appendAudit(tx, store, {
			actor: `advisor:${advisor.id}`,
			action: 'password.set',
			subjectKind: 'advisor',
			subjectId: advisor.id,
			payload: { by: 'password', address: change.address },
		});
		return await beginSession(tx, store, still, change.address);
	});
	if (token !== undefined) return token;
	throw new Refusal(409, {
		message: 'The password was changed in another place meanwhile',
		description: 'Log in again with the new one.',
		code: 'passwordChanged',
	});
}
