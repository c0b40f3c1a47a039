import type { KyselyPlugin } from 'kysely';

import { createWazzupClient, type WazzupClient } from '../../nodes/shared/clients/wazzup/client';
import { accountFingerprint, readWazzupCredential } from '../../nodes/shared/clients/wazzup/credential';
import { DEFAULT_MAPPING } from '../../nodes/shared/domain/sync/mapping';
import { updateContact } from '../../nodes/shared/store/repositories/contacts';
import type { Store } from '../../nodes/shared/store/store';
import { saveAdvisor } from '../../nodes/shared/usecases/team/saveAdvisor';
import { dueSyncItems, syncRunsOnChanges } from '../../nodes/shared/usecases/wazzup/dueSync';
import { syncWazzup } from '../../nodes/shared/usecases/wazzup/sync';
import { startWazzupSimulator, type WazzupSimulator } from '../simulators/wazzup';
import { layDownContacts } from '../support/manyContacts';
import { eachDatabase } from '../support/stores';

const A_MINUTE = 60_000;

eachDatabase((name, open) => {
	describe(`Sync with Wazzup: what is read again, on ${name} (O2, W4)`, () => {
		let now: number;
		let store: Store;
		let wazzup: WazzupSimulator;
		let client: WazzupClient;
		let ids: readonly string[];
		/** Rows that the database gave to the runs. */
		let rowsRead: number;

		const sync = async () => {
			rowsRead = 0;
			const counting: KyselyPlugin = {
				transformQuery: ({ node }) => node,
				transformResult: async ({ result }) => {
					rowsRead += result.rows.length;
					return await Promise.resolve(result);
				},
			};
			const request = { mapping: DEFAULT_MAPPING, home: 'https://n8n.test/', dryRun: false, everything: false };
			return await syncWazzup({ ...store, db: store.db.withPlugin(counting) }, client, request);
		};
		const change = async (contactId: string, changes: { name: string; updated_at?: number }) =>
			await store.transaction(async (tx) => {
				await updateContact(tx, store, contactId, { name: changes.name });
				if (changes.updated_at === undefined) return;
				await tx.updateTable('contacts').set({ updated_at: changes.updated_at }).where('id', '=', contactId).execute();
			});
		const due = async () => (await dueSyncItems(store, 'sync-trigger', 'emission')).length;

		beforeEach(async () => {
			now = 1_760_000_000_000;
			store = await open({ clock: () => now });
			wazzup = await startWazzupSimulator({ apiKey: store.workspaceId, rateLimit: false });
			client = createWazzupClient(readWazzupCredential({ apiKey: store.workspaceId, baseUrl: wazzup.baseUrl }));
			const { advisor } = await saveAdvisor(store, { name: 'Laura Pérez', role: 'supervisor' }, 'test');
			ids = await layDownContacts(store, { count: 2_000, ownerAdvisorId: advisor.id, changedFrom: now - A_MINUTE });
			await syncRunsOnChanges(store, accountFingerprint(client.credential), 'sync-trigger', true);
			await sync();
		});
		afterEach(async () => await wazzup.close());

		it('with nothing changed a run reads the team and what it keeps of it, however many contacts there are', async () => {
			now += A_MINUTE;
			expect(await sync()).toMatchObject({ state: 'done', contacts: { saved: 0 } });
			expect(rowsRead).toBeLessThan(20);
		});

		it('one that changed is one that is read, and after ten seconds is not read again', async () => {
			now += A_MINUTE;
			await change(ids[7], { name: 'Otra' });
			expect(await sync()).toMatchObject({ contacts: { saved: 1 } });
			expect(rowsRead).toBeLessThan(20);
			now += A_MINUTE;
			await sync();
			const afterwards = rowsRead;
			await sync();
			expect(rowsRead).toBeLessThanOrEqual(afterwards);
			expect(wazzup.account.contacts.get(ids[7])?.name).toBe('Otra');
		});

		it('a change that is committed behind one that was carried already is not lost: one more run is asked for', async () => {
			now += A_MINUTE;
			const written = now;
			now += 500;
			await change(ids[1], { name: 'La de después' });
			expect(await due()).toBe(1);
			await sync();
			// Its transaction began before, in another process, and ends only now.
			await change(ids[0], { name: 'La de antes', updated_at: written });
			now += 1_000;
			expect(await due()).toBe(0);
			now += 10_000;
			expect(await due()).toBe(1);
			await sync();
			expect(wazzup.account.contacts.get(ids[0])?.name).toBe('La de antes');
			now += A_MINUTE;
			expect(await due()).toBe(0);
		});

		it('a run that was cut off while looking again does not forget what it had still to look at', async () => {
			now += A_MINUTE;
			const written = now;
			now += 500;
			await change(ids[1], { name: 'La de después' });
			await sync();
			await change(ids[0], { name: 'La de antes', updated_at: written });
			now += 11_000;
			wazzup.faults.inject({ on: 'POST /contacts', kind: 401 });
			expect(await sync()).toMatchObject({ state: 'interrupted' });
			now += A_MINUTE;
			expect(await due()).toBe(1);
			expect(await sync()).toMatchObject({ state: 'done' });
			expect(wazzup.account.contacts.get(ids[0])?.name).toBe('La de antes');
		});
	});
});
