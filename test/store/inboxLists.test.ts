import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import type { Store } from '../../nodes/shared/store/store';
import { assignConversation } from '../../nodes/shared/usecases/team/assignConversation';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { erasePerson } from '../../nodes/shared/usecases/contacts/erasePerson';
import { changedConversations, summariesOf } from '../../nodes/shared/usecases/inbox/summaries';
import { visibleTo, type Viewer } from '../../nodes/shared/usecases/inbox/viewer';
import { receiveEvents } from '../../nodes/shared/usecases/receive/receiveEvents';
import { takeTurns } from '../../nodes/shared/usecases/dialogue/takeTurns';
import { messageFrom, webhookId } from '../support/events';
import { ask, viewer } from '../support/inbox';
import { watched } from '../support/plans';
import { caseOf, customerWho, type Customer } from '../support/records';
import { eachDatabase } from '../support/stores';

const LISTS = ['mine', 'unassigned', 'all', 'incomplete', 'trouble'] as const;
const emit = { messages: true, statuses: false, echoes: false, account: false };

eachDatabase((name, open) => {
	describe(`lists of the inbox on ${name}`, () => {
		let now: number;
		let store: Store;
		let laura: Viewer;
		let carlos: Viewer;
		let supervisor: Viewer;
		let ana: Customer;
		let luis: Customer;
		let eva: Customer;

		const wait = async (customer: Customer, area: string, requestId: string) =>
			await assignConversation(store, {
				...customer,
				requestId,
				area,
				reason: 'asked_for_person',
				strength: 'take_over',
			});
		const ids = async (who: Viewer, input: object) =>
			(await ask(store, who, 'conversations', { ...input })).rows.map(({ id }) => id);

		beforeEach(async () => {
			now = Date.parse('2026-03-10T15:00:00Z');
			store = await open({ clock: () => now });
			await saveProfile(store, profiles.prosuministros, 'test');
			laura = await viewer(store, 'Laura Gómez', ['sales']);
			carlos = await viewer(store, 'Carlos Ramírez', ['support']);
			supervisor = await viewer(store, 'Sofía Peña', [], 'supervisor');
			ana = await customerWho(store, '573001112233', 'necesito cotizar 20 portátiles');
			now += 1000;
			luis = await customerWho(store, '573004445566', 'mi impresora no enciende');
			now += 1000;
			eva = await customerWho(store, '573007778899', 'hola');
			await wait(ana, 'sales', 'r-ana');
			await wait(luis, 'support', 'r-luis');
		});

		test('P3: each sees their own and those of their areas, a supervisor all; the last active comes first', async () => {
			expect(await ids(laura, { list: 'mine' })).toEqual([ana.conversationId]);
			expect(await ids(carlos, { list: 'all' })).toEqual([luis.conversationId]);
			expect(await ids(supervisor, { list: 'all' })).toEqual([
				eva.conversationId,
				luis.conversationId,
				ana.conversationId,
			]);
		});

		test('P3: what the list asks of the store and what decides for a single conversation agree', async () => {
			await store.db
				.updateTable('conversations')
				.set({ owner_advisor_id: null })
				.where('id', '=', luis.conversationId)
				.execute();
			await caseOf(store, eva, { requestId: 'c-eva', area: 'support', type: 'support' });
			const everything = await ids(supervisor, { list: 'all' });
			for (const who of [laura, carlos, supervisor]) {
				const summaries = await summariesOf(store, everything);
				const seen = summaries.filter((one) => visibleTo(who, one)).map(({ row }) => row.id);
				expect([...(await ids(who, { list: 'all' }))].sort()).toEqual(seen.sort());
			}
		});

		test('P3: pages go on where the one before ended, each conversation once', async () => {
			const first = await ask(store, supervisor, 'conversations', { list: 'all', limit: '2' });
			const second = await ask(store, supervisor, 'conversations', {
				list: 'all',
				limit: '2',
				cursor: first.nextCursor,
			});
			expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual(await ids(supervisor, { list: 'all' }));
			expect(second.nextCursor).toBeUndefined();
			await expect(ask(store, supervisor, 'conversations', { cursor: 'x' })).rejects.toMatchObject({
				status: 400,
				code: 'listMoved',
			});
		});

		test('P3: a row says who it is, what was said last, who waits since when, and until when WhatsApp lets us answer', async () => {
			const [row] = (await ask(store, laura, 'conversations', { list: 'mine' })).rows;
			expect(row).toMatchObject({
				contactName: 'Ana',
				phone: '+573001112233',
				mode: 'waiting',
				owner: { id: laura.advisorId, name: 'Laura Gómez' },
				areaName: 'Comercial',
				lastMessage: { author: 'customer', preview: 'necesito cotizar 20 portátiles' },
				unread: 1,
				waitingSince: new Date(now).toISOString(),
				openCases: 0,
				incomplete: false,
				trouble: false,
			});
			expect(Date.parse(row?.windowClosesAt ?? '') - Date.parse(row?.lastMessage?.at ?? '')).toBe(24 * 3_600_000);
		});

		test('P3: counts tell what waits or is unread, of what one may see', async () => {
			expect(await ask(store, laura, 'counts')).toEqual({ mine: 1, unassigned: 0, all: 1, notifications: 1 });
			expect(await ask(store, supervisor, 'counts')).toMatchObject({ mine: 0, all: 3 });
		});

		test('P2: a wish to buy lights «Crear Lead»', async () => {
			const iris = await customerWho(store, '573002223344', 'quiero comprar 5 monitores');
			now += 60_000;
			await takeTurns(store, [{ ...eva }, { ...iris }]);
			const rows = (await ask(store, supervisor, 'conversations', { list: 'all' })).rows;
			expect(rows.find(({ id }) => id === eva.conversationId)?.commercialIntent).toBe(false);
			expect(rows.find(({ id }) => id === iris.conversationId)?.commercialIntent).toBe(true);
		});

		test.each([
			['a name without its accent', 'ana'],
			['a number as it is dictated', '300 111 2233'],
			['a number with its country', '+57 (300) 111-2233'],
			['the end of a number', '2233'],
			['words of a message, in any order and unfinished', 'PORTATIL cotiz'],
			['the number of a case', 'PS-2026-000001'],
			['the digits of a case', '2026 000001'],
		])('P3: found by %s', async (_case, search) => {
			await caseOf(store, ana, { requestId: 'c-ana' });
			expect(await ids(supervisor, { search })).toContain(ana.conversationId);
			expect(await ids(laura, { search })).toEqual([ana.conversationId]);
			expect(await ids(carlos, { search })).not.toContain(ana.conversationId);
		});

		test('P3: nothing is found by what nobody wrote, nor by the language of the index', async () => {
			for (const search of ['zzzzzz', '" OR *', 'words:ana*', "'; --", '***', '()&|!']) {
				expect(await ids(supervisor, { search })).toEqual([]);
			}
		});

		test('O11: who was erased is found by nothing any more, and their words are gone from the file', async () => {
			await receiveEvents(store, {
				webhookId,
				vendor: 'whatsapp',
				emit,
				events: [messageFrom('573001112233', 'mi clave es xilofono', { at: now })],
			});
			expect(await ids(supervisor, { search: 'xilofono' })).toEqual([ana.conversationId]);
			await erasePerson(store, { contactKey: ana.contactId, confirm: ana.contactId, actor: 'test' });
			expect(await ids(supervisor, { search: 'xilofono' })).toEqual([]);
			expect(await ids(supervisor, { search: '3001112233' })).toEqual([]);
			if (name === 'SQLite') {
				const { rows } = await store.db.executeQuery<{ hits: number }>({
					sql: "select count(*) as hits from search_words_data where instr(block, cast('xilofono' as blob)) > 0",
					parameters: [],
					query: { kind: 'RawNode', sqlFragments: [], parameters: [] },
					queryId: { queryId: 'look' },
				});
				expect(rows[0]?.hits).toBe(0);
			}
		});

		test('P3: filters by mode, tag, number and advisor, and what one has not read', async () => {
			expect(await ids(supervisor, { list: 'all', mode: 'bot' })).toEqual([eva.conversationId]);
			expect(await ids(supervisor, { list: 'all', advisorId: carlos.advisorId })).toEqual([luis.conversationId]);
			expect(await ids(supervisor, { list: 'all', channelId: 'other' })).toEqual([]);
			expect(await ids(supervisor, { list: 'all', tag: 'vip' })).toEqual([]);
			expect(await ids(supervisor, { list: 'all', unread: 'true' })).toHaveLength(3);
			await expect(ids(supervisor, { mode: 'asleep' })).rejects.toMatchObject({
				status: 422,
				field: 'mode',
				code: 'unusableValue',
			});
		});

		test('O2: a watcher is told what changed since it looked, and a tick is a change', async () => {
			const { until } = await changedConversations(store, { sinceMillis: 0, overlap: 0 });
			now += 1000;
			expect((await changedConversations(store, { sinceMillis: until + 1, overlap: 0 })).ids).toEqual([]);
			await receiveEvents(store, {
				webhookId,
				vendor: 'whatsapp',
				emit,
				events: [messageFrom('573004445566', '¿siguen ahí?', { at: now })],
			});
			const changed = await changedConversations(store, { sinceMillis: until + 1, overlap: 0 });
			expect(changed).toEqual({ ids: [luis.conversationId], until: now });
		});

		test('U7: another workspace sees nothing of this one', async () => {
			const other = await open({ clock: () => now, workspaceId: 'somebody-else' });
			const stranger = await viewer(other, 'Otra Persona', [], 'administrator');
			for (const list of LISTS) {
				expect((await ask(other, stranger, 'conversations', { list })).rows).toEqual([]);
				expect((await ask(other, stranger, 'conversations', { list, search: 'ana' })).rows).toEqual([]);
			}
			for (const query of ['conversation', 'thread', 'leadPreview', 'templates'] as const) {
				await expect(ask(other, stranger, query, { conversationId: ana.conversationId })).rejects.toMatchObject({
					status: 404,
				});
			}
		});

		test('the lists read by an index, whoever asks for whatever', async () => {
			const { store: observed, assertNoScan } = watched(store);
			await caseOf(store, ana, { requestId: 'c-ana' });
			for (const who of [laura, supervisor]) {
				for (const list of LISTS) await ask(observed, who, 'conversations', { list, cursor: undefined });
				await ask(observed, who, 'conversations', { search: 'portátiles' });
			}
			await changedConversations(observed, { sinceMillis: now, overlap: 2000 });
			await assertNoScan({ except: ['search_words'] });
		});

		test('counts look at the newest 500 of a list, however many there are', async () => {
			const { store: observed, assertNoScan, queries } = watched(store);
			await ask(observed, laura, 'counts');
			await ask(observed, supervisor, 'counts');
			const counted = queries().filter(({ sql }) => sql.includes('"newest"'));
			expect(counted.length).toBeGreaterThan(0);
			expect(counted.every(({ parameters }) => parameters.includes(500))).toBe(true);
			// In the order of an index, so that the 500 are read and no more.
			await assertNoScan({ except: ['newest', 'conversations_activity', 'conversations_unassigned'] });
		});
	});
});
