import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import { openStore } from '../../nodes/shared/store/open';
import { insertMessage } from '../../nodes/shared/store/repositories/messages';
import type { Store } from '../../nodes/shared/store/store';
import { saveProfile } from '../../nodes/shared/usecases/businessProfile';
import { receiveEvents } from '../../nodes/shared/usecases/receiveEvents';
import { takeTurns, type BotInput } from '../../nodes/shared/usecases/takeTurns';
import { channel, messageFrom, webhookId } from '../support/events';
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

/**
 * The median cost of a customer's second turn (the name), for customers whose conversations hold the history.
 * `firstCustomer` keeps the customers of one measurement apart from those of the next.
 */
async function measure(store: Store, firstCustomer: number, history: number): Promise<TurnCost> {
	const customers = Array.from({ length: 100 }, (_, place) => `5731${String(firstCustomer + place).padStart(8, '0')}`);
	const say = async (waId: string, text: string): Promise<void> => {
		const event = messageFrom(waId, text, { at: store.now() });
		await receiveEvents(store, { webhookId, vendor: 'whatsapp', events: [event], emit });
	};
	const conversations: BotInput[] = [];
	for (const waId of customers) {
		await say(waId, 'hola');
		const conversation = await conversationOf(store, waId);
		await takeTurns(store, [conversation]);
		conversations.push(conversation);
	}
	await layDownHistory(store, conversations, history);
	const { stored } = await store.db
		.selectFrom('messages')
		.select((row) => row.fn.countAll<number>().as('stored'))
		.where('workspace_id', '=', store.workspaceId)
		.where('direction', '=', 'in')
		.where('request_id', '=', 'history')
		.executeTakeFirstOrThrow();
	const taken: number[] = [];
	for (const [place, waId] of customers.entries()) {
		await say(waId, 'Laura Gómez Restrepo');
		const conversation = conversations[place];
		if (conversation === undefined) continue;
		const began = performance.now();
		const items = await takeTurns(store, [conversation]);
		taken.push(performance.now() - began);
		if (items.length === 0) throw new Error(`The turn of ${waId} on ${channel.phoneNumberId} gave no answer`);
	}
	return { storedMessages: Number(stored), milliseconds: median(taken) };
}

/** A turn with next to no history, and with a hundred thousand messages in the same conversations. SQLite, on the disk. */
export async function turnCosts(path: string, manyMessages: number): Promise<readonly [few: TurnCost, many: TurnCost]> {
	const store = await openStore({ database: 'sqlite', workspaceId: 'bench', path });
	try {
		await saveProfile(store, { ...profiles.prosuministros, answerDelayMs: 0 }, 'bench');
		await measure(store, 0, 0);
		const few = await measure(store, 1_000, 10);
		const many = await measure(store, 2_000, manyMessages - 10);
		return [few, many];
	} finally {
		await store.close();
	}
}
