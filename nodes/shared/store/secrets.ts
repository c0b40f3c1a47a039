import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

import { errorCode } from './errorCode';
import { StoreUnavailable } from './unavailable';

const KEY_PATTERN = /^[0-9a-f]{64}$/i;
const FORMAT = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What the store's key is used for. Each use has a key of its own, derived from it. */
export interface Secrets {
	/** HMAC-SHA256, hex. */
	sign(text: string): string;
	/** AES-256-GCM, bound to the workspace. */
	encrypt(plain: string): string;
	/** @throws Error when the text was changed, or encrypted with another key or for another workspace. */
	decrypt(encrypted: string): string;
}

/** @throws StoreUnavailable when the key is not 32 bytes in hex. */
export function secretsOf(key: string, workspaceId: string): Secrets {
	if (!KEY_PATTERN.test(key)) throw badKey();
	const derive = (use: string): Buffer =>
		Buffer.from(hkdfSync('sha256', Buffer.from(key, 'hex'), '', `n8n-nodes-whatsapp-crm ${use}`, 32));
	// As a key object it is not prepared again for every line of the bitácora.
	const signing = createSecretKey(derive('signing'));
	const encryption = derive('encryption');
	return {
		sign: (text) => createHmac('sha256', signing).update(text).digest('hex'),
		encrypt: (plain) => {
			const nonce = randomBytes(NONCE_BYTES);
			const cipher = createCipheriv('aes-256-gcm', encryption, nonce).setAAD(Buffer.from(workspaceId));
			const sealed = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
			return `${FORMAT}.${sealed.toString('base64url')}`;
		},
		decrypt: (encrypted) => {
			const [format, body] = encrypted.split('.');
			const sealed = Buffer.from(body ?? '', 'base64url');
			if (format !== FORMAT || sealed.length < NONCE_BYTES + TAG_BYTES) throw unreadable();
			const decipher = createDecipheriv('aes-256-gcm', encryption, sealed.subarray(0, NONCE_BYTES), {
				authTagLength: TAG_BYTES,
			})
				.setAAD(Buffer.from(workspaceId))
				.setAuthTag(sealed.subarray(-TAG_BYTES));
			try {
				return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString(
					'utf8',
				);
			} catch (error) {
				throw unreadable(error);
			}
		},
	};
}

/**
 * The key of a SQLite store that was given none: read from `keyPath`, or made there, readable by its owner only.
 * Two processes that start at the same moment end with the same key: the file appears whole or not at all.
 */
export async function keyFromFile(keyPath: string): Promise<string> {
	const existing = await readKey(keyPath);
	if (existing !== undefined) return existing;
	await mkdir(dirname(keyPath), { recursive: true, mode: 0o700 });
	const draft = `${keyPath}.${randomBytes(6).toString('hex')}`;
	const file = await open(draft, 'wx', 0o600);
	try {
		await file.writeFile(`${randomBytes(32).toString('hex')}\n`);
		await file.sync();
	} finally {
		await file.close();
	}
	try {
		await link(draft, keyPath);
	} catch (error) {
		if (errorCode(error) !== 'EEXIST') throw error;
	} finally {
		await unlink(draft);
	}
	const made = await readKey(keyPath);
	if (made === undefined) throw badKeyFile(keyPath);
	return made;
}

async function readKey(keyPath: string): Promise<string | undefined> {
	let text: string;
	try {
		text = await readFile(keyPath, 'utf8');
	} catch (error) {
		if (errorCode(error) === 'ENOENT') return undefined;
		throw error;
	}
	const key = text.trim();
	if (!KEY_PATTERN.test(key)) throw badKeyFile(keyPath);
	return key;
}

function badKey(): StoreUnavailable {
	return new StoreUnavailable(
		"'Encryption Key' must be 64 hexadecimal characters (32 bytes)",
		'Make one with the command: openssl rand -hex 32. Keep a copy: what was encrypted with a key is lost without it.',
	);
}

function badKeyFile(keyPath: string): StoreUnavailable {
	return new StoreUnavailable(
		`The key file '${keyPath}' does not hold 64 hexadecimal characters`,
		"Put back a backup of this file, or enter the key in 'Encryption Key' of the credential.",
	);
}

function unreadable(cause?: unknown): Error {
	return new Error(
		'A stored secret cannot be read: it was changed, or encrypted with another key',
		cause === undefined ? undefined : { cause },
	);
}
