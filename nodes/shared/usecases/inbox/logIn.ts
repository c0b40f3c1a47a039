import { normalizePhone } from '../../domain/identity/phone';
import { passwordHashOf } from '../../store/repositories/advisorPasswords';
import { getAdvisor, listAdvisors, type AdvisorRow } from '../../store/repositories/advisors';
import { appendAudit } from '../../store/repositories/auditLog';
import type { Store } from '../../store/store';
import { profileInForce } from '../profile/businessProfile';
import { assertNotLockedOut, countLoginFailure, forgetLoginFailures, subjectsOf } from './loginLimits';
import { isPassword } from './password';
import { Refusal } from './refusal';
import { beginSession } from './sessions';

export interface LoginRequest {
	/** E-mail, phone or name of the advisor. */
	readonly account: string;
	readonly password: string;
	/** Of the browser. */
	readonly address: string;
}

const plain = (text: string): string =>
	text.normalize('NFD').replace(/\p{M}/gu, '').replace(/\s+/g, ' ').trim().toLowerCase();

/** Nobody when two people have the same name: they use their e-mail. */
async function advisorOf(store: Store, account: string): Promise<AdvisorRow | undefined> {
	const { profile } = await profileInForce(store);
	const team = await listAdvisors(store.db, store.workspaceId);
	const phone = normalizePhone(account, profile.country)?.e164;
	const meant = team.filter(
		(advisor) =>
			(advisor.email !== null && plain(advisor.email) === plain(account)) ||
			(phone !== undefined && advisor.phone === phone),
	);
	const named = meant.length > 0 ? meant : team.filter((advisor) => plain(advisor.name) === plain(account));
	return named.length === 1 ? named[0] : undefined;
}

/**
 * Logs an advisor in. Wrong password, unknown account and account without a password get the same answer after the same
 * work; failures count for the account and for the address, in the store, so that all processes count together.
 * @returns the value of a new session's cookie
 * @throws Refusal
 */
export async function logIn(store: Store, request: LoginRequest): Promise<string> {
	const known = await advisorOf(store, request.account);
	const subjects = subjectsOf(store, known?.id ?? plain(request.account), request.address);
	await assertNotLockedOut(store, subjects);
	const hash = known && (await passwordHashOf(store.db, store.workspaceId, known.id));
	// Asked again when it is our turn: many attempts at once must not get past the count.
	const right = await isPassword(request.password, hash, async () => await assertNotLockedOut(store, subjects));
	const token = await store.transaction(async (tx) => {
		const advisor = known && right ? await getAdvisor(tx, store.workspaceId, known.id) : undefined;
		// The password may have been changed while this one was tried.
		const same = advisor && (await passwordHashOf(tx, store.workspaceId, advisor.id)) === hash;
		if (advisor && same) {
			await forgetLoginFailures(tx, store, subjects.account);
			await appendAudit(tx, store, {
				actor: `advisor:${advisor.id}`,
				action: 'login.succeeded',
				subjectKind: 'advisor',
				subjectId: advisor.id,
				payload: { address: request.address },
			});
			return await beginSession(tx, store, advisor, request.address);
		}
		const locked = await countLoginFailure(tx, store, subjects);
		await appendAudit(tx, store, {
			actor: known ? `advisor:${known.id}` : 'inbox',
			action: locked ? 'login.locked' : 'login.failed',
			...(known ? { subjectKind: 'advisor', subjectId: known.id } : {}),
			payload: { address: request.address },
		});
		return undefined;
	});
	if (token !== undefined) return token;
	throw new Refusal(401, {
		message: 'The account or the password is not right',
		description: 'Check both, or ask an administrator for a login link.',
		code: 'wrongLogin',
	});
}
