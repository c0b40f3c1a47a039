import type { WazzupMessage } from '../../nodes/shared/clients/wazzup/messageRequest';
import type { OutboundMessage } from '../../nodes/shared/domain/messages/outbound';
import { RequestFailure } from '../../nodes/shared/http/failure';
import type { ConversationRow } from '../../nodes/shared/store/repositories/conversations';
import type { Store } from '../../nodes/shared/store/store';
import { collectDue } from '../../nodes/shared/usecases/emit/due';
import { pruneFinished } from '../../nodes/shared/usecases/emit/pruneFinished';
import { queueMessage } from '../../nodes/shared/usecases/send/queueMessage';
import { receiveEvents } from '../../nodes/shared/usecases/receive/receiveEvents';
import { sendQueued } from '../../nodes/shared/usecases/send/sendQueued';
import { wazzupSender, type SendingClient } from '../../nodes/shared/usecases/wazzup/wazzupSender';
import type { ChannelEvent } from '../../nodes/shared/domain/messages/events';
import { parseWazzupWebhook } from '../../nodes/shared/webhooks/wazzup';
import { messageFrom } from '../support/events';
import { watched } from '../support/plans';
import { eachDatabase } from '../support/stores';

const webhookId = 'wazzup-trigger-of-the-test';
const start = 1_760_000_000_000;
const emit = { messages: true, statuses: false, echoes: false, account: false };

const CHANNELS = [
	{ channelId: 'wa', transport: 'whatsapp', plainId: '573001112233', state: 'active' },
	{ channelId: 'waba', transport: 'wapi', plainId: '573001112244', state: 'active' },
	{ channelId: 'ig', transport: 'instagram', plainId: 'prosuministros', state: 'active' },
];

const menu: OutboundMessage = {
	type: 'choices',
	text: '¿Qué necesitas?',
	choices: [
		{ id: 'quote', title: '1. Cotización' },
		{ id: 'order', title: '2. Estado de pedido' },
	],
};

/** Wazzup as far as sending needs it: keeps what was sent, and does on the way what the test tells. */
function account(whileSending: (message: WazzupMessage, messageId: string) => Promise<void> = async () => {}) {
	const sent: WazzupMessage[] = [];
	const client: SendingClient = {
		listChannels: async () => await Promise.resolve(CHANNELS),
		listTemplates: async () =>
			await Promise.resolve([{ templateGuid: 'guid-1', name: 'aviso', status: 'approved', raw: {} }]),
		sendMessage: async (message) => {
			sent.push(message);
			const messageId = `w-${sent.length}`;
			await whileSending(message, messageId);
			return { messageId, alreadySent: false };
		},
	};
	return { sent, send: wazzupSender(client) };
}

