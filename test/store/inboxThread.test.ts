import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import type { Failure } from '../../nodes/shared/domain/failures/failure';
import { InvalidInput } from '../../nodes/shared/domain/invalidInput';
import type { MessageEvent } from '../../nodes/shared/domain/messages/events';
import { RequestFailure } from '../../nodes/shared/http/failure';
import type { Store } from '../../nodes/shared/store/store';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { collectDue } from '../../nodes/shared/usecases/emit/due';
import { storeUpload } from '../../nodes/shared/usecases/inbox/upload';
import type { Viewer } from '../../nodes/shared/usecases/inbox/viewer';
import { receiveEvents } from '../../nodes/shared/usecases/receive/receiveEvents';
import { sendQueued } from '../../nodes/shared/usecases/send/sendQueued';
import { takeTurns } from '../../nodes/shared/usecases/dialogue/takeTurns';
import { channel, messageFrom, statusOf, webhookId } from '../support/events';
import { ask, command, viewer } from '../support/inbox';
import { watched } from '../support/plans';
import { caseOf, customerWho, type Customer } from '../support/records';
import { eachDatabase } from '../support/stores';

const HOUR = 3_600_000;
const LAURA_GOMEZ = 'Laura Gómez';
const emit = { messages: true, statuses: false, echoes: false, account: false };
const ANA = '573001112233';

