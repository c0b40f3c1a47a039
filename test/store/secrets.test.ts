import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openStore } from '../../nodes/shared/store/open';
import { keyFromFile, secretsOf } from '../../nodes/shared/store/secrets';
import * as fc from '../support/properties';
import { eachDatabase, TEST_KEY } from '../support/stores';

describe('what the store encrypts', () => {
	const secrets = secretsOf(TEST_KEY, 'default');

	test('comes back as it was, whatever the text, and never looks the same twice', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (plain) => {
				const text = plain.toWellFormed();
				const encrypted = secrets.encrypt(text);
				expect(secrets.decrypt(encrypted)).toBe(text);
				expect(secrets.encrypt(text)).not.toBe(encrypted);
			}),
			{ seed: 20_261_122 },
		);
	});

	test('is refused when any of its bytes was changed', () => {
		const encrypted = secrets.encrypt('whsec_test');
		const body = Buffer.from(encrypted.slice(3), 'base64url');
		for (let index = 0; index < body.length; index += 1) {
			const changed = Buffer.from(body);
			changed[index] = (changed[index] ?? 0) ^ 1;
			expect(() => secrets.decrypt(`v1.${changed.toString('base64url')}`)).toThrow('cannot be read');
		}
	});

	test.each(['', 'v1.', 'v1.AAAA', 'v2.AAAA', 'not encrypted at all'])('%j is refused in words', (text) => {
		expect(() => secrets.decrypt(text)).toThrow('A stored secret cannot be read');
	});

	test('cannot be read with another key, nor in another workspace', () => {
		const encrypted = secrets.encrypt('EAAG-token');
		expect(() => secretsOf('cd'.repeat(32), 'default').decrypt(encrypted)).toThrow('cannot be read');
		expect(() => secretsOf(TEST_KEY, 'another').decrypt(encrypted)).toThrow('cannot be read');
	});

	test('does not show in an error', () => {
		const encrypted = secrets.encrypt('EAAG-token');
		try {
			secretsOf('cd'.repeat(32), 'default').decrypt(encrypted);
		} catch (error) {
			expect(String(error)).not.toContain(encrypted.slice(3, 20));
			expect(String(error)).not.toContain('EAAG');
		}
	});
});

test('a signature depends on the text and on the key, and the signing key is not the encryption key', () => {
	const secrets = secretsOf(TEST_KEY, 'default');
	expect(secrets.sign('a')).toMatch(/^[0-9a-f]{64}$/);
	expect(secrets.sign('a')).toBe(secretsOf(TEST_KEY, 'another').sign('a'));
	expect(secrets.sign('a')).not.toBe(secrets.sign('b'));
	expect(secrets.sign('a')).not.toBe(secretsOf('cd'.repeat(32), 'default').sign('a'));
});

test.each(['', 'short', 'zz'.repeat(32), 'ab'.repeat(31), `${'ab'.repeat(32)} `])(
	"the key %j is refused with the field's name and a way to make one",
	(key) => {
		expect(() => secretsOf(key, 'default')).toThrow(
			expect.objectContaining({
				name: 'StoreUnavailable',
				message: expect.stringContaining("'Encryption Key'"),
				description: expect.stringContaining('openssl rand -hex 32'),
			}),
		);
	},
);

describe('the key file', () => {
	let folder: string;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'whatsapp-crm-key-'));
	});
	afterEach(async () => await rm(folder, { recursive: true, force: true }));

	test('is made once, for its owner only, also when several start at the same moment', async () => {
		const path = join(folder, 'inner', 'store.sqlite.key');
		const keys = await Promise.all(Array.from({ length: 8 }, async () => await keyFromFile(path)));
		expect(new Set(keys).size).toBe(1);
		expect(keys[0]).toMatch(/^[0-9a-f]{64}$/);
		expect((await stat(path)).mode & 0o777).toBe(0o600);
		expect((await stat(join(folder, 'inner'))).mode & 0o777).toBe(0o700);
		expect(await readdir(join(folder, 'inner'))).toEqual(['store.sqlite.key']);
	});

	test('that holds something else is refused, not replaced', async () => {
		const path = join(folder, 'store.sqlite.key');
		await writeFile(path, 'my notes');
		await expect(keyFromFile(path)).rejects.toMatchObject({
			message: expect.stringContaining('does not hold 64 hexadecimal characters'),
		});
	});

	test('lies beside the database, and both are for their owner only', async () => {
		const path = join(folder, 'data', 'store.sqlite');
		const store = await openStore({ database: 'sqlite', workspaceId: 'default', path });
		const secret = store.encrypt('secret');
		await store.close();
		for (const file of ['store.sqlite', 'store.sqlite.key']) {
			expect((await stat(join(folder, 'data', file))).mode & 0o777).toBe(0o600);
		}
		const again = await openStore({ database: 'sqlite', workspaceId: 'default', path });
		expect(again.decrypt(secret)).toBe('secret');
		await again.close();
		await rm(`${path}.key`);
		await expect(openStore({ database: 'sqlite', workspaceId: 'default', path })).rejects.toMatchObject({
			message: expect.stringContaining('is not the one that workspace'),
			description: expect.stringContaining('store.sqlite.key'),
		});
	});
});

eachDatabase((_name, open, settings) => {
	test('given another key than the first one, then the workspace does not open and the message tells why', async () => {
		const store = await open();
		await expect(openStore({ ...settings(), encryptionKey: 'cd'.repeat(32) })).rejects.toMatchObject({
			name: 'StoreUnavailable',
			message: `The encryption key is not the one that workspace '${store.workspaceId}' was first opened with`,
			description: expect.stringContaining("'Encryption Key'"),
		});
		const again = await open();
		expect(again.decrypt(store.encrypt('still fine'))).toBe('still fine');
	});
});
