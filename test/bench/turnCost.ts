import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { foldedWords } from '../../nodes/shared/domain/inbox/searchWords';
import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import { openStore } from '../../nodes/shared/store/open';
import { insertMessage } from '../../nodes/shared/store/repositories/messages';
import type { Store } from '../../nodes/shared/store/store';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { receiveEvents } from '../../nodes/shared/usecases/receive/receiveEvents';
import { takeTurns } from '../../nodes/shared/usecases/dialogue/takeTurns';
import type { BotInput } from '../../nodes/shared/usecases/dialogue/turnContext';
import { messageFrom, webhookId } from '../support/events';
import { median } from './pureCosts';

/** What one turn costs while the store holds this many messages. */
export interface TurnCost {
	readonly storedMessages: number;
	readonly milliseconds: number;
}

const emit = { messages: true, statuses: false, echoes: true, account: true };

async function conversationOf(store: Store, waId: string): Promise<BotInput> {
	const { contact_id, id, channel_id } = await store.db
		.selectFrom('conversations')
		.innerJoin('contacts', 'contacts.id', 'conversations.contact_id')
		.select(['conversations.id', 'conversations.contact_id', 'conversations.channel_id'])
		.where('conversations.workspace_id', '=', store.workspaceId)
		.where('contacts.phone', '=', `+${waId}`)
		.executeTakeFirstOrThrow();
	return { contactId: contact_id, conversationId: id, channelId: channel_id };
}

const PER_TRANSACTION = 10_000;
/** Of the history, one conversation holds this share: the customer who has been writing for years. */
const LONGEST_SHARE = 0.1;
/** Words a day's messages are made of, so that the search has something to index. */
const WORDS =
	'hola necesito cotizar portátiles impresora tóner pedido factura garantía llegó gracias envío monitor teclado servidor'.split(
		' ',
	);

type Column = string | number | null;

/** One row of a table as the program writes it, to be written again with other values. */
function rowOf(database: DatabaseSync, table: string, id: string): Record<string, Column> {
	const row = database.prepare(`SELECT * FROM ${table} WHERE id = ?`).get(id);
	if (row === undefined) throw new Error(`${table} has no row ${id}`);
	return row as Record<string, Column>;
}

