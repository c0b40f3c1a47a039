import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { INodeExecutionData } from 'n8n-workflow';

import { accountFingerprint, readWazzupCredential } from '../../nodes/shared/clients/wazzup/credential';
import { syncRunsOnChanges } from '../../nodes/shared/usecases/wazzup/dueSync';
import { Wazzup } from '../../nodes/Wazzup/Wazzup.node';
import { closeIdleStores } from '../../nodes/shared/n8n/storeOfNode';
import { openStore } from '../../nodes/shared/store/open';
import type { Store } from '../../nodes/shared/store/store';
import { saveAdvisor } from '../../nodes/shared/usecases/team/saveAdvisor';
import { saveContact } from '../../nodes/shared/usecases/contacts/saveContact';
import { startWazzupSimulator, type WazzupSimulator } from '../simulators/wazzup';
import { pressNode } from '../support/engine';

const KEY = 'ab'.repeat(32);
let folder: string;
let filePath: string;
let store: Store;
let wazzup: WazzupSimulator;

beforeEach(async () => {
	folder = mkdtempSync(path.join(tmpdir(), 'wazzup-sync-'));
	filePath = path.join(folder, 'store.sqlite');
	store = await openStore({ database: 'sqlite', workspaceId: 'acme', path: filePath, encryptionKey: KEY });
	wazzup = await startWazzupSimulator({ apiKey: 'key-of-the-sync-test' });
	await saveAdvisor(store, { name: 'Laura Pérez', role: 'supervisor' }, 'test');
	await saveContact(store, { person: { name: 'Ana', company: 'Acme', phone: '+573001234567' } });
});

afterEach(async () => {
	await wazzup.close();
	await store.close();
	await closeIdleStores();
	rmSync(folder, { recursive: true, force: true });
});

const press = async (
	operation: string,
	options: Record<string, string> = {},
	mode?: 'trigger',
	inputItems: INodeExecutionData[] = [{ json: {} }],
) =>
	await pressNode({
		node: Wazzup,
		parameters: { resource: 'sync', operation, options },
		credentials: {
			wazzupApi: { apiKey: 'key-of-the-sync-test', baseUrl: wazzup.baseUrl },
			whatsAppCrmStoreApi: { database: 'sqlite', workspace: 'acme', filePath, encryptionKey: KEY },
		},
		inputItems,
		...(mode === undefined ? {} : { mode }),
	});
const writes = () => wazzup.account.requests.filter(({ method }) => method !== 'GET');

describe('Wazzup → Sync', () => {
	test.each(['run', 'preview'])('%s pressed by hand says what would change, and changes nothing', async (operation) => {
		const { outputs } = await press(operation);
		expect(outputs[0][0].json).toMatchObject({ state: 'done', users: { saved: 1 }, contacts: { saved: 1 } });
		expect(writes()).toEqual([]);
	});

	test('in production it sends, with the names as mapped in the panel', async () => {
		const { outputs } = await press('run', { contactName: '{name} ({company})' }, 'trigger');
		expect(outputs[0][0].json).toMatchObject({ state: 'done', contacts: { saved: 1, refused: [] } });
		expect([...wazzup.account.contacts.values()]).toMatchObject([{ name: 'Ana (Acme)' }]);
	});

	test('O2: one run for all that asks; what Due brings for other nodes asks for none', async () => {
		const reads = () => wazzup.account.requests.length;
		const items = [{ json: { due: 'outbox' } }, { json: { due: 'sync' } }, { json: { kind: 'create_contact' } }];
		const { outputs } = await press('run', { contactName: '{name} ({company})' }, 'trigger', items);
		expect(outputs[0]).toHaveLength(1);
		expect(outputs[0][0]).toMatchObject({ json: { state: 'done' }, pairedItem: [{ item: 1 }, { item: 2 }] });
		const before = reads();
		expect((await press('run', {}, 'trigger', [{ json: { due: 'outbox' } }])).outputs[0]).toEqual([]);
		expect(reads()).toBe(before);
	});

	test('O2: a key that was changed: the trigger asks for the account of the new key, and no more for the old one', async () => {
		const asking = async () =>
			await store.db.selectFrom('sync_runs').select('account').where('webhook_id', '=', 'sync-trigger').execute();
		await syncRunsOnChanges(store, 'the account of the old key', 'sync-trigger', true);
		const crm = { workspaceId: 'acme', webhookId: 'sync-trigger', due: 'sync' };
		await press('run', {}, 'trigger', [{ json: { due: 'sync', crm } }]);
		const credential = readWazzupCredential({ apiKey: 'key-of-the-sync-test', baseUrl: wazzup.baseUrl });
		expect(await asking()).toEqual([{ account: accountFingerprint(credential) }]);
		await press('run', {}, undefined, [{ json: { due: 'sync', crm: { ...crm, webhookId: 'another' } } }]);
		expect(await asking()).toHaveLength(1);
	});

	test('a field that does not exist is named, with those that do', async () => {
		const { error } = await press('run', { contactName: '{nombre}' }, 'trigger');
		expect(error).toMatchObject({
			message: expect.stringContaining("'Contact Name'"),
			description: expect.stringContaining('{name}'),
		});
	});
});