eachDatabase((name, open) => {
	describe(`threads of the inbox on ${name}`, () => {
		let now: number;
		let store: Store;
		let boss: Viewer;
		let ana: Customer;
		let conversationId: string;

		beforeEach(async () => {
			now = Date.parse('2026-03-10T15:00:00Z');
			store = await open({ clock: () => now });
			await saveProfile(store, profiles.prosuministros, 'test');
			boss = await viewer(store, LAURA_GOMEZ, [], 'supervisor');
			ana = await customerWho(store, ANA, 'necesito una silla');
			({ conversationId } = ana);
			now += 1000;
		});

		const receive = async (...events: readonly Parameters<typeof receiveEvents>[1]['events'][number][]) =>
			await receiveEvents(store, { webhookId, vendor: 'whatsapp', emit, events });
		const about = (
			type: 'edit' | 'revoke' | 'reaction',
			originalMessageId: string,
			more: object = {},
		): MessageEvent => ({
			...messageFrom(ANA, '', { at: now }),
			content: { type, originalMessageId, ...more },
		});
		const thread = async (input: object = {}) => await ask(store, boss, 'thread', { conversationId, ...input });
		const messages = async () => (await thread()).rows.filter(({ kind }) => kind === 'message');
		const reply = async (text: string) =>
			((await command(store, boss, 'reply', { conversationId, text })).messageIds as string[])[0] ?? '';

		test('P3: pages go back in time, newest first, each line once, notes and events between the messages', async () => {
			for (let count = 0; count < 7; count += 1) {
				now += 1000;
				await receive(messageFrom(ANA, `línea ${count}`, { at: now }));
				await command(store, boss, 'note', { conversationId, text: `nota ${count}` });
			}
			const all = (await thread({ limit: 200 })).rows.map(({ id }) => id);
			const seen: string[] = [];
			let before: string | undefined;
			do {
				const page = await thread({ limit: 4, ...(before === undefined ? {} : { before }) });
				expect(page.rows.length).toBeLessThanOrEqual(4);
				seen.push(...page.rows.map(({ id }) => id));
				before = page.nextCursor;
			} while (before !== undefined);
			expect(seen).toEqual(all);
			expect(new Set(all).size).toBe(15);
		});

		test('P3: what comes while one reads is not read with it', async () => {
			const unread = async () =>
				(await ask(store, boss, 'conversations', { list: 'all' })).rows.find(({ id }) => id === conversationId)?.unread;
			const { inboundCount } = await thread();
			expect(inboundCount).toBe(1);
			await receive(messageFrom(ANA, 'y una mesa', { at: now }));
			await command(store, boss, 'markRead', { conversationId, inboundCount });
			expect(await unread()).toBe(1);
			const newest = await thread();
			expect(newest).toMatchObject({ inboundCount: 2 });
			expect(await thread({ after: newest.rows.at(-1)?.id })).toMatchObject({ inboundCount: 2 });
			await command(store, boss, 'markRead', { conversationId, inboundCount: 2 });
			expect(await unread()).toBe(0);
			// What an older page of the same advisor says later takes nothing back, and nobody has read what never came.
			await command(store, boss, 'markRead', { conversationId, inboundCount: 1 });
			await command(store, boss, 'markRead', { conversationId, inboundCount: 99 });
			await receive(messageFrom(ANA, 'y otra silla', { at: now + 1 }));
			expect(await unread()).toBe(1);
		});

		test('O2: asked what is new since a row: what came, and what of the last page got another tick', async () => {
			const id = await reply('¿Qué color?');
			const [newest] = (await thread()).rows;
			await sendQueued(store, [ana.contactId], async () => await Promise.resolve({ vendorId: 'wamid.out.1' }));
			now += 1000;
			await receive(statusOf('wamid.out.1', 'delivered', { callbackData: id, at: now }));
			await receive(messageFrom(ANA, 'negra', { at: now }));
			const news = await thread({ after: newest?.id });
			expect(news.nextCursor).toBeUndefined();
			expect(news.rows.find(({ text }) => text === 'negra')).toBeDefined();
			expect(news.rows.find((row) => row.id === id)?.status).toBe('delivered');
			now += HOUR;
			await receive(messageFrom(ANA, 'gracias', { at: now }));
			expect((await thread({ after: news.rows[0]?.id })).rows.map(({ text }) => text)).toEqual(['gracias']);
		});

		test('more than a page came since: the page is told to go on from there', async () => {
			const [known] = (await thread()).rows;
			for (let count = 0; count < 5; count += 1) {
				now += 1000;
				await receive(messageFrom(ANA, `línea ${count}`, { at: now }));
			}
			expect((await thread({ after: known?.id, limit: 3 })).nextCursor).toBeDefined();
		});

		test('a failure is told by its code and in the words of its vendor; what certainly did not arrive is sent again', async () => {
			const id = await reply('Hola');
			await sendQueued(store, [ana.contactId], async () => await Promise.resolve({ vendorId: 'wamid.out.2' }));
			const failed = { ...statusOf('wamid.out.2', 'failed', { callbackData: id }), errors: [{ code: 131026 }] };
			await receive(failed);
			const [shown] = await messages();
			expect(shown?.status).toBe('failed');
			expect(shown?.failure).toEqual({ reason: 'notReachable', vendor: 'whatsapp', code: '131026' });
			await expect(command(store, boss, 'retryMessage', { conversationId, messageId: id })).rejects.toMatchObject({
				status: 409,
				code: 'cannotRetry',
			});
		});

		test('O4: what WhatsApp never took is sent again once it is asked for, and only then', async () => {
			const id = await reply('Hola');
			await sendQueued(store, [ana.contactId], async () => {
				await Promise.resolve();
				throw new InvalidInput({ message: "'Text' is too long" });
			});
			expect((await messages())[0]).toMatchObject({ id, status: 'failed', failure: { reason: 'unfit' } });
			expect((await ask(store, boss, 'conversations', { list: 'trouble' })).rows.map((row) => row.id)).toEqual([
				conversationId,
			]);
			await command(store, boss, 'retryMessage', { conversationId, messageId: id });
			expect((await messages())[0]?.status).toBe('queued');
			await sendQueued(store, [ana.contactId], async () => await Promise.resolve({ vendorId: 'wamid.out.9' }));
			expect((await messages())[0]?.status).toBe('accepted');
			expect((await ask(store, boss, 'conversations', { list: 'trouble' })).rows).toEqual([]);
			await expect(command(store, boss, 'retryMessage', { conversationId, messageId: id })).rejects.toMatchObject({
				status: 409,
				code: 'cannotRetry',
			});
		});

		test.each<[string, Error, Failure]>([
			[
				'a code of Meta’s that we know',
				new RequestFailure({
					vendor: 'whatsapp',
					kind: 'rejected',
					message: 'The template does not exist in this language or is not approved (132001)',
					status: 404,
					code: '132001',
					said: 'template name (x) does not exist in es',
				}),
				{
					reason: 'templateMissing',
					vendor: 'whatsapp',
					code: '132001',
					said: 'template name (x) does not exist in es',
				},
			],
			[
				'a code of Meta’s that nobody knows',
				new RequestFailure({
					vendor: 'whatsapp',
					kind: 'rejected',
					message: 'WhatsApp refused the request (139999)',
					status: 400,
					code: '139999',
					said: 'Brand new',
				}),
				{ vendor: 'whatsapp', code: '139999', said: 'Brand new' },
			],
			[
				'a code of Wazzup’s',
				new RequestFailure({
					vendor: 'wazzup',
					kind: 'rejected',
					message: 'The channel is not paid (CHANNEL_NO_MONEY)',
					status: 400,
					code: 'CHANNEL_NO_MONEY',
				}),
				{ reason: 'channelUnpaid', vendor: 'wazzup', code: 'CHANNEL_NO_MONEY' },
			],
			[
				'a number that is not linked any more',
				new RequestFailure({
					vendor: 'whatsapp',
					kind: 'rejected',
					message: "The advisor's number +57 300 111 2233 is not linked any more",
				}),
				{ reason: 'numberUnlinked' },
			],
			['a message that nobody could send', new InvalidInput({ message: "'Body' is empty" }), { reason: 'unfit' }],
		])('P3, O4: thread and problems tell %s by its code, not in English', async (_case, error, failure) => {
			const id = await reply('Hola');
			await sendQueued(store, [ana.contactId], async () => {
				await Promise.resolve();
				throw error;
			});
			expect((await messages())[0]).toEqual(expect.objectContaining({ id, status: 'failed', failure }));
			const { rows } = await ask(store, boss, 'deadLetters');
			expect(rows).toEqual([expect.objectContaining({ id, kind: 'message', about: ana.channelId, why: failure })]);
		});

		test('P3, O4: what an execution said of itself is known again where it is ours, and quoted where it is not', async () => {
			const id = await reply('Hola');
			await sendQueued(store, [ana.contactId], async () => await Promise.resolve({ vendorId: 'wamid.out.7' }));
			const said = async (error: string) => {
				await store.db.updateTable('messages').set({ error: null }).where('id', '=', id).execute();
				await store.db.updateTable('outbox').set({ state: 'failed', error }).where('id', '=', id).execute();
				return (await ask(store, boss, 'deadLetters')).rows.map(({ why }) => why);
			};
			expect(await said('WhatsApp never said whether this message was sent')).toEqual([{ reason: 'neverConfirmed' }]);
			expect(await said('Slack: channel_not_found')).toEqual([{ said: 'Slack: channel_not_found' }]);
		});

		test('O4: a dead letter that is put away is listed no more, and on record', async () => {
			const id = await reply('Hola');
			await sendQueued(store, [ana.contactId], async () => {
				await Promise.resolve();
				throw new InvalidInput({ message: "'Text' is too long" });
			});
			expect((await ask(store, boss, 'deadLetters')).rows).toMatchObject([{ id, kind: 'message', conversationId }]);
			await command(store, boss, 'dismissDeadLetter', { deadLetterId: id, reason: 'ya llamé' });
			expect((await ask(store, boss, 'deadLetters')).rows).toEqual([]);
			const { rows } = await ask(store, boss, 'audit', { action: 'dead_letter.dismissed' });
			expect(rows).toMatchObject([{ actor: LAURA_GOMEZ, payload: { reason: 'ya llamé' } }]);
		});

		test('an edit shows the new words, a deletion none, and the first words stay on record', async () => {
			const first = messageFrom(ANA, 'quiero dos sillas', { at: now });
			const second = messageFrom(ANA, 'mi clave es 1234', { at: now + 1 });
			await receive(first, second);
			now += 1000;
			await receive(about('edit', first.id, { edited: { type: 'text', text: 'quiero tres sillas' } }));
			await receive(about('revoke', second.id));
			const [taken, edited] = await messages();
			expect(edited).toMatchObject({ text: 'quiero tres sillas', edited: true });
			expect(taken).toMatchObject({ deleted: true });
			expect(taken?.text).toBeUndefined();
			const kept = await store.db
				.selectFrom('messages')
				.select('content')
				.where('workspace_id', '=', store.workspaceId)
				.where('vendor_id', 'in', [first.id, second.id])
				.orderBy('at')
				.execute();
			expect(kept[0]?.content).toContain('quiero dos sillas');
			expect(kept[1]?.content).toContain('mi clave es 1234');
			expect((await ask(store, boss, 'conversations', { search: 'tres' })).rows).toHaveLength(1);
			expect((await ask(store, boss, 'conversations', { search: '1234' })).rows).toEqual([]);
		});

		test('a deletion that overtakes its message still hides it; a reaction is the newest one', async () => {
			const late = messageFrom(ANA, 'no lean esto', { at: now });
			await receive(about('revoke', late.id));
			await receive(late);
			const kept = messageFrom(ANA, 'gracias', { at: now + 5 });
			await receive(kept);
			await receive(about('reaction', kept.id, { reaction: { messageId: kept.id, emoji: '👍' } }));
			now += 10;
			await receive(about('reaction', kept.id, { reaction: { messageId: kept.id, emoji: '❤️' } }));
			const [thanks, hidden] = await messages();
			expect(thanks?.reactions).toEqual([{ emoji: '❤️', author: 'customer' }]);
			expect(hidden).toMatchObject({ deleted: true });
			expect((await ask(store, boss, 'conversations', { list: 'all' })).rows[0]?.unread).toBe(3);
		});

		test('P10: a quotation that is sent is asked about after 48 hours, once, unless the customer has written', async () => {
			await caseOf(store, ana, { requestId: 'c1' });
			const send = async () => {
				const bytes = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF');
				const file = { advisorId: boss.advisorId, filename: 'cotizacion.pdf', bytes };
				const { uploadId } = await storeUpload(store, file);
				await command(store, boss, 'reply', { conversationId, uploadIds: [uploadId] });
			};
			await send();
			await send();
			expect((await ask(store, boss, 'followUps')).rows).toMatchObject([
				{ kind: 'quotation_sent', dueAt: new Date(now + 48 * HOUR).toISOString() },
			]);
			now += 48 * HOUR;
			const looks = await Promise.all([collectDue(store, webhookId), collectDue(store, webhookId)]);
			const items = looks.flat().flatMap(({ items: found }) => found.filter(({ due }) => due === 'follow_up'));
			expect(items).toMatchObject([{ kind: 'quotation_sent', advisor: LAURA_GOMEZ, customer: 'Ana' }]);
			const rung = (await ask(store, boss, 'notifications')).rows.filter(({ kind }) => kind === 'follow_up.due');
			expect(rung).toHaveLength(1);
			expect(await takeTurns(store, [{ ...ana, due: 'follow_up' }])).toEqual([]);
			const [open] = (await ask(store, boss, 'followUps')).rows;
			await command(store, boss, 'endFollowUp', { followUpId: open?.id, state: 'done' });
			await receive(messageFrom(ANA, 'sigo pensando', { at: now }));
			await send();
			now += HOUR;
			await receive(messageFrom(ANA, 'me interesa', { at: now }));
			now += 48 * HOUR;
			await collectDue(store, webhookId);
			expect((await ask(store, boss, 'followUps')).rows).toEqual([]);
			expect(
				(await ask(store, boss, 'notifications')).rows.filter(({ kind }) => kind === 'follow_up.due'),
			).toHaveLength(1);
		});

		test('O12: what Meta bills is counted, and is money only by the rates of the profile', async () => {
			const id = await reply('Hola');
			await sendQueued(store, [ana.contactId], async () => await Promise.resolve({ vendorId: 'wamid.out.3' }));
			const pricing = { billable: true, category: 'utility' };
			await receive({ ...statusOf('wamid.out.3', 'sent', { callbackData: id }), pricing });
			const cost = async () => (await ask(store, boss, 'conversation', { conversationId })).cost;
			expect(await cost()).toEqual([{ kind: 'messages', amount: '0', currency: 'COP', count: 1 }]);
			const messagesCost = [{ category: 'utility', amount: '0.0008', currency: 'USD' }];
			await saveProfile(store, { ...profiles.prosuministros, costs: { messages: messagesCost } }, 'test');
			expect(await cost()).toEqual([{ kind: 'messages', amount: '0.0008', currency: 'USD', count: 1 }]);
		});

		test('the thread, the panel and the bitácora read by an index', async () => {
			await command(store, boss, 'note', { conversationId, text: 'nota' });
			await caseOf(store, ana, { requestId: 'c1' });
			await reply('Hola');
			await sendQueued(store, [ana.contactId], async () => await Promise.reject(new InvalidInput({ message: 'No' })));
			const { store: observed, assertNoScan } = watched(store);
			const page = await ask(observed, boss, 'thread', { conversationId, limit: 1 });
			await ask(observed, boss, 'thread', { conversationId, before: page.nextCursor });
			await ask(observed, boss, 'conversation', { conversationId });
			await ask(observed, boss, 'audit', { conversationId });
			await ask(observed, boss, 'audit', { search: 'opened' });
			await ask(observed, boss, 'followUps', { list: 'all' });
			await ask(observed, boss, 'notifications');
			await ask(observed, boss, 'deadLetters');
			await ask(observed, boss, 'advisors');
			await ask(observed, boss, 'cannedAnswers');
			const said = page.rows.find(({ kind }) => kind === 'message');
			if (said) await ask(observed, boss, 'explanation', { messageId: said.id });
			expect(channel.phoneNumberId).toBe(ana.channelId);
			await assertNoScan();
		});
	});
});