eachDatabase((name, open) => {
	describe(`Wazzup as a channel on ${name} (W12)`, () => {
		let now: number;
		let store: Store;

		const written = (changes: Record<string, unknown> = {}) => ({
			messageId: 'in-1',
			channelId: 'wa',
			chatType: 'whatsapp',
			chatId: '573001234567',
			dateTime: new Date(now).toISOString(),
			type: 'text',
			status: 'inbound',
			text: 'hola',
			isEcho: false,
			contact: { name: 'Ana' },
			...changes,
		});

		async function deliver(body: unknown) {
			const events = parseWazzupWebhook(body) as ChannelEvent[];
			return await receiveEvents(store, { webhookId, vendor: 'wazzup', emit, events });
		}

		async function conversationOn(channelId: string): Promise<ConversationRow> {
			return await store.db
				.selectFrom('conversations')
				.selectAll()
				.where('workspace_id', '=', store.workspaceId)
				.where('channel_id', '=', channelId)
				.executeTakeFirstOrThrow();
		}

		async function queue(
			message: OutboundMessage,
			channelId = 'wa',
			author: 'bot' | 'advisor' = 'bot',
		): Promise<string> {
			const conversation = await conversationOn(channelId);
			return await store.transaction(
				async (tx) =>
					await queueMessage(tx, store, conversation, {
						message,
						requestId: store.newId(),
						sequence: 0,
						author,
						owner: store.bootId,
					}),
			);
		}

		async function drain(send: ReturnType<typeof account>['send'], channelId = 'wa') {
			const { contact_id: contactId } = await conversationOn(channelId);
			return (await sendQueued(store, [contactId], send, 'wazzup')).get(contactId) ?? [];
		}

		const message = async (id: string) =>
			await store.db.selectFrom('messages').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
		const outbox = async (id: string) =>
			await store.db.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
		const fromPhone = async () =>
			await store.db
				.selectFrom('messages')
				.select('text')
				.where('workspace_id', '=', store.workspaceId)
				.where('author', '=', 'phone')
				.execute();

		beforeEach(async () => {
			now = start;
			store = await open({ clock: () => now });
			await deliver({ messages: [written()] });
		});

		it('a message is stored like one of the Cloud API, once however often it comes', async () => {
			expect(await deliver({ messages: [written()] })).toEqual({ stored: 0, duplicates: 1 });
			const rows = await store.db
				.selectFrom('messages')
				.select(['direction', 'author', 'vendor_id', 'turn_state', 'text'])
				.where('workspace_id', '=', store.workspaceId)
				.execute();
			expect(rows).toEqual([
				{ direction: 'in', author: 'customer', vendor_id: 'in-1', turn_state: 'pending', text: 'hola' },
			]);
			const channels = await store.db
				.selectFrom('channels')
				.select(['channel_id', 'vendor'])
				.where('workspace_id', '=', store.workspaceId)
				.execute();
			expect(channels).toEqual([{ channel_id: 'wa', vendor: 'wazzup' }]);
		});

		it('the same person on the Cloud API and on Wazzup is one contact, and each channel is answered through its own vendor', async () => {
			await receiveEvents(store, {
				webhookId: 'cloud',
				vendor: 'whatsapp',
				emit,
				events: [messageFrom('573001234567', 'hola', { at: now })],
			});
			const contacts = await store.db
				.selectFrom('contacts')
				.select('id')
				.where('workspace_id', '=', store.workspaceId)
				.execute();
			expect(contacts).toHaveLength(1);
			const contactId = contacts[0].id;
			const id = await queue({ type: 'text', text: 'por Wazzup' });
			const cloud = jest.fn(async () => await Promise.resolve({ vendorId: 'wamid.1' }));

			await sendQueued(store, [contactId], cloud);
			expect(cloud).not.toHaveBeenCalled();
			const { sent, send } = account();
			await drain(send);
			expect(sent).toMatchObject([
				{
					channelId: 'wa',
					chatType: 'whatsapp',
					chatId: '573001234567',
					crmMessageId: id,
					clearUnanswered: false,
					content: { type: 'text', text: 'por Wazzup' },
				},
			]);
			expect(await outbox(id)).toMatchObject({ state: 'accepted', vendor_id: 'w-1' });
		});

		it('W6: what a person of the team answers ends the waiting at Wazzup, what the bot says does not', async () => {
			await queue({ type: 'text', text: 'Soy el bot' });
			await queue({ type: 'text', text: 'Soy Laura' }, 'wa', 'advisor');
			const { sent, send } = account();
			await drain(send);
			expect(sent.map(({ clearUnanswered }) => clearUnanswered)).toEqual([false, true]);
		});

		it('a person of Instagram is a contact without a phone, and is answered there', async () => {
			await deliver({
				messages: [written({ messageId: 'in-2', channelId: 'ig', chatType: 'instagram', chatId: 'ana.p' })],
			});
			await queue({ type: 'text', text: 'hola Ana' }, 'ig');
			const { sent, send } = account();
			await drain(send, 'ig');
			expect(sent).toMatchObject([{ channelId: 'ig', chatType: 'instagram', chatId: 'ana.p' }]);
		});

		it.each([
			['wa', { type: 'text', text: '¿Qué necesitas?\n\n1. Cotización\n2. Estado de pedido' }],
			[
				'waba',
				{
					type: 'text',
					text: '¿Qué necesitas?',
					buttons: [
						{ text: '1. Cotización', payload: 'quote' },
						{ text: '2. Estado de pedido', payload: 'order' },
					],
				},
			],
		])('a menu on the channel %s leaves as that channel shows it', async (channelId, content) => {
			await deliver({ messages: [written({ messageId: 'in-3', channelId })] });
			await queue(menu, channelId);
			const { sent, send } = account();
			await drain(send, channelId);
			expect(sent[0].content).toEqual(content);
		});

		it('more than ten options, or a long one, leave as numbered text also where there are buttons', async () => {
			await deliver({ messages: [written({ messageId: 'in-3', channelId: 'waba' })] });
			const many = Array.from({ length: 11 }, (_, index) => ({ id: `o${index}`, title: `Opción ${index}` }));
			await queue({ ...menu, choices: many }, 'waba');
			await queue({ ...menu, choices: [{ id: 'a', title: 'Una opción de más de veinte letras' }] }, 'waba');
			const { sent, send } = account();
			await drain(send, 'waba');
			expect(sent.map(({ content }) => 'buttons' in content)).toEqual([false, false]);
			expect(sent[0].content).toMatchObject({ text: expect.stringContaining('11. Opción 10') });
		});

		it('a file with words leaves as words and a file, each known to Wazzup by an id of its own', async () => {
			const id = await queue({
				type: 'media',
				mediaType: 'document',
				link: 'https://files.test/a.pdf',
				caption: 'Tu cotización',
			});
			const { sent, send } = account();
			await drain(send);
			expect(sent.map(({ content, crmMessageId }) => [content.type, crmMessageId])).toEqual([
				['text', `${id}-0`],
				['file', id],
			]);
		});

		it('a file that only the store has cannot be fetched by Wazzup: it says so and blocks nothing', async () => {
			const id = await queue({ type: 'media', mediaType: 'image', stored: { sha256: 'ab', mimeType: 'image/png' } });
			const next = await queue({ type: 'text', text: 'después' });
			const { send } = account();
			await drain(send);
			expect(await outbox(id)).toMatchObject({ state: 'failed', error: expect.stringContaining('public address') });
			expect(await outbox(next)).toMatchObject({ state: 'accepted' });
		});

		it('what we sent ourselves and Wazzup tells of is no advisor, whether it comes before the answer or after (own reply classified as inbound)', async () => {
			const id = await queue({ type: 'text', text: 'Con gusto.  Dime' });
			const { send } = account(async ({ content }, messageId) => {
				if (content.type !== 'text') return;
				await deliver({
					messages: [written({ messageId, text: content.text.replace(/\s+/g, ' '), isEcho: true, status: 'sent' })],
				});
			});
			await drain(send);
			await deliver({
				messages: [written({ messageId: 'w-1', text: 'Con gusto. Dime', isEcho: true, status: 'sent' })],
			});

			expect(await fromPhone()).toEqual([]);
			expect((await conversationOn('wa')).mode).toBe('bot');
			expect(await message(id)).toMatchObject({ vendor_id: 'w-1', delivery_status: 'sent' });
		});

		it('the words of a file are no advisor, though Wazzup tells of them once the file is there too (own reply classified as inbound)', async () => {
			const id = await queue({
				type: 'media',
				mediaType: 'document',
				link: 'https://files.test/a.pdf',
				caption: 'Tu cotización',
			});
			const { send } = account();
			await drain(send);
			now += 60_000;
			const echo = { isEcho: true, status: 'sent' };
			await deliver({ messages: [written({ messageId: 'w-1', text: 'Tu cotización', ...echo })] });
			await deliver({
				messages: [
					written({
						messageId: 'w-2',
						type: 'document',
						text: undefined,
						contentUri: 'https://wazzup.test/a.pdf',
						...echo,
					}),
				],
			});
			expect(await fromPhone()).toEqual([]);
			expect((await conversationOn('wa')).mode).toBe('bot');
			expect(await message(id)).toMatchObject({ vendor_id: 'w-2' });
		});

		it('D33: the same words from an advisor’s phone are an advisor where the bot said nothing else with them', async () => {
			await queue({ type: 'text', text: 'Con gusto' });
			const { send } = account();
			await drain(send);
			await deliver({
				messages: [written({ messageId: 'p-1', text: 'Con gusto', isEcho: true, status: 'sent', authorName: 'Laura' })],
			});
			expect(await fromPhone()).toEqual([{ text: 'Con gusto' }]);
		});

		it.each([
			['waba', 'whatsapp', 1_024],
			['ig', 'instagram', 1_000],
		])(
			'a text longer than the channel %s takes leaves in parts, and their echoes silence nobody',
			async (channelId, chatType, longest) => {
				await deliver({ messages: [written({ messageId: 'in-9', channelId, chatType, chatId: '573001234567' })] });
				const paragraph = 'Te cuento las opciones que tenemos para tu oficina. '.repeat(15).trim();
				const id = await queue({ type: 'text', text: [paragraph, paragraph, paragraph].join('\n\n') }, channelId);
				const { sent, send } = account();
				expect(await drain(send, channelId)).toMatchObject([{ outboxId: id, state: 'accepted' }]);
				const texts = sent.map(({ content }) => (content.type === 'text' ? content.text : ''));
				expect(texts).toEqual([paragraph, paragraph, paragraph]);
				expect(texts.every(({ length }) => length <= longest)).toBe(true);
				expect(sent.map(({ crmMessageId }) => crmMessageId)).toEqual([`${id}-0`, `${id}-1`, id]);
				for (const [index, text] of texts.entries()) {
					const echo = { messageId: `w-${index + 1}`, text, isEcho: true, status: 'sent' };
					await deliver({ messages: [written({ ...echo, channelId, chatType, chatId: '573001234567' })] });
				}
				expect(await fromPhone()).toEqual([]);
				expect((await conversationOn(channelId)).mode).toBe('bot');
			},
		);

		it('O6: whose words an echo is, is found without reading a table from end to end', async () => {
			await queue({ type: 'text', text: 'Con gusto' });
			await drain(account().send);
			const { store: watchedStore, assertNoScan } = watched(store);
			const body = { messages: [written({ messageId: 'p-2', text: 'Soy Laura', isEcho: true, status: 'sent' })] };
			const events = parseWazzupWebhook(body) as ChannelEvent[];
			await receiveEvents(watchedStore, { webhookId, vendor: 'wazzup', emit, events });
			expect(await fromPhone()).toHaveLength(1);
			await assertNoScan();
		});

		it('D33: what somebody writes from the phone or in Wazzup silences the bot, also while the bot is sending', async () => {
			await queue({ type: 'text', text: 'Con gusto' });
			const { send } = account(async () => {
				await deliver({
					messages: [
						written({ messageId: 'p-1', text: 'Soy Laura', isEcho: true, status: 'sent', authorName: 'Laura' }),
					],
				});
			});
			await drain(send);
			expect(await fromPhone()).toEqual([{ text: 'Soy Laura' }]);
			expect((await conversationOn('wa')).mode).toBe('human');
		});

		it('a lost answer is settled by the echo of the message', async () => {
			const id = await queue({ type: 'text', text: 'Con gusto' });
			const { send } = account(async () => {
				await Promise.resolve();
				throw new RequestFailure({ vendor: 'wazzup', kind: 'unknown_outcome', message: 'No answer' });
			});
			await drain(send);
			expect(await outbox(id)).toMatchObject({ state: 'unknown' });
			await deliver({ messages: [written({ messageId: 'w-9', text: 'Con gusto', isEcho: true, status: 'sent' })] });
			expect(await outbox(id)).toMatchObject({ state: 'accepted', vendor_id: 'w-9' });
			expect(await fromPhone()).toEqual([]);
		});

		it('O2: statuses are written to the message, also those that overtake the answer to the send', async () => {
			const id = await queue({ type: 'text', text: 'Con gusto' });
			const { send } = account(async (_sending, messageId) => {
				await deliver({ statuses: [{ messageId, status: 'delivered', timestamp: new Date(now).toISOString() }] });
			});
			await drain(send);
			expect(await message(id)).toMatchObject({ delivery_status: 'delivered' });
			await deliver({ statuses: [{ messageId: 'w-1', status: 'read', timestamp: new Date(now).toISOString() }] });
			await deliver({ statuses: [{ messageId: 'w-1', status: 'sent', timestamp: new Date(now).toISOString() }] });
			expect(await message(id)).toMatchObject({ delivery_status: 'read' });
		});

		it('a status of a message that is nobody’s is forgotten after an hour', async () => {
			await deliver({ statuses: [{ messageId: 'foreign', status: 'sent' }] });
			const kept = async () =>
				(
					await store.db
						.selectFrom('early_statuses')
						.select('status')
						.where('workspace_id', '=', store.workspaceId)
						.execute()
				).length;
			expect(await kept()).toBe(1);
			now += 3_700_000;
			await pruneFinished(store);
			expect(await kept()).toBe(0);
		});

		it('the window is Wazzup’s to judge: what it did not deliver fails with the reason in words', async () => {
			const id = await queue({ type: 'text', text: 'tarde' });
			now += 25 * 3_600_000;
			const { sent, send } = account();
			await drain(send);
			expect(sent).toHaveLength(1);
			const error = { error: '24_HOURS_EXCEEDED', description: 'x' };
			await deliver({ statuses: [{ messageId: 'w-1', status: 'error', error }] });
			expect(await message(id)).toMatchObject({ delivery_status: 'failed' });
			expect(await outbox(id)).toMatchObject({ state: 'failed', error: expect.stringContaining('24 hours') });
		});

		it('Wazzup has it already: accepted, not sent again, and its echo names it', async () => {
			const id = await queue({ type: 'text', text: 'una vez' });
			const client: SendingClient = {
				listChannels: async () => await Promise.resolve(CHANNELS),
				listTemplates: async () => await Promise.resolve([]),
				sendMessage: async () => await Promise.resolve({ alreadySent: true }),
			};
			expect(await drain(wazzupSender(client))).toMatchObject([{ outboxId: id, state: 'accepted' }]);
			expect(await drain(wazzupSender(client))).toEqual([]);
			await deliver({ messages: [written({ messageId: 'w-5', text: 'una vez', isEcho: true, status: 'sent' })] });
			await deliver({ statuses: [{ messageId: 'w-5', status: 'read', timestamp: new Date(now).toISOString() }] });
			expect(await fromPhone()).toEqual([]);
			expect((await conversationOn('wa')).mode).toBe('bot');
			expect(await message(id)).toMatchObject({ vendor_id: 'w-5', delivery_status: 'read' });
		});

		it('a list that could not be asked for means that nothing was sent: it is tried again', async () => {
			const id = await queue({ type: 'text', text: 'x' });
			const client: SendingClient = {
				listChannels: async () => {
					await Promise.resolve();
					throw new RequestFailure({ vendor: 'wazzup', kind: 'unknown_outcome', message: 'No answer' });
				},
				listTemplates: async () => await Promise.resolve([]),
				sendMessage: async () => await Promise.reject(new Error('must not be sent')),
			};
			await drain(wazzupSender(client));
			expect(await outbox(id)).toMatchObject({ state: 'queued', ready_at: now + 1_000 });
		});

		it.each([
			['within the time in which Wazzup knows it again, it is sent again at once', 10_000, 'queued', 0],
			['later, it waits for news', 50_000, 'unknown', 0],
		])('when the process dies while sending: %s', async (_case, later, state, possibleDuplicate) => {
			const id = await queue({ type: 'text', text: 'x' });
			await store.db
				.updateTable('outbox')
				.set({ state: 'sending', owner: 'a-process-that-is-gone', claimed_at: now, attempts: 1, wake_at: now })
				.where('id', '=', id)
				.execute();
			now += later;
			await collectDue(store, webhookId);
			expect(await outbox(id)).toMatchObject({ state, possible_duplicate: possibleDuplicate });
		});
	});
});
