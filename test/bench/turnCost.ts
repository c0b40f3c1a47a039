import { join } from 'node:path';

import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import { openStore } from '../../nodes/shared/store/open';
import { insertMessage } from '../../nodes/shared/store/repositories/messages';
import type { Store } from '../../nodes/shared/store/store';
import { saveProfile } from '../../nodes/shared/usecases/businessProfile';
import { receiveEvents } from '../../nodes/shared/usecases/receiveEvents';
import { takeTurns, type BotInput } from '../../nodes/shared/usecases/takeTurns';
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

/** Messages that were received and answered long ago, evenly over the conversations. */
async function layDownHistory(store: Store, conversations: readonly BotInput[], messages: number): Promise<void> {
	const perTransaction = 2_000;
	for (let first = 0; first < messages; first += perTransaction) {
		await store.transaction(async (tx) => {
			for (let number = first; number < Math.min(messages, first + perTransaction); number += 1) {
				const conversation = conversations[number % conversations.length];
				if (conversation === undefined) return;
				const at = store.now() - 86_400_000 - number * 60_000;
				await insertMessage(tx, {
					id: store.newId(),
					workspace_id: store.workspaceId,
					channel_id: conversation.channelId,
					contact_id: conversation.contactId,
					conversation_id: conversation.conversationId,
					direction: 'in',
					author: 'customer',
					vendor_id: `wamid.history.${store.newId()}`,
					type: 'text',
					text: 'un mensaje de antes',
					content: '{"content":{"type":"text","text":"un mensaje de antes"}}',
					at,
					created_at: at,
					turn_state: 'done',
					turn_attempts: 0,
					request_id: 'history',
					delivery_status: null,
					delivery_at: null,
					error: null,
					pricing: null,
				});
			}
		});
	}
}

/** A store with its history, and customers who were greeted and have not told their names yet. */
interface PreparedStore {
	readonly store: Store;
	readonly customers: ReadonlyArray<{ readonly waId: string; readonly conversation: BotInput }>;
}

const CUSTOMERS = 200;

async function say(store: Store, waId: string, text: string): Promise<void> {
	const event = messageFrom(waId, text, { at: store.now() });
	await receiveEvents(store, { webhookId, vendor: 'whatsapp', events: [event], emit });
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
	await layDownHistory(
		store,
		customers.map(({ conversation }) => conversation),
		history,
	);
	return { store, customers };
}

/** Milliseconds of the turn that takes a customer's name. */
async function timeTurn({ store, customers }: PreparedStore, place: number): Promise<number> {
	const customer = customers[place];
	if (customer === undefined) throw new Error(`There is no customer ${place}`);
	await say(store, customer.waId, 'Laura Gómez Restrepo');
	const began = performance.now();
	const items = await takeTurns(store, [customer.conversation]);
	const taken = performance.now() - began;
	if (items.length === 0) throw new Error(`The turn of ${customer.waId} gave no answer`);
	return taken;
}

/**
 * The median cost of a turn with `few` and with `many` messages stored in the customers' conversations, on SQLite files
 * in `folder`. The turns of both alternate, so that whatever else the machine does slows both down alike.
 */
export async function turnCosts(
	folder: string,
	few: number,
	many: number,
): Promise<{ readonly few: TurnCost; readonly many: TurnCost }> {
	const small = await prepare(join(folder, 'few.sqlite'), few);
	const large = await prepare(join(folder, 'many.sqlite'), many);
	try {
		const taken: { readonly small: number[]; readonly large: number[] } = { small: [], large: [] };
		for (let place = 0; place < CUSTOMERS; place += 1) {
			taken.small.push(await timeTurn(small, place));
			taken.large.push(await timeTurn(large, place));
		}
		return {
			few: { storedMessages: few, milliseconds: median(taken.small) },
			many: { storedMessages: many, milliseconds: median(taken.large) },
		};
	} finally {
		await small.store.close();
		await large.store.close();
	}
}
