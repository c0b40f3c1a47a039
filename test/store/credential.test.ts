import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

import { WhatsAppCrmStoreApi } from '../../credentials/WhatsAppCrmStoreApi.credentials';
import { testStoreCredential } from '../../nodes/shared/store/credentialTest';
import { defaultSqlitePath, defaultStoreSettings, settingsFromCredential } from '../../nodes/shared/store/settings';
import { eachDatabase, TEST_KEY } from '../support/stores';

const postgres = {
	database: 'postgres',
	workspace: 'acme',
	host: ' db ',
	port: 5432,
	databaseName: 'crm',
	user: 'crm',
	password: ' spaces belong to it ',
	ssl: true,
	schema: '',
	encryptionKey: TEST_KEY,
};

function withEnvironment(values: Record<string, string | undefined>, work: () => void): void {
	const before = Object.fromEntries(Object.keys(values).map((name) => [name, process.env[name]]));
	const apply = (wanted: Record<string, string | undefined>): void => {
		for (const [name, value] of Object.entries(wanted)) {
			if (value === undefined) delete process.env[name];
			else process.env[name] = value;
		}
	};
	apply(values);
	try {
		work();
	} finally {
		apply(before);
	}
}

describe('the settings of a credential', () => {
	test('SQLite needs nothing: workspace "default", in the file beside n8n’s own data', () => {
		withEnvironment({ N8N_USER_FOLDER: '/data/n8n' }, () => {
			expect(settingsFromCredential({ database: 'sqlite' })).toEqual({
				database: 'sqlite',
				workspaceId: 'default',
				path: '/data/n8n/.n8n/whatsapp-crm/store.sqlite',
			});
			expect(defaultStoreSettings()).toEqual(settingsFromCredential({}));
		});
		withEnvironment({ N8N_USER_FOLDER: undefined }, () => {
			expect(defaultSqlitePath()).toBe(join(homedir(), '.n8n', 'whatsapp-crm', 'store.sqlite'));
		});
	});

	test('PostgreSQL: names lose the spaces around them, passwords do not, an empty schema is none', () => {
		expect(settingsFromCredential(postgres)).toEqual({
			database: 'postgres',
			workspaceId: 'acme',
			host: 'db',
			port: 5432,
			databaseName: 'crm',
			user: 'crm',
			password: ' spaces belong to it ',
			ssl: true,
			encryptionKey: TEST_KEY,
		});
	});

	test('"~/" is the home folder', () => {
		expect(settingsFromCredential({ filePath: '~/crm.sqlite' })).toMatchObject({ path: join(homedir(), 'crm.sqlite') });
	});

	test.each([
		[{ ...postgres, host: '' }, "'Host' is empty"],
		[{ ...postgres, databaseName: undefined }, "'Database Name' is empty"],
		[{ ...postgres, user: ' ' }, "'User' is empty"],
		[{ ...postgres, port: 'a' }, "'Port' must be a number"],
		[{ ...postgres, port: 70_000 }, "'Port' must be between 1 and 65535"],
		[{ ...postgres, encryptionKey: '' }, "'Encryption Key' is empty"],
		[{ ...postgres, workspace: 'Acme Ltd' }, "'Workspace' may hold lower-case letters"],
		[{ database: 'sqlite', workspace: '../x' }, "'Workspace' may hold lower-case letters"],
		[{ database: 'sqlite', filePath: 'store.sqlite' }, "'File Path' must be the whole path"],
	])('%#. what is missing or wrong is named as the form names it: %s', (data, message) => {
		expect(() => settingsFromCredential(data)).toThrow(
			expect.objectContaining({ name: 'StoreUnavailable', message: expect.stringContaining(message) }),
		);
	});

	test('several mistakes are told at once', () => {
		expect(() => settingsFromCredential({ ...postgres, host: '', user: '' })).toThrow(
			"'Host' is empty; 'User' is empty",
		);
	});

	test('every field that is read is in the form, and every secret is a password field', () => {
		const { properties } = new WhatsAppCrmStoreApi();
		const names = new Set(properties.map((property) => property.name));
		expect([...names].sort()).toEqual([...Object.keys(postgres), 'filePath'].sort());
		for (const property of properties.filter(({ name }) => ['password', 'encryptionKey'].includes(name))) {
			expect(property.typeOptions).toEqual({ password: true });
		}
	});

	test('what the form is filled with at first opens the default store', () => {
		const defaults = Object.fromEntries(
			new WhatsAppCrmStoreApi().properties.map(({ name, default: value }) => [name, value]),
		);
		expect(settingsFromCredential(defaults)).toEqual(defaultStoreSettings());
	});
});

eachDatabase((name, open, settings) => {
	const credential = (): Record<string, unknown> => {
		const { workspaceId, ...rest } = settings();
		return { ...rest, workspace: workspaceId, filePath: 'path' in rest ? rest.path : '' };
	};

	test('the Test button says what it found', async () => {
		const store = await open();
		const contact = (id: string, mergedInto: string | null = null) => ({
			id,
			workspace_id: store.workspaceId,
			name_verified: 0,
			imported: 0,
			registered: 0,
			merged_into: mergedInto,
			created_at: 1,
			updated_at: 1,
		});
		await store.db
			.insertInto('contacts')
			.values([contact(store.newId()), contact(store.newId()), contact(store.newId(), 'the first')] as never)
			.execute();
		const result = await testStoreCredential(credential());
		expect(result).toEqual({
			ok: true,
			message: expect.stringMatching(
				new RegExp(
					`^Connected to ${name} \\d+(\\.\\d+)*: 2 contacts, 0 open cases in workspace '${store.workspaceId}'\\.`,
				),
			),
		});
	});

	test('the Test button warns when n8n was started in the slow way, and only then', async () => {
		const messages: Record<string, string> = {};
		for (const value of ['true', 'false']) {
			const before = process.env.N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE;
			process.env.N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE = value;
			messages[value] = (await testStoreCredential(credential())).message;
			if (before === undefined) delete process.env.N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE;
			else process.env.N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE = before;
		}
		expect(messages.false).toContain('N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true');
		expect(messages.true).not.toContain('N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE');
	});

	test('the Test button gives the reason and the way out, and never a secret', async () => {
		const wrong = { ...credential(), encryptionKey: 'my secret passphrase' };
		const result = await testStoreCredential(wrong);
		expect(result.ok).toBe(false);
		expect(result.message).toContain("'Encryption Key' must be 64 hexadecimal characters");
		expect(result.message).toContain('openssl rand -hex 32');
		expect(result.message).not.toContain('my secret passphrase');
	});
});

test('the Test button makes the database where there is none yet', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'whatsapp-crm-credential-'));
	try {
		const result = await testStoreCredential({ database: 'sqlite', filePath: join(folder, 'new', 'store.sqlite') });
		expect(result.message).toMatch(/^Connected to SQLite 3\.\d+\.\d+: 0 contacts, 0 open cases in workspace 'default'/);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
});
