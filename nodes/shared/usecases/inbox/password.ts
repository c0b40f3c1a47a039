import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';

import { Semaphore } from 'async-mutex';

import type { RefusalCause } from '../../domain/inbox/refusals';
import { Refusal } from './refusal';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/**
 * One of the equal settings of OWASP's Password Storage Cheat Sheet for scrypt (N=2^15, r=8, p=3), read November 2026: 32 MB
 * for a quarter of a second. Its first one takes 128 MB, too much for a process that also answers customers.
 */
const COST = { N: 2 ** 15, r: 8, p: 3 } as const;
const MAX_MEMORY = 64 * 1024 * 1024;
const SALT_BYTES = 16;
const KEY_BYTES = 32;

const SHORTEST = 10;
/** A longer one costs work before it is even wrong. */
const LONGEST = 200;
const FEWEST_DISTINCT = 5;

/** Passwords worked on at once, and how many may wait: a flood of logins leaves the threads to the bot. */
const AT_ONCE = 2;
const WAITING = 8;

interface Work {
	readonly turns: Semaphore;
	waiting: number;
}

const PLACE = Symbol.for('n8n-nodes-whatsapp-crm.password-work');

/** n8n loads a package twice after an update; there is still only one processor. */
function work(): Work {
	const place = globalThis as { [PLACE]?: Work };
	return (place[PLACE] ??= { turns: new Semaphore(AT_ONCE), waiting: 0 });
}

async function inTurn<Result>(task: () => Promise<Result>): Promise<Result> {
	const shared = work();
	if (shared.waiting >= WAITING) {
		throw new Refusal(429, {
			message: 'Too many people log in at this moment',
			description: 'Wait a few seconds and try again.',
			retryAfter: 5,
			code: 'loginBusy',
		});
	}
	shared.waiting += 1;
	try {
		return await shared.turns.runExclusive(task);
	} finally {
		shared.waiting -= 1;
	}
}

const plain = (password: string): string => password.normalize('NFKC');

/** `scrypt$N$r$p$salt$key`, so that the cost can grow without anybody having to set a new password. */
export async function hashPassword(password: string): Promise<string> {
	const salt = randomBytes(SALT_BYTES);
	const key = await inTurn(async () => await derive(plain(password), salt, KEY_BYTES, { ...COST, maxmem: MAX_MEMORY }));
	return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/**
 * Whether the password is the one of the hash. Without a hash it works as long and answers no: nobody learns from the time
 * whether an account exists.
 * @param stillWanted asked when it is this call's turn; false answers no without any work.
 */
export async function isPassword(
	password: string,
	hash: string | undefined,
	stillWanted: () => Promise<void>,
): Promise<boolean> {
	const parts = hash?.split('$') ?? [];
	const known = parts.length === 6 && parts[0] === 'scrypt';
	const cost = known ? { N: Number(parts[1]), r: Number(parts[2]), p: Number(parts[3]) } : COST;
	const salt = known ? Buffer.from(parts[4], 'base64url') : randomBytes(SALT_BYTES);
	const expected = known ? Buffer.from(parts[5], 'base64url') : Buffer.alloc(KEY_BYTES);
	const key = await inTurn(async () => {
		await stillWanted();
		return await derive(plain(password), salt, expected.length, { ...cost, maxmem: MAX_MEMORY });
	});
	return timingSafeEqual(key, expected) && known;
}

const letters = (text: string): string =>
	text
		.normalize('NFD')
		.replace(/[^\p{L}\p{N}]/gu, '')
		.toLowerCase();

/**
 * @param known what anybody may know of the person: name, e-mail, phone, the business.
 * @throws Refusal when it would be guessed.
 */
export function assertGoodPassword(password: string, known: ReadonlyArray<string | null | undefined>): void {
	const refuse = (message: string, description: string, cause: RefusalCause): never => {
		throw new Refusal(422, { message, description, field: 'password', ...cause });
	};
	const length = [...plain(password)].length;
	if (length < SHORTEST) {
		refuse(
			`'Password' has ${length} characters`,
			`Choose one with at least ${SHORTEST}: three or four words are easy to keep.`,
			{ code: 'passwordShort', values: { least: SHORTEST } },
		);
	}
	if (password.length > LONGEST)
		refuse("'Password' is too long", `Choose one with at most ${LONGEST} characters.`, {
			code: 'passwordLong',
			values: { most: LONGEST },
		});
	if (new Set(letters(password)).size < FEWEST_DISTINCT) {
		refuse("'Password' is too simple", 'Choose one with more different letters or digits.', { code: 'passwordSimple' });
	}
	const guess = letters(password);
	const words = known.flatMap((value) => (value ?? '').split(/[\s@.]+/)).map(letters);
	for (const word of words) {
		if (word.length >= 4 && guess.includes(word) && guess.length - word.length < 6) {
			refuse("'Password' is made of a name", 'Choose one without your name, address or number.', {
				code: 'passwordOfName',
			});
		}
	}
}
