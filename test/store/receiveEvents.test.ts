import {
	claimEmission,
	failEmission,
	finishEmission,
	recoverOrphans,
} from '../../nodes/shared/usecases/emit/emissions';
import { receiveEvents } from '../../nodes/shared/usecases/receive/receiveEvents';
import type { ReceiveRequest } from '../../nodes/shared/usecases/receive/receiving';
import { queueMessage } from '../../nodes/shared/usecases/send/queueMessage';
import { getConversation } from '../../nodes/shared/store/repositories/conversations';
import type { Store } from '../../nodes/shared/store/store';
import { channel, echoTo, messageFrom, statusOf, webhookId } from '../support/events';
import { eachDatabase } from '../support/stores';

const everything = { messages: true, statuses: true, echoes: true, account: true };

function request(events: ReceiveRequest['events'], emit = everything): ReceiveRequest {
	return { webhookId, vendor: 'whatsapp', events, emit };
}

async function rows(
	store: Store,
	table: 'contacts' | 'conversations' | 'messages' | 'journal' | 'attachments' | 'effects',
) {
	return await store.db.selectFrom(table).selectAll().where('workspace_id', '=', store.workspaceId).execute();
}

eachDatabase((name, open) => {
	describe(`receiving on ${name}`, () => {
		let now: number;
		let store: Store;

		beforeEach(async () => {
			now = 1_760_000_000_000;
			store = await open({ clock: () => now });
		});
		afterEach(async () => await store.close());

		it('B1: a first message makes one contact, one conversation, one message and one journal row', async () => {
			const result = await receiveEvents(store, request([messageFrom('573001234567', 'hola')]));

			expect(result).toEqual({ stored: 1, duplicates: 0 });
			expect(await rows(store, 'contacts')).toMatchObject([
				{ phone: '+573001234567', profile_name: 'Ana', registered: 0 },
			]);
			expect(await rows(store, 'conversations')).toMatchObject([{ mode: 'bot', webhook_id: webhookId }]);
			expect(await rows(store, 'messages')).toMatchObject([{ text: 'hola', turn_state: 'pending', direction: 'in' }]);
			expect(await rows(store, 'journal')).toMatchObject([{ output: 'messages', state: 'ready' }]);
		});

		it('duplicate wamid handled twice: five deliveries at the same time are one message', async () => {
			const event = messageFrom('573001234567', 'hola');
			const results = await Promise.all(
				Array.from({ length: 5 }, async () => await receiveEvents(store, request([event, event]))),
			);

			expect(results.reduce((sum, result) => sum + result.stored, 0)).toBe(1);
			expect(await rows(store, 'messages')).toHaveLength(1);
			expect(await rows(store, 'journal')).toHaveLength(1);
		});

		it('two messages of one new contact at once end in one contact', async () => {
			await Promise.all([
				receiveEvents(store, request([messageFrom('573001234567', 'hola')])),
				receiveEvents(store, request([messageFrom('573001234567', 'precio?')])),
			]);

			expect(await rows(store, 'contacts')).toHaveLength(1);
			expect(await rows(store, 'conversations')).toHaveLength(1);
			expect(await rows(store, 'messages')).toHaveLength(2);
		});

		it('a person without a phone number (BSUID) is known again when the number comes', async () => {
			await receiveEvents(store, request([messageFrom('', 'hola', { userId: 'CO.1349' })]));
			await receiveEvents(store, request([messageFrom('573001234567', 'sigo aquí', { userId: 'CO.1349' })]));
			await receiveEvents(store, request([messageFrom('573001234567', 'otra vez')]));

			expect(await rows(store, 'contacts')).toHaveLength(1);
			expect(await rows(store, 'messages')).toHaveLength(3);
		});

		it.each([
			['Mexican', '5215512345678', '525512345678'],
			['Brazilian', '551187654321', '5511987654321'],
		])('an old and a new %s WhatsApp id are one contact', async (_country, old, recent) => {
			await receiveEvents(store, request([messageFrom(old, 'hola')]));
			await receiveEvents(store, request([messageFrom(recent, 'otra vez')]));

			expect(await rows(store, 'contacts')).toHaveLength(1);
		});

		it('two contacts that turn out to be one person are merged with everything they have', async () => {
			await receiveEvents(store, request([messageFrom('573001234567', 'por número')]));
			await receiveEvents(store, request([messageFrom('', 'por usuario', { userId: 'CO.77' })]));
			expect(await rows(store, 'contacts')).toHaveLength(2);

			await receiveEvents(store, request([messageFrom('573001234567', 'las dos cosas', { userId: 'CO.77' })]));

			const contacts = await rows(store, 'contacts');
			const kept = contacts.filter((row) => 'merged_into' in row && row.merged_into === null);
			expect(kept).toHaveLength(1);
			const messages = await rows(store, 'messages');
			expect(new Set(messages.map((row) => 'contact_id' in row && row.contact_id)).size).toBe(1);
			expect(await rows(store, 'conversations')).toHaveLength(1);
		});

		it('a file is kept as a pending attachment of its message', async () => {
			const media = { type: 'image', mediaId: '1037', mimeType: 'image/jpeg', caption: 'así se ve' } as const;
			await receiveEvents(store, request([messageFrom('573001234567', 'así se ve', { media })]));

			expect(await rows(store, 'attachments')).toMatchObject([{ media_id: '1037', state: 'pending' }]);
		});

		it('echo answered by the bot: an echo is stored as ours, nothing waits for the bot, a person has the conversation', async () => {
			await receiveEvents(store, request([messageFrom('573001234567', 'hola')]));
			await receiveEvents(store, request([echoTo('573001234567', 'Hola Ana, soy Laura')]));

			const messages = await rows(store, 'messages');
			expect(messages).toContainEqual(expect.objectContaining({ author: 'phone', direction: 'out', turn_state: null }));
			expect(await rows(store, 'conversations')).toMatchObject([{ mode: 'human' }]);
		});

		it('other numbers than the chosen ones leave nothing behind', async () => {
			const result = await receiveEvents(store, {
				...request([messageFrom('573001234567', 'hola')]),
				phoneNumberIds: ['999'],
			});

			expect(result).toEqual({ stored: 0, duplicates: 0 });
			expect(await rows(store, 'messages')).toHaveLength(0);
		});

		it('statuses start nothing unless they are asked for', async () => {
			await receiveEvents(store, request([statusOf('wamid.x', 'sent')], { ...everything, statuses: false }));

			expect(await rows(store, 'journal')).toHaveLength(0);
		});

		it.each([
			[['sent', 'delivered', 'read'], 'read'],
			[['read', 'delivered', 'sent'], 'read'],
			[['delivered', 'failed'], 'delivered'],
			[['failed', 'sent'], 'failed'],
			[['failed', 'delivered'], 'delivered'],
			[['sent', 'sent'], 'sent'],
		] as const)('statuses in any order (%j) end as %s', async (statuses, end) => {
			await receiveEvents(store, request([messageFrom('573001234567', 'hola')]));
			const [found] = await store.db
				.selectFrom('conversations')
				.select('id')
				.where('workspace_id', '=', store.workspaceId)
				.execute();
			const conversation = await getConversation(store.db, store.workspaceId, found?.id ?? '');
			if (!conversation) throw new Error('no conversation');
			const outboxId = await store.transaction(
				async (tx) =>
					await queueMessage(tx, store, conversation, {
						message: { type: 'text', text: 'Hola' },
						requestId: 'r1',
						sequence: 0,
						author: 'bot',
						owner: store.bootId,
					}),
			);
			for (const status of statuses) {
				await receiveEvents(store, request([statusOf('wamid.out', status, { callbackData: outboxId })]));
			}

			const message = await store.db.selectFrom('messages').selectAll().where('id', '=', outboxId).executeTakeFirst();
			expect(message).toMatchObject({ delivery_status: end, vendor_id: 'wamid.out' });
			const outbox = await store.db.selectFrom('outbox').selectAll().where('id', '=', outboxId).executeTakeFirst();
			// O4: what was not delivered in the end is a dead letter.
			expect(outbox).toMatchObject({ state: end === 'failed' ? 'failed' : 'accepted', vendor_id: 'wamid.out' });
		});

		it('O4: rows of a failed execution come again after 1 s, then 30 s, then go to the dead letter and to a person', async () => {
			await receiveEvents(store, request([messageFrom('573001234567', 'hola')]));
			const waits: number[] = [];
			for (const pause of [0, 1_000, 30_000]) {
				now += pause - 1;
				expect(pause > 0 && (await claimEmission(store, webhookId, 100))).toBeFalsy();
				now += 1;
				const emission = await claimEmission(store, webhookId, 100);
				if (!emission) throw new Error(`nothing was ready after ${pause} ms`);
				waits.push(emission.count);
				await failEmission(store, emission.id, 'Enviar: boom');
			}

			expect(waits).toEqual([1, 1, 1]);
			expect(await rows(store, 'journal')).toMatchObject([{ state: 'dead', error: 'Enviar: boom' }]);
			expect(await rows(store, 'messages')).toMatchObject([{ turn_state: 'dead' }]);
			expect(await rows(store, 'effects')).toMatchObject([{ output: 'handoff', state: 'ready' }]);
		});

		it('one customer whose execution failed is retried alone, the others go on together', async () => {
			await receiveEvents(store, request([messageFrom('573001111111', 'uno')]));
			const first = await claimEmission(store, webhookId, 100);
			await failEmission(store, first?.id ?? '', 'boom');
			now += 1_000;
			await receiveEvents(store, request([messageFrom('573002222222', 'dos'), messageFrom('573003333333', 'tres')]));

			const retried = await claimEmission(store, webhookId, 100);
			const others = await claimEmission(store, webhookId, 100);

			expect([retried?.count, others?.count]).toEqual([1, 2]);
		});

		it('what a dead process had claimed is claimed again', async () => {
			await receiveEvents(store, request([messageFrom('573001234567', 'hola')]));
			const claimed = await claimEmission(store, webhookId, 100);
			expect(claimed?.count).toBe(1);
			expect(await recoverOrphans(store, webhookId)).toBe(0);

			await store.db.updateTable('journal').set({ owner: 'a-process-that-died' }).execute();

			expect(await recoverOrphans(store, webhookId)).toBe(1);
			expect((await claimEmission(store, webhookId, 100))?.count).toBe(1);
		});

		it('an acknowledged execution ends its rows and empties their payload', async () => {
			await receiveEvents(store, request([messageFrom('573001234567', 'hola')]));
			const emission = await claimEmission(store, webhookId, 100);
			await finishEmission(store, emission?.id ?? '');

			expect(await rows(store, 'journal')).toMatchObject([{ state: 'done', payload: '' }]);
			expect(await claimEmission(store, webhookId, 100)).toBeUndefined();
		});

		it('each workspace and each trigger claims only its own', async () => {
			await receiveEvents(store, request([messageFrom('573001234567', 'hola')]));

			expect(await claimEmission(store, 'another-trigger', 100)).toBeUndefined();
			expect((await claimEmission(store, webhookId, 100))?.items.messages?.[0]).toMatchObject({
				type: 'text',
				text: 'hola',
				crm: { channelId: channel.phoneNumberId, workspaceId: store.workspaceId },
			});
		});
	});
});
