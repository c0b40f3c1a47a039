import { createPace, type Pace } from '../../http/pace';
import { countFailure, failuresOf, forgetFailures } from '../../store/repositories/loginFailures';
import type { Store, StoreTransaction } from '../../store/store';
import { Refusal } from './refusal';

const MINUTE = 60_000;

/** Failures of one account, and from one address, until both wait. An office shares its address. */
const FAILURES_OF_ACCOUNT = 10;
const FAILURES_OF_ADDRESS = 40;

/** How long failures count, ms; counted by all processes together, and kept over restarts. */
export const FAILURE_WINDOW = 15 * MINUTE;

interface Paces {
	readonly ofAddress: Pace;
	readonly ofAll: Pace;
}

const PLACE = Symbol.for('n8n-nodes-whatsapp-crm.login-paces');

/** n8n loads a package twice after an update; a flood would have twice the allowance. */
function paces(): Paces {
	const place = globalThis as { [PLACE]?: Paces };
	return (place[PLACE] ??= {
		ofAddress: createPace({ burst: 15, everyMs: 4_000, longestWaitMs: 0 }),
		ofAll: createPace({ burst: 30, everyMs: 200, longestWaitMs: 0 }),
	});
}

/**
 * Whose address it is, as far as one can tell: who has one address of IPv6 has all 2^64 beside it, so they count together.
 */
export function networkOf(address: string): string {
	const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
	if (mapped) return mapped[1];
	if (!address.includes(':')) return address;
	const [head = '', tail] = address.split('%')[0].split('::');
	const groups = (text = ''): string[] => (text === '' ? [] : text.split(':'));
	const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups(head).length - groups(tail).length);
	const all = [...groups(head), ...Array.from({ length: zeros }, () => '0'), ...groups(tail)];
	return `${all
		.slice(0, 4)
		.map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
		.join(':')}::/64`;
}

function tooMany(waitMs: number): Refusal {
	const retryAfter = Math.max(1, Math.ceil(waitMs / 1000));
	return new Refusal(429, {
		message: 'Too many attempts to log in',
		description:
			retryAfter > 90
				? `Try again in ${Math.ceil(retryAfter / 60)} minutes, or ask an administrator for a login link.`
				: `Try again in ${retryAfter} seconds.`,
		retryAfter,
		code: 'tooManyLogins',
		values: { seconds: retryAfter },
	});
}

/**
 * Asked before anything is read or computed, so that a flood of logins costs next to nothing.
 * @throws Refusal
 */
export async function assertLoginPace(address: string): Promise<void> {
	const { ofAddress, ofAll } = paces();
	const wait = (await ofAddress.take(networkOf(address))) || (await ofAll.take('all'));
	if (wait > 0) throw tooMany(wait);
}

/** Who a failed login counts against. */
export interface LoginSubjects {
	readonly account: string;
	readonly address: string;
}

/** Digests: what people type as their account may be their password, and an address is a person's. */
export function subjectsOf(store: Store, account: string, address: string): LoginSubjects {
	return {
		account: `account:${store.sign(`login account ${account}`)}`,
		address: `address:${store.sign(`login address ${networkOf(address)}`)}`,
	};
}

/** @throws Refusal while the account or the address is locked out. */
export async function assertNotLockedOut(store: Store, subjects: LoginSubjects): Promise<void> {
	const failures = await failuresOf(store.db, store, [subjects.account, subjects.address], FAILURE_WINDOW);
	for (const [subject, most] of [
		[subjects.account, FAILURES_OF_ACCOUNT],
		[subjects.address, FAILURES_OF_ADDRESS],
	] as const) {
		const known = failures.get(subject);
		if (known !== undefined && known.failures >= most) throw tooMany(known.until - store.now());
	}
}

/** @returns whether the account is locked out from now on */
export async function countLoginFailure(tx: StoreTransaction, store: Store, subjects: LoginSubjects): Promise<boolean> {
	await countFailure(tx, store, subjects.address, FAILURE_WINDOW);
	return (await countFailure(tx, store, subjects.account, FAILURE_WINDOW)) === FAILURES_OF_ACCOUNT;
}

export async function forgetLoginFailures(tx: StoreTransaction, store: Store, account: string): Promise<void> {
	await forgetFailures(tx, store.workspaceId, account);
}
