import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import { SqliteConnection } from '../../nodes/shared/store/driver/sqliteConnection';
import { openStore } from '../../nodes/shared/store/open';
import type { Store } from '../../nodes/shared/store/store';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { claimEmission, finishEmission } from '../../nodes/shared/usecases/emit/emissions';
import { receiveEvents } from '../../nodes/shared/usecases/receive/receiveEvents';
import { saveAdvisor } from '../../nodes/shared/usecases/team/saveAdvisor';
import { sendQueued } from '../../nodes/shared/usecases/send/sendQueued';
import { takeTurns } from '../../nodes/shared/usecases/dialogue/takeTurns';
import type { BotInput } from '../../nodes/shared/usecases/dialogue/turnContext';
import { messageFrom, webhookId } from '../support/events';

const emit = { messages: true, statuses: false, echoes: true, account: true };

/** How many statements a piece of work asks of the database; what it does to many is divided by them. */
interface Asked {
	readonly reads: number;
	readonly writes: number;
}

/**
 * The time that a message costs depends on the machine; how often the database is asked does not. A bound that is in the way of
 * a feature is moved by whoever needs it, with the reason: each statement is about 2 % of what receiving costs.
 */
describe('the hot path asks the database no more than it must (O6)', () => {
	let store: Store;
	let statements: string[] = [];
	let minute = 0;

	beforeEach(async () => {
		store = await openStore(
			{ database: 'sqlite', workspaceId: 'cost', path: ':memory:' },
			{ clock: () => 1_760_000_000_000 },
		);
		await saveProfile(store, { ...profiles.prosuministros, answerDelayMs: 0 }, 'test');
		const { executeQuery } = SqliteConnection.prototype;
		jest.spyOn(SqliteConnection.prototype, 'executeQuery').mockImplementation(async function <Row>(
			this: SqliteConnection,
			query: Parameters<typeof executeQuery>[0],
		) {
			// The heartbeat of the process comes by the clock, not by a message.
			if (!query.sql.startsWith('insert into "instances"')) statements.push(query.sql);
			return await executeQuery.call<SqliteConnection, [typeof query], ReturnType<typeof executeQuery<Row>>>(
				this,
				query,
			);
		});
	});
	afterEach(async () => {
		jest.restoreAllMocks();
		await store.close();
	});

	async function asked(work: () => Promise<unknown>, among = 1): Promise<Asked> {
		statements = [];
		await work();
		const writes = statements.filter((text) => /^(insert|update|delete)\b/.test(text)).length;
		return { reads: (statements.length - writes) / among, writes: writes / among };
	}

	const receive = async (people: readonly string[], text: string, userId?: string): Promise<unknown> => {
		minute += 1;
		const events = people.map((waId) => messageFrom(waId, text, { at: store.now() + minute, userId }));
		return await receiveEvents(store, { webhookId, vendor: 'whatsapp', events, emit });
	};

	/** Claims what was received, and gives the bot's inputs for it. */
	async function claimed(): Promise<{ readonly emissionId: string; readonly inputs: readonly BotInput[] }> {
		const emission = await claimEmission(store, webhookId, 100);
		if (emission === undefined) throw new Error('Nothing was journaled');
		const inputs = (emission.items.messages ?? []).map(({ crm }) => ({
			...(crm as Pick<BotInput, 'contactId' | 'conversationId' | 'channelId'>),
			emissionId: emission.id,
		}));
		return { emissionId: emission.id, inputs };
	}

	async function answer(people: readonly string[], text: string): Promise<Asked> {
		await receive(people, text);
		const { emissionId, inputs } = await claimed();
		const cost = await asked(async () => await takeTurns(store, inputs), people.length);
		await finishEmission(store, emissionId);
		return cost;
	}

	test('receiving the first message of a person: their contact, conversation, message and journal row', async () => {
		await receive(['573009999999'], 'hola');
		// Whose number it is, who wrote, and their conversation: nobody, and none yet.
		// Written: contact, its address, its words for the search; conversation; message, its words, the list's line; journal.
		expect(await asked(async () => await receive(['573001234567'], 'hola'))).toEqual({ reads: 3, writes: 8 });
	});

	test.each([
		['by their number', undefined, 3],
		// Each address is looked up; known ones are not written again.
		['by their number and user id', 'CO.77', 4],
	])('receiving a further message of a person who is known %s', async (_how, userId, reads) => {
		await receive(['573001234567'], 'hola', userId);
		// Written: message, its words for the search, the list's line, journal.
		expect(await asked(async () => await receive(['573001234567'], 'otra cosa', userId))).toEqual({ reads, writes: 4 });
	});

	test('a webhook of many messages looks whose number it is once', async () => {
		const people = Array.from({ length: 10 }, (_person, place) => `57310000000${place}`);
		await receive(people, 'hola');
		expect(await asked(async () => await receive(people, 'otra cosa'))).toEqual({ reads: 1 + 10 * 2, writes: 10 * 4 });
	});

	test('the same message again is looked up and not written', async () => {
		const event = messageFrom('573001234567', 'hola', { at: store.now() });
		const deliver = async () => await receiveEvents(store, { webhookId, vendor: 'whatsapp', events: [event], emit });
		await deliver();
		// The message's own insert is what finds the duplicate.
		expect(await asked(deliver)).toEqual({ reads: 3, writes: 1 });
	});

	test.each([
		['without a team', 0],
		['with a team of five', 5],
	])('a turn %s: what everybody shares is read once for all turns of an execution', async (_team, size) => {
		for (let person = 0; person < size; person += 1)
			await saveAdvisor(store, { name: `Persona ${person}`, areas: ['sales'], phone: `+57300555000${person}` }, 'test');
		await answer(['573001234567'], 'hola');
		// Profile, knowledge, team and where it has telephones their contacts; then conversation, messages, person, last line of
		// the bitácora. Written: messages taken, answer, outbox, conversation, bitácora.
		expect(await answer(['573001234567'], 'menú')).toEqual({ reads: size === 0 ? 7 : 8, writes: 5 });
		const people = Array.from({ length: 10 }, (_person, place) => `57310000000${place}`);
		await answer(people, 'hola');
		const many = await answer(people, 'menú');
		expect(many.reads).toBeLessThanOrEqual(4.5);
		expect(many.writes).toBe(5);
	});

	test('a turn that learns the name also writes the person and the words they are found by', async () => {
		await answer(['573001234567'], 'hola');
		expect(await answer(['573001234567'], 'Laura Gómez Restrepo')).toEqual({ reads: 8, writes: 7 });
	});

	test('sending what a turn said', async () => {
		await receive(['573001234567'], 'hola');
		const { inputs } = await claimed();
		await takeTurns(store, inputs);
		const contactIds = inputs.map(({ contactId }) => contactId);
		const cost = await asked(
			async () => await sendQueued(store, contactIds, async ({ outboxId }) => ({ vendorId: `wamid.${outboxId}` })),
		);
		// Who is alive; the queue, the window, the address; the message whose status may have come already; the queue's end.
		// Written: claimed, accepted, the message's tick.
		expect(cost).toEqual({ reads: 6, writes: 3 });
	});

	test('a column that keeps its value is not written, so its indexes are not either', async () => {
		await answer(['573001234567'], 'hola');
		await receive(['573001234567'], 'menú');
		const { inputs } = await claimed();
		statements = [];
		await takeTurns(store, inputs);
		const [update] = statements.filter((text) => text.startsWith('update "conversations"'));
		expect(update).toContain('"state" = ?');
		expect(update).not.toMatch(/"mode"|"area"|"waiting_since"|"turn_due_at"/);
	});
});
