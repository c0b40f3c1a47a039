import type { BatchOutcome } from '../../nodes/shared/clients/wazzup/batches';
import { createWazzupClient, type WazzupClient } from '../../nodes/shared/clients/wazzup/client';
import { accountFingerprint, readWazzupCredential } from '../../nodes/shared/clients/wazzup/credential';
import { DEFAULT_MAPPING } from '../../nodes/shared/domain/sync/mapping';
import { RequestFailure } from '../../nodes/shared/http/failure';
import { updateContact } from '../../nodes/shared/store/repositories/contacts';
import { getLead, updateLead } from '../../nodes/shared/store/repositories/leads';
import type { Store } from '../../nodes/shared/store/store';
import { deleteAdvisor } from '../../nodes/shared/usecases/team/deleteAdvisor';
import { collectDue } from '../../nodes/shared/usecases/emit/due';
import { erasePerson } from '../../nodes/shared/usecases/contacts/erasePerson';
import { saveAdvisor } from '../../nodes/shared/usecases/team/saveAdvisor';
import { saveContact } from '../../nodes/shared/usecases/contacts/saveContact';
import { createDealForWazzup } from '../../nodes/shared/usecases/wazzup/createDeal';
import { syncRunsOnChanges } from '../../nodes/shared/usecases/wazzup/dueSync';
import { syncWazzup, type SyncRequest } from '../../nodes/shared/usecases/wazzup/sync';
import { startWazzupSimulator, type WazzupSimulator } from '../simulators/wazzup';
import { eachDatabase } from '../support/stores';

const request: SyncRequest = {
	mapping: DEFAULT_MAPPING,
	home: 'https://n8n.test/',
	dryRun: false,
	everything: false,
};

