import { createWazzupClient } from '../../nodes/shared/clients/wazzup/client';
import { readWazzupCredential } from '../../nodes/shared/clients/wazzup/credential';
import { DEFAULT_MAPPING } from '../../nodes/shared/domain/sync/mapping';
import { isOpenStage } from '../../nodes/shared/domain/leads/leadStage';
import { updateLead } from '../../nodes/shared/store/repositories/leads';
import type { Store } from '../../nodes/shared/store/store';
import { erasePerson } from '../../nodes/shared/usecases/contacts/erasePerson';
import { saveAdvisor } from '../../nodes/shared/usecases/team/saveAdvisor';
import { saveContact } from '../../nodes/shared/usecases/contacts/saveContact';
import { syncWazzup, type SyncReport } from '../../nodes/shared/usecases/wazzup/sync';
import { startWazzupSimulator, type WazzupSimulator } from '../simulators/wazzup';
import { layDownContacts, layDownLeads } from '../support/manyContacts';
import { eachDatabase } from '../support/stores';
import { endSyncProcesses, startSyncProcess, type SyncProcess } from '../support/syncProcesses';

const CONTACTS = 4_000;
const LEADS = 1_000;
const KILLS = 10;
/** A whole run passes about 200 points; ten kills within the first 30 of each leave every part of it cut somewhere. */
const LATEST_POINT = 30;
const A_MINUTE = 60_000;

/** Numbers from 0 to 1, the same ones in each run of the test (mulberry32). */
function chanceOf(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

afterEach(endSyncProcesses);

eachDatabase((name, open, settings) => {
	describe(`Sync with Wazzup cut off, on ${name} (W3-W8)`, () => {
		/** How far this test's clock runs ahead of the machine's: another process counts as dead after 15 s. */
		let skewMs: number;
		let store: Store;
		let wazzup: WazzupSimulator;
		let laura: string;
		let contactIds: readonly string[];
		let leadIds: readonly string[];

		beforeEach(async () => {
			skewMs = 0;
			store = await open({ clock: () => Date.now() + skewMs });
			wazzup = await startWazzupSimulator({ apiKey: store.workspaceId });
			laura = (await saveAdvisor(store, { name: 'Laura Pérez', role: 'supervisor' }, 'test')).advisor.id;
			const changedFrom = store.now() - A_MINUTE;
			contactIds = await layDownContacts(store, { count: CONTACTS, ownerAdvisorId: laura, changedFrom });
			leadIds = await layDownLeads(store, contactIds.slice(0, LEADS), changedFrom);
		});
		afterEach(async () => await wazzup.close());

		const start = async (dieAt?: number): Promise<SyncProcess> =>
			await startSyncProcess({
				settings: settings(),
				apiKey: store.workspaceId,
				baseUrl: wazzup.baseUrl,
				skewMs,
				dieAt,
			});

		/** What a desk does meanwhile: someone is renamed, someone is new, a lead is won, a person is erased. */
		const liveOn = async (round: number): Promise<void> => {
			await saveContact(store, { contactKey: contactIds[round * 7], person: { name: `Otro nombre ${round}` } });
			await saveContact(store, { person: { name: `Nueva ${round}`, phone: `+5731800000${10 + round}` } });
			const lead = leadIds[round * 11];
			await store.transaction(async (tx) => await updateLead(tx, store, lead, { stage: 'Won' }));
			const erased = contactIds[500 + round];
			await erasePerson(store, { contactKey: erased, confirm: `+57300${1_000_500 + round}`, actor: 'test' });
		};

		/** Both sides say the same of everybody, read from the tables and not by the code that carried it. */
		const expectEqual = async (): Promise<void> => {
			const { db, workspaceId } = store;
			const contacts = await db
				.selectFrom('contacts')
				.select(['id', 'name', 'phone', 'owner_advisor_id'])
				.where('workspace_id', '=', workspaceId)
				.where('erased_at', 'is', null)
				.execute();
			const leads = await db
				.selectFrom('leads')
				.select(['id', 'contact_id', 'stage'])
				.where('workspace_id', '=', workspaceId)
				.execute();
			const living = new Set(contacts.map(({ id }) => id));
			const byId = (one: { readonly id: string }, other: { readonly id: string }): number =>
				one.id < other.id ? -1 : 1;
			expect(
				[...wazzup.account.contacts.values()]
					.map(({ id, name: called, contactData, responsibleUserId }) => ({
						id,
						name: called,
						phone: `+${contactData[0].chatId}`,
						owner: responsibleUserId,
					}))
					.sort(byId),
			).toEqual(
				contacts
					.map(({ id, name: called, phone, owner_advisor_id: owner }) => ({
						id,
						name: called,
						phone,
						owner: owner ?? laura,
					}))
					.sort(byId),
			);
			expect(
				[...wazzup.account.deals.values()].map(({ id, contacts: of, closed }) => ({ id, of, closed })).sort(byId),
			).toEqual(
				leads
					.filter(({ contact_id: contactId }) => living.has(contactId))
					.map(({ id, contact_id: contactId, stage }) => ({
						id,
						of: [contactId],
						closed: !isOpenStage(stage),
					}))
					.sort(byId),
			);
			expect([...wazzup.account.users.keys()]).toEqual([laura]);
		};

		const writes = () => wazzup.account.requests.filter(({ method }) => method !== 'GET').length;

		it('killed at ten instants while the desk lives on, it ends equal on both sides and has nothing left to send', async () => {
			const chance = chanceOf(20_261_122);
			for (let round = 0; round < KILLS; round += 1) {
				const dying = await start(1 + Math.floor(chance() * LATEST_POINT));
				expect(await dying.sync()).toBeUndefined();
				await liveOn(round);
				skewMs += A_MINUTE;
			}
			const last = await start();
			expect((await last.sync())?.report).toMatchObject({
				state: 'done',
				contacts: { refused: [] },
				deals: { refused: [] },
			});
			await expectEqual();
			wazzup.account.clearRecords();
			expect((await last.sync())?.report.state).toBe('done');
			expect(writes()).toBe(0);
		});

		it('with a tenth of the calls failing, some after Wazzup did the work, no change is lost and none is refused', async () => {
			const client = createWazzupClient(readWazzupCredential({ apiKey: store.workspaceId, baseUrl: wazzup.baseUrl }), {
				rateResetMs: 50,
				sendTimeoutMs: 400,
			});
			const sync = async (): Promise<SyncReport> =>
				await syncWazzup(store, client, {
					mapping: DEFAULT_MAPPING,
					home: 'https://n8n.test/',
					dryRun: false,
					everything: false,
				});
			wazzup.faults.failShare(0.1, chanceOf(7));
			for (let round = 0; round < 4; round += 1) {
				await sync();
				await liveOn(round);
				skewMs += A_MINUTE;
			}
			expect(wazzup.account.requests.filter(({ status }) => status !== 200).length).toBeGreaterThan(3);
			let report = await sync();
			for (let further = 0; report.state !== 'done' && further < 10; further += 1) report = await sync();
			expect(report).toMatchObject({ state: 'done', contacts: { refused: [] }, deals: { refused: [] } });
			await expectEqual();
		});

		it('two processes at once carry everything once: one works, the other leaves the account alone', async () => {
			const both = await Promise.all([start(), start()]);
			const ends = await Promise.all(both.map(async (one) => (await one.sync())?.report.state));
			expect(ends).toContain('done');
			expect(wazzup.requestsTo('POST /contacts')).toHaveLength(CONTACTS / 100);
			expect(wazzup.requestsTo('POST /deals')).toHaveLength(LEADS / 100);
			await expectEqual();
		});
	});
});