/** A prepared insert of rows like `sample`. */
function inserter(database: DatabaseSync, table: string, sample: Record<string, Column>) {
	const columns = Object.keys(sample);
	const statement = database.prepare(
		`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
	);
	return (changed: Record<string, Column>): void => {
		statement.run(
			...columns.map((column) => (column in changed ? (changed[column] ?? null) : (sample[column] ?? null))),
		);
	};
}

/**
 * Messages that were received and answered long ago: a tenth in the first conversation, the others spread over everybody,
 * with their entries for the search. The first is written by the program itself; the others are the same rows again, by
 * statements prepared once, because a million of them is wanted in a minute.
 */
async function layDownHistory(
	store: Store,
	path: string,
	conversations: readonly BotInput[],
	messages: number,
): Promise<void> {
	const [longest] = conversations;
	if (longest === undefined || messages === 0) return;
	const first = store.newId();
	const before = store.now() - 86_400_000;
	await store.transaction(async (tx) => {
		await insertMessage(tx, {
			id: first,
			workspace_id: store.workspaceId,
			channel_id: longest.channelId,
			contact_id: longest.contactId,
			conversation_id: longest.conversationId,
			direction: 'in',
			author: 'customer',
			vendor_id: `wamid.history.${first}`,
			type: 'text',
			text: 'un mensaje de antes',
			content: '{"content":{"type":"text","text":"un mensaje de antes"}}',
			at: before,
			created_at: before,
			turn_state: 'done',
			turn_attempts: 0,
			request_id: 'history',
			delivery_status: null,
			delivery_at: null,
			error: null,
			pricing: null,
		});
	});
	const database = new DatabaseSync(path);
	try {
		const insertRow = inserter(database, 'messages', rowOf(database, 'messages', first));
		const insertEntry = inserter(database, 'search_entries', rowOf(database, 'search_entries', first));
		for (let start = 1; start < messages; start += PER_TRANSACTION) {
			database.exec('BEGIN');
			for (let number = start; number < Math.min(messages, start + PER_TRANSACTION); number += 1) {
				const conversation =
					number % Math.round(1 / LONGEST_SHARE) === 0 ? longest : conversations[number % conversations.length];
				if (conversation === undefined) throw new Error('There is nobody to have written');
				const id = store.newId();
				const at = before - number * 20_000;
				const text = [1, 7, 11, 13].map((step) => WORDS[Math.floor(number / step) % WORDS.length]).join(' ');
				const whose = { contact_id: conversation.contactId, conversation_id: conversation.conversationId };
				insertRow({
					...whose,
					id,
					channel_id: conversation.channelId,
					vendor_id: `wamid.history.${number}`,
					text,
					content: JSON.stringify({ content: { type: 'text', text } }),
					at,
					created_at: at,
					changed_at: at,
				});
				insertEntry({ ...whose, id, entry: null, words: foldedWords(text) });
			}
			database.exec('COMMIT');
		}
	} finally {
		database.close();
	}
}

/** A store with its history, and customers who were greeted and have not told their names yet. */
interface PreparedStore {
	readonly store: Store;
	readonly customers: ReadonlyArray<{ readonly waId: string; readonly conversation: BotInput }>;
}

/** Customers whose turns are timed. */
const CUSTOMERS = 200;
/** Customers who wrote once, and of whom the rest of the history is. */
const OTHERS = 2_000;
const TURNS_OF_THE_LONGEST = 100;

async function say(store: Store, waId: string, text: string): Promise<void> {
	const event = messageFrom(waId, text, { at: store.now() });
	await receiveEvents(store, { webhookId, vendor: 'whatsapp', events: [event], emit });
}

/** Customers who wrote once and were answered by nobody yet. */
async function writtenOnce(store: Store, people: number): Promise<BotInput[]> {
	const perWebhook = 100;
	for (let first = 0; first < people; first += perWebhook) {
		const events = Array.from({ length: perWebhook }, (_person, place) =>
			messageFrom(`57320${String(first + place).padStart(7, '0')}`, 'hola', { at: store.now() }),
		);
		await receiveEvents(store, { webhookId, vendor: 'whatsapp', events, emit });
	}
	const written = await store.db
		.selectFrom('conversations')
		.innerJoin('contacts', 'contacts.id', 'conversations.contact_id')
		.select(['conversations.id', 'conversations.contact_id', 'conversations.channel_id'])
		.where('conversations.workspace_id', '=', store.workspaceId)
		.where('contacts.phone', 'like', '+57320%')
		.execute();
	return written.map(({ id, contact_id, channel_id }) => ({
		contactId: contact_id,
		conversationId: id,
		channelId: channel_id,
	}));
}

async function prepare(path: string, history: number): Promise<PreparedStore> {
	const store = await openStore({ database: 'sqlite', workspaceId: 'bench', path });
	await saveProfile(store, { ...profiles.prosuministros, answerDelayMs: 0 }, 'bench');
	const customers: Array<PreparedStore['customers'][number]> = [];
	for (let place = 0; place < CUSTOMERS; place += 1) {
		const waId = `57310${String(place).padStart(7, '0')}`;
		await say(store, waId, 'hola');
		const conversation = await conversationOf(store, waId);
		await takeTurns(store, [conversation]);
		customers.push({ waId, conversation });
	}
	const others = await writtenOnce(store, history > CUSTOMERS ? OTHERS : 0);
	await layDownHistory(store, path, [...customers.map(({ conversation }) => conversation), ...others], history);
	return { store, customers };
}

/** Milliseconds of the turn that takes a customer's name. */
async function timeTurn(
	{ store, customers }: PreparedStore,
	place: number,
	text = 'Laura Gómez Restrepo',
): Promise<number> {
	const customer = customers[place];
	if (customer === undefined) throw new Error(`There is no customer ${place}`);
	await say(store, customer.waId, text);
	const began = performance.now();
	const items = await takeTurns(store, [customer.conversation]);
	const taken = performance.now() - began;
	if (items.length === 0) throw new Error(`The turn of ${customer.waId} gave no answer`);
	return taken;
}

/** Median costs of one and the same turn. */
export interface TurnCosts {
	readonly few: TurnCost;
	readonly many: TurnCost;
	/** In the conversation that holds a tenth of the many. */
	readonly longest: TurnCost;
	/** The same customer's turns where there are few. */
	readonly shortest: TurnCost;
}

/**
 * The median cost of a turn with `few` and with `many` messages stored, and of one in the longest conversation, on SQLite
 * files in `folder`. The turns of both alternate, so that whatever else the machine does slows both down alike.
 */
export async function turnCosts(folder: string, few: number, many: number): Promise<TurnCosts> {
	const small = await prepare(join(folder, 'few.sqlite'), few);
	const large = await prepare(join(folder, 'many.sqlite'), many);
	try {
		const taken = { small: [] as number[], large: [] as number[], longest: [] as number[], shortest: [] as number[] };
		for (let place = 0; place < CUSTOMERS; place += 1) {
			taken.small.push(await timeTurn(small, place));
			taken.large.push(await timeTurn(large, place));
		}
		for (let turn = 0; turn < TURNS_OF_THE_LONGEST; turn += 1) {
			const text = turn % 2 === 0 ? 'menú' : 'necesito cotizar 5 portátiles';
			taken.shortest.push(await timeTurn(small, 0, text));
			taken.longest.push(await timeTurn(large, 0, text));
		}
		return {
			few: { storedMessages: few, milliseconds: median(taken.small) },
			many: { storedMessages: many, milliseconds: median(taken.large) },
			longest: { storedMessages: Math.round(many * LONGEST_SHARE), milliseconds: median(taken.longest) },
			shortest: { storedMessages: few, milliseconds: median(taken.shortest) },
		};
	} finally {
		await small.store.close();
		await large.store.close();
	}
}