eachDatabase((name, open) => {
	describe(`Sync with Wazzup on ${name} (W3-W8)`, () => {
		let now: number;
		let store: Store;
		let wazzup: WazzupSimulator;
		let client: WazzupClient;
		let laura: string;

		const sync = async (changes: Partial<SyncRequest> = {}, using = store) =>
			await syncWazzup(using, client, { ...request, ...changes });
		const writes = () =>
			wazzup.account.requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);
		const customer = async (number: number, person: object = {}) =>
			(
				await saveContact(store, {
					person: { name: `Cliente ${number}`, phone: `+57300${1_000_000 + number}`, ...person },
					ownerAdvisorId: laura,
				})
			).contact.id;
		const deal = async (contactId: string) => {
			const made = await createDealForWazzup(store, {
				webhookId: 'w',
				emit: false,
				home: request.home,
				event: { kind: 'create_deal', contactIds: [contactId], raw: {} },
			});
			return made?.id ?? '';
		};

		beforeEach(async () => {
			now = 1_760_000_000_000;
			store = await open({ clock: () => now });
			wazzup = await startWazzupSimulator({ apiKey: store.workspaceId, rateLimit: false });
			client = createWazzupClient(readWazzupCredential({ apiKey: store.workspaceId, baseUrl: wazzup.baseUrl }), {
				rateResetMs: 10,
				sendTimeoutMs: 500,
				firstPauseMs: 5,
			});
			laura = (await saveAdvisor(store, { name: 'Laura Pérez', phone: '+573005550001', role: 'supervisor' }, 'test'))
				.advisor.id;
		});
		afterEach(async () => await wazzup.close());

		it('the team, the stages, contacts and leads appear with who is responsible; a second run writes nothing', async () => {
			const ana = await customer(1);
			const lead = await deal(ana);
			expect(await sync()).toMatchObject({
				state: 'done',
				users: { saved: 1 },
				contacts: { saved: 1 },
				deals: { saved: 1 },
			});
			expect([...wazzup.account.users.values()]).toEqual([{ id: laura, name: 'Laura Pérez', phone: '573005550001' }]);
			expect([...wazzup.account.contacts.values()]).toEqual([
				{
					id: ana,
					name: 'Cliente 1',
					responsibleUserId: laura,
					contactData: [{ chatType: 'whatsapp', chatId: '573001000001' }],
					uri: 'https://n8n.test/',
				},
			]);
			expect([...wazzup.account.deals.values()]).toMatchObject([
				{ id: lead, contacts: [ana], responsibleUserId: laura, closed: false, name: 'Cliente 1' },
			]);
			expect([...wazzup.account.pipelines.keys()]).toEqual(['leads']);
			wazzup.account.clearRecords();
			now += 60_000;
			expect(await sync()).toMatchObject({ state: 'done', contacts: { saved: 0 }, deals: { saved: 0 } });
			expect(writes()).toEqual([]);
		});

		it('W2: a contact that Wazzup fails at holds back neither the others nor their deals, and is tried again later', async () => {
			const ids: string[] = [];
			for (let number = 1; number <= 5; number += 1) ids.push(await customer(number));
			const bad = ids[2] ?? '';
			const lead = await deal(ids[4] ?? '');
			wazzup.account.poisoned.add(bad);
			expect(await sync()).toMatchObject({
				state: 'done',
				contacts: { saved: 4, refused: [{ id: bad }] },
				deals: { saved: 1 },
			});
			expect(wazzup.account.deals.has(lead)).toBe(true);
			wazzup.account.poisoned.clear();
			now += 15_000;
			expect(await sync()).toMatchObject({ state: 'done', contacts: { saved: 1, refused: [] } });
			expect(wazzup.account.contacts.size).toBe(5);
		});

		it('W2: a contact that Wazzup does not let go holds back nothing else, and goes when it may', async () => {
			const [kept, other] = [await customer(1), await customer(2)];
			const lead = await deal(await customer(3));
			await sync();
			now += 60_000;
			wazzup.account.undeletable.add(kept);
			for (const id of [kept, other]) await erasePerson(store, { contactKey: id, confirm: id, actor: 'test' });
			await store.transaction(async (tx) => await updateLead(tx, store, lead, { stage: 'Won', closed_at: now }));
			expect(await sync()).toMatchObject({
				state: 'done',
				contacts: { deleted: 1, refused: [{ id: kept }] },
				deals: { saved: 1 },
			});
			expect([...wazzup.account.contacts.keys()]).not.toContain(other);
			wazzup.account.undeletable.clear();
			now += 900_000;
			expect(await sync()).toMatchObject({ state: 'done', contacts: { deleted: 1, refused: [] } });
			expect(wazzup.account.contacts.size).toBe(1);
		});

		it('W2: a name is cut between its signs, not within one', async () => {
			await customer(1, { name: `${'x'.repeat(199)}😀` });
			expect(await sync()).toMatchObject({ state: 'done', contacts: { saved: 1 } });
			expect([...wazzup.account.contacts.values()]).toMatchObject([{ name: 'x'.repeat(199) }]);
		});

		it('only what changed is sent; a lead that is won closes its deal', async () => {
			const ids = [await customer(1), await customer(2), await customer(3)];
			const lead = await deal(ids[0]);
			await sync();
			wazzup.account.clearRecords();
			now += 60_000;
			await saveContact(store, { contactKey: ids[1], person: { name: 'Otro nombre' } });
			await store.transaction(async (tx) => await updateLead(tx, store, lead, { stage: 'Won', closed_at: now }));
			await sync();
			expect(writes()).toEqual(['POST /contacts', 'POST /deals']);
			expect(wazzup.requestsTo('POST /contacts')[0].body).toMatchObject([{ id: ids[1], name: 'Otro nombre' }]);
			expect(wazzup.account.deals.get(lead)?.closed).toBe(true);
			expect((await getLead(store.db, store.workspaceId, lead))?.stage).toBe('Won');
		});

		it('the first run needs one request a hundred contacts', async () => {
			for (let number = 0; number < 250; number += 1) await customer(number);
			await sync();
			expect(wazzup.requestsTo('POST /contacts')).toHaveLength(3);
			expect(wazzup.account.contacts.size).toBe(250);
		});

		it('what is gone here is gone there: erased person with their deals, and who has left the team', async () => {
			const pedro = (await saveAdvisor(store, { name: 'Pedro Gómez', phone: '+573005550002' }, 'test')).advisor.id;
			const [ana, beto] = [await customer(1), await customer(2)];
			await deal(ana);
			await store.transaction(async (tx) => await updateContact(tx, store, beto, { owner_advisor_id: pedro }));
			await sync();
			expect(wazzup.account.contacts.get(beto)?.responsibleUserId).toBe(pedro);
			now += 60_000;
			await erasePerson(store, { contactKey: ana, confirm: '+573001000001', actor: 'test' });
			await deleteAdvisor(store, { advisorId: pedro, actor: 'test' });
			await sync();
			expect([...wazzup.account.contacts.keys()]).toEqual([beto]);
			expect([...wazzup.account.deals.keys()]).toEqual([]);
			expect([...wazzup.account.users.keys()]).toEqual([laura]);
			expect(wazzup.account.contacts.get(beto)?.responsibleUserId).toBe(laura);
		});

		it('O2: a change asks for one run within a second, again only after the run or when nobody did it, never when nothing changed', async () => {
			const account = accountFingerprint(client.credential);
			const asked = async () =>
				(await collectDue(store, 'sync-trigger')).flatMap(({ items }) => items).filter(({ due }) => due === 'sync')
					.length;
			await syncRunsOnChanges(store, account, 'sync-trigger', true);
			await customer(1);
			expect([await asked(), await asked()]).toEqual([1, 0]);
			now += 31_000;
			expect(await asked()).toBe(1);
			await sync();
			expect(await asked()).toBe(0);
			now += 60_000;
			expect(await asked()).toBe(0);
			await customer(2);
			expect(await asked()).toBe(1);
			await sync();
			await syncRunsOnChanges(store, account, 'sync-trigger', false);
			now += 1_000;
			await customer(3);
			expect(await asked()).toBe(0);
		});

		it('W11: contacts only, no pipeline and no deal leave, and leads ask for no run; with deals again, all of them follow', async () => {
			const account = accountFingerprint(client.credential);
			const asked = async () =>
				(await collectDue(store, 'sync-trigger')).flatMap(({ items }) => items).filter(({ due }) => due === 'sync')
					.length;
			await syncRunsOnChanges(store, account, 'sync-trigger', true);
			const ana = await customer(1);
			const lead = await deal(ana);
			expect(await sync({ withoutDeals: true })).toMatchObject({ state: 'done', contacts: { saved: 1 } });
			now += 60_000;
			await sync({ withoutDeals: true });
			expect(writes()).toEqual(['POST /users', 'POST /contacts']);
			now += 1_000;
			await store.transaction(async (tx) => await updateLead(tx, store, lead, { product: 'Portátiles' }));
			expect(await asked()).toBe(0);

			await sync();
			expect([...wazzup.account.pipelines.keys()]).toEqual(['leads']);
			expect([...wazzup.account.deals.keys()]).toEqual([lead]);
			now += 60_000;
			await sync();
			now += 1_000;
			await store.transaction(async (tx) => await updateLead(tx, store, lead, { stage: 'Won' }));
			expect(await asked()).toBe(1);
		});

		it('W11: whoever is erased takes the deals along that were there before', async () => {
			const ana = await customer(1);
			await deal(ana);
			await sync();
			now += 60_000;
			await erasePerson(store, { contactKey: ana, confirm: '+573001000001', actor: 'test' });
			await sync({ withoutDeals: true });
			expect([wazzup.account.contacts.size, wazzup.account.deals.size]).toEqual([0, 0]);
		});

		it('a rehearsal says what would change, and changes nothing', async () => {
			await deal(await customer(1));
			expect(await sync({ dryRun: true })).toMatchObject({
				state: 'done',
				users: { saved: 1 },
				contacts: { saved: 1 },
				deals: { saved: 1 },
			});
			expect(writes()).toEqual([]);
			expect(
				await store.db
					.selectFrom('sync_runs')
					.select('account')
					.where('workspace_id', '=', store.workspaceId)
					.execute(),
			).toEqual([]);
		});

		it('fields are mapped as told; a pattern with a field that does not exist is refused before anything is sent', async () => {
			const ana = await customer(1, { company: 'Acme' });
			await sync({
				mapping: { ...DEFAULT_MAPPING, contactName: '{company} · {name}', contactLink: 'https://crm.test/{contactId}' },
			});
			expect(wazzup.account.contacts.get(ana)).toMatchObject({
				name: 'Acme · Cliente 1',
				uri: `https://crm.test/${ana}`,
			});
			await expect(sync({ mapping: { ...DEFAULT_MAPPING, dealName: '{nombre}' } })).rejects.toThrow(
				/'Deal Name'.*\{nombre\}/,
			);
		});

		it('while a living process carries the account, another run leaves it alone', async () => {
			await customer(1);
			const [one, other] = await Promise.all([sync(), sync()]);
			expect([one.state, other.state].sort()).toEqual(['busy', 'done']);
			expect(wazzup.requestsTo('POST /contacts')).toHaveLength(1);
		});

		it('one row that Wazzup refuses keeps nobody else out, is reported, and is tried again after a pause', async () => {
			await customer(1);
			const bad = await customer(2);
			await store.db.deleteFrom('contact_identities').where('contact_id', '=', bad).execute();
			await store.db
				.insertInto('contact_identities')
				.values({
					workspace_id: store.workspaceId,
					kind: 'wazzup',
					value: 'pigeon:x',
					contact_id: bad,
					created_at: now,
				})
				.execute();
			expect(await sync()).toMatchObject({ state: 'done', contacts: { saved: 1, refused: [{ id: bad }] } });
			await store.db
				.updateTable('contact_identities')
				.set({ value: 'instagram:x' })
				.where('contact_id', '=', bad)
				.execute();
			now += 1_000_000;
			expect(await sync()).toMatchObject({ state: 'done', contacts: { saved: 1, refused: [] } });
			expect(wazzup.account.contacts.size).toBe(2);
		});

		const equal = async () => {
			const contacts = await store.db
				.selectFrom('contacts')
				.select('id')
				.where('workspace_id', '=', store.workspaceId)
				.execute();
			const leads = await store.db
				.selectFrom('leads')
				.select('id')
				.where('workspace_id', '=', store.workspaceId)
				.execute();
			expect([...wazzup.account.contacts.keys()].sort()).toEqual(contacts.map(({ id }) => id).sort());
			expect([...wazzup.account.deals.keys()].sort()).toEqual(leads.map(({ id }) => id).sort());
		};

		it('killed at every commit, the next run ends equal on both sides', async () => {
			for (let number = 0; number < 4; number += 1) await deal(await customer(number));
			for (let deadline = 1; ; deadline += 1) {
				let commits = 0;
				const dies = () => {
					commits += 1;
					if (commits >= deadline) throw new Error('killed');
				};
				const dying: Store = {
					...store,
					transaction: async (work) => {
						dies();
						return await store.transaction(work);
					},
				};
				wazzup.account.contacts.clear();
				wazzup.account.deals.clear();
				await store.db.deleteFrom('sync_state').where('workspace_id', '=', store.workspaceId).execute();
				await store.db.deleteFrom('sync_runs').where('workspace_id', '=', store.workspaceId).execute();
				const end = await sync({}, dying).then(
					() => 'done',
					() => 'killed',
				);
				expect(await sync()).toMatchObject({ state: 'done' });
				await equal();
				if (end === 'done') {
					expect(deadline).toBeGreaterThan(3);
					return;
				}
			}
		});

		it.each(['temporary', 'unknown_outcome', 'rate_limited'] as const)(
			'with every second call ending in %s, some after Wazzup did the work, no change is lost',
			async (kind) => {
				for (let number = 0; number < 5; number += 1) await deal(await customer(number));
				let calls = 0;
				const failing = <Row extends { readonly id: string }>(
					saveAll: (rows: readonly Row[]) => Promise<BatchOutcome<Row>>,
				) => {
					return async (rows: readonly Row[]): Promise<BatchOutcome<Row>> => {
						calls += 1;
						if (calls % 2 === 0) return await saveAll(rows);
						if (kind === 'unknown_outcome') await saveAll(rows);
						const failure = new RequestFailure({ vendor: 'wazzup', kind, message: `It was ${kind}` });
						return { saved: [], refused: rows.map((row) => ({ row, failure, fields: [] })), superseded: [] };
					};
				};
				const flaky = {
					...client,
					users: { ...client.users, saveAll: failing(client.users.saveAll) },
					pipelines: { ...client.pipelines, saveAll: failing(client.pipelines.saveAll) },
					contacts: { ...client.contacts, saveAll: failing(client.contacts.saveAll) },
					deals: { ...client.deals, saveAll: failing(client.deals.saveAll) },
				};
				const states: string[] = [];
				while (states.at(-1) !== 'done' && states.length < 10) {
					states.push((await syncWazzup(store, flaky, request)).state);
				}
				expect(states).toEqual(['interrupted', 'interrupted', 'interrupted', 'interrupted', 'done']);
				await equal();
			},
		);
	});
});
