import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { sql, type Kysely } from 'kysely';

import { errorCode } from './errorCode';
import type { Database } from './schema';

const DIGEST_PATTERN = /^[0-9a-f]{64}$/;

/** Where the bytes of attachments lie: once per workspace and digest. */
export interface ByteStore {
	write(sha256: string, bytes: Uint8Array): Promise<void>;
	read(sha256: string): Promise<Uint8Array | undefined>;
	/** How many there are, without reading them; undefined: none are there. */
	size(sha256: string): Promise<number | undefined>;
	/** Takes them away where they lie outside of the database; their row is the caller's. */
	remove(sha256: string): Promise<void>;
}

/** Bytes in files beside the database: `attachments/<workspace>/<first two digits>/<digest>`. */
export function bytesInFiles(
	db: Kysely<Database>,
	workspaceId: string,
	databasePath: string,
	now: () => number,
): ByteStore {
	const pathOf = (sha256: string): string =>
		join(dirname(databasePath), 'attachments', workspaceId, sha256.slice(0, 2), sha256);
	return {
		write: async (sha256, bytes) => {
			assertDigest(sha256, bytes);
			const path = pathOf(sha256);
			if ((await sizeOfFile(path)) !== bytes.length) await writeDurably(path, bytes);
			await insertOnce(db, { workspace_id: workspaceId, sha256, bytes: null, created_at: now(), orphaned_at: null });
		},
		read: async (sha256) => {
			assertDigest(sha256);
			try {
				return await readFile(pathOf(sha256));
			} catch (error) {
				if (errorCode(error) === 'ENOENT') return undefined;
				throw error;
			}
		},
		size: async (sha256) => {
			assertDigest(sha256);
			return await sizeOfFile(pathOf(sha256));
		},
		remove: async (sha256) => {
			assertDigest(sha256);
			await rm(pathOf(sha256), { force: true });
		},
	};
}

/** Bytes in rows: on PostgreSQL, where processes share no disk. */
export function bytesInRows(db: Kysely<Database>, workspaceId: string, now: () => number): ByteStore {
	return {
		write: async (sha256, bytes) => {
			assertDigest(sha256, bytes);
			await insertOnce(db, { workspace_id: workspaceId, sha256, bytes, created_at: now(), orphaned_at: null });
		},
		read: async (sha256) => {
			assertDigest(sha256);
			const row = await db
				.selectFrom('attachment_bytes')
				.select('bytes')
				.where('workspace_id', '=', workspaceId)
				.where('sha256', '=', sha256)
				.executeTakeFirst();
			return row?.bytes ?? undefined;
		},
		size: async (sha256) => {
			assertDigest(sha256);
			const row = await db
				.selectFrom('attachment_bytes')
				.select(sql<number | null>`octet_length(bytes)`.as('size'))
				.where('workspace_id', '=', workspaceId)
				.where('sha256', '=', sha256)
				.executeTakeFirst();
			return row?.size ?? undefined;
		},
		remove: async (sha256) => {
			assertDigest(sha256);
			await Promise.resolve();
		},
	};
}

async function insertOnce(db: Kysely<Database>, row: Database['attachment_bytes']): Promise<void> {
	await db
		.insertInto('attachment_bytes')
		.values(row)
		.onConflict((conflict) => conflict.columns(['workspace_id', 'sha256']).doUpdateSet({ orphaned_at: null }))
		.execute();
}

/** The digest is a file's name, so nothing but a digest may pass; and it must be the one of the bytes. */
function assertDigest(sha256: string, bytes?: Uint8Array): void {
	if (!DIGEST_PATTERN.test(sha256)) throw new Error(`'${sha256}' is not a SHA-256 digest in lower-case hex`);
	if (bytes !== undefined && createHash('sha256').update(bytes).digest('hex') !== sha256) {
		throw new Error(`The bytes do not have the digest ${sha256}`);
	}
}

async function sizeOfFile(path: string): Promise<number | undefined> {
	try {
		return (await stat(path)).size;
	} catch (error) {
		if (errorCode(error) === 'ENOENT') return undefined;
		throw error;
	}
}

/** After this the file is there with all its bytes whatever happens, or it is not there. */
async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
	await mkdir(dirname(path), { recursive: true, mode: 0o700 });
	const draft = `${path}.${randomBytes(6).toString('hex')}`;
	const file = await open(draft, 'wx', 0o600);
	try {
		await file.writeFile(bytes);
		await file.sync();
	} finally {
		await file.close();
	}
	await rename(draft, path);
	await syncFolder(dirname(path));
}

async function syncFolder(path: string): Promise<void> {
	// Windows cannot open a folder, and needs no such call.
	if (process.platform === 'win32') return;
	const folder = await open(path, 'r');
	try {
		await folder.sync();
	} finally {
		await folder.close();
	}
}
