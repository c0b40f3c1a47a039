import { monitorEventLoopDelay } from 'node:perf_hooks';

import type { Store } from '../../nodes/shared/store/store';
import { erasePerson } from '../../nodes/shared/usecases/contacts/erasePerson';
import { saveAdvisor } from '../../nodes/shared/usecases/team/saveAdvisor';
import { startWazzupSimulator, type WazzupSimulator } from '../simulators/wazzup';
import { layDownContacts } from '../support/manyContacts';
import { eachDatabase } from '../support/stores';
import { endSyncProcesses, startSyncProcess, type SyncProcess } from '../support/syncProcesses';

const A_MINUTE = 60_000;
const FIVE_SECONDS = 5_000;

afterEach(endSyncProcesses);

eachDatabase((name, open, settings) => {
	describe(`Wazzup and several processes, on ${name}`, () => {
		let skewMs: number;
		let store: Store;
		let wazzup: WazzupSimulator;

		const start = async (dieAt?: number): Promise<SyncProcess> => {
			const { baseUrl } = wazzup;
			const started = await startSyncProcess({
				settings: settings(),
				apiKey: store.workspaceId,
				baseUrl,
				skewMs,
				dieAt,
			});
			wazzup.account.webhooksUri = started.webhooksUri;
			return started;
		};

		beforeEach(async () => {
			skewMs = 0;
			store = await open({ clock: () => Date.now() + skewMs });
			wazzup = await startWazzupSimulator({ apiKey: store.workspaceId });
		});
		afterEach(async () => await wazzup.close());

		it('W1: two that sync with one account at the same time never exceed 500 requests in any 5 s, and none is refused', async () => {
			const workspaces = [store, await open({ workspaceId: `${store.workspaceId}-b` })];
			const both = await Promise.all(
				workspaces.map(async (one) => {
					const { advisor } = await saveAdvisor(one, { name: 'Laura Pérez', role: 'supervisor' }, 'test');
					const changedFrom = one.now() - A_MINUTE;
					await layDownContacts(one, { count: 30_000, ownerAdvisorId: advisor.id, changedFrom });
					return await startSyncProcess({
						settings: { ...settings(), workspaceId: one.workspaceId },
						apiKey: store.workspaceId,
						baseUrl: wazzup.baseUrl,
					});
				}),
			);
			const held = monitorEventLoopDelay({ resolution: 10 });
			held.enable();
			const ends = await Promise.all(both.map(async (one) => (await one.sync())?.report.state));
			held.disable();
			expect(ends).toEqual(['done', 'done']);
			const arrivals = wazzup.account.requests.map(({ at }) => at).sort((one, other) => one - other);
			// As many as would take either of them less than 5 s alone.
			expect(arrivals.length).toBeGreaterThan(600);
			const most = Math.max(
				...arrivals.map((at, place) => arrivals.slice(place).filter((later) => later < at + FIVE_SECONDS).length),
			);
			// They leave 450 in 5 s; whatever a busy machine held back longer than a moment arrives together with what follows.
			const allowed = Math.max(500, Math.ceil(0.09 * (FIVE_SECONDS + held.max / 1e6)));
			expect(most).toBeLessThanOrEqual(allowed);
			const refused = wazzup.account.requests.filter(({ status }) => status === 429);
			expect(refused.length).toBeLessThanOrEqual(allowed - 500);
			expect(wazzup.account.contacts.size).toBe(60_000);
		});

		describe('what Wazzup asks for and waits for (W7, W8)', () => {
			let laura: string;

			const contact = async () =>
				await wazzup.events.createContact({
					responsibleUserId: laura,
					name: 'Ana Gómez',
					contactData: [{ chatType: 'whatsapp', chatId: '573001234567' }],
					source: 'auto',
				});
			const deal = async (contactId: string) =>
				await wazzup.events.createDeal({ responsibleUserId: laura, contacts: [contactId], source: 'byUser' });
			const ours = async () => {
				const { db, workspaceId } = store;
				const ids = async (table: 'contacts' | 'leads') =>
					(await db.selectFrom(table).select('id').where('workspace_id', '=', workspaceId).execute()).map(
						({ id }) => id,
					);
				const told = await db
					.selectFrom('journal')
					.select('output')
					.where('workspace_id', '=', workspaceId)
					.orderBy('id')
					.execute();
				return {
					contacts: await ids('contacts'),
					leads: await ids('leads'),
					told: told.map(({ output }) => output),
				};
			};
			/** Its answer never comes; a process that takes its place does. */
			const killedAt = async (point: number, ask: () => Promise<{ readonly delivered: boolean }>) => {
				const dying = await start(point);
				expect(await ask()).toMatchObject({ delivered: false });
				await dying.gone;
			};
			const INSIDE = 1;
			const COMMITTED = 2;

			beforeEach(async () => {
				laura = (await saveAdvisor(store, { name: 'Laura Pérez', role: 'supervisor' }, 'test')).advisor.id;
				wazzup.account.users.set(laura, { id: laura, name: 'Laura Pérez' });
				wazzup.account.pipelines.set('leads', { id: 'leads', name: 'Leads' });
				wazzup.account.subscriptions.contactsAndDealsCreation = true;
			});

			it('killed before the commit there is nothing half made, killed after it there is one; asked again it is the same', async () => {
				await killedAt(INSIDE, contact);
				expect(await ours()).toEqual({ contacts: [], leads: [], told: [] });
				await killedAt(COMMITTED, contact);
				const [made] = (await ours()).contacts;
				expect(await ours()).toEqual({ contacts: [made], leads: [], told: ['createContact'] });
				const living = await start();
				expect(await contact()).toMatchObject({ delivered: true, answer: { id: made } });
				await living.stop();

				await killedAt(INSIDE, async () => await deal(made));
				expect((await ours()).leads).toEqual([]);
				await killedAt(COMMITTED, async () => await deal(made));
				const [lead] = (await ours()).leads;
				await start();
				expect(await deal(made)).toMatchObject({ delivered: true, answer: { id: lead, contacts: [made] } });
				expect(await ours()).toEqual({ contacts: [made], leads: [lead], told: ['createContact', 'createDeal'] });
				expect([[...wazzup.account.contacts.keys()], [...wazzup.account.deals.keys()]]).toEqual([[made], [lead]]);
			});

			it('asked twice at the same moment, of two processes, it is one', async () => {
				const [first, second] = [await start(), await start()];
				const asked = await Promise.all(
					[first, second, first, second].map(async ({ webhooksUri }) => {
						wazzup.account.webhooksUri = webhooksUri;
						return await contact();
					}),
				);
				const [made, ...more] = (await ours()).contacts;
				expect(more).toEqual([]);
				expect(asked.map(({ answer }) => answer)).toEqual(
					Array.from({ length: 4 }, () => expect.objectContaining({ id: made })),
				);
				await Promise.all([deal(made), deal(made), deal(made)]);
				expect(await ours()).toMatchObject({ leads: [expect.any(String)], told: ['createContact', 'createDeal'] });
			});

			it('what Wazzup kept of an answer is deleted there when the person is erased before the next run', async () => {
				const living = await start();
				const { answer } = await contact();
				const { id } = answer as { readonly id: string };
				await deal(id);
				expect([wazzup.account.contacts.size, wazzup.account.deals.size]).toEqual([1, 1]);
				await erasePerson(store, { contactKey: id, confirm: '+573001234567', actor: 'test' });
				expect((await living.sync())?.report).toMatchObject({ state: 'done' });
				expect([wazzup.account.contacts.size, wazzup.account.deals.size]).toEqual([0, 0]);
			});
		});
	});
});
