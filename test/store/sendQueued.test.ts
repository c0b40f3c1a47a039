import { InvalidInput } from '../../nodes/shared/domain/invalidInput';
import { RequestFailure, type FailureKind } from '../../nodes/shared/http/failure';
import type { OutboundMessage } from '../../nodes/shared/domain/messages/outbound';
import { getConversation, type ConversationRow } from '../../nodes/shared/store/repositories/conversations';
import type { Store } from '../../nodes/shared/store/store';
import { collectDue } from '../../nodes/shared/usecases/emit/due';
import { queueMessage } from '../../nodes/shared/usecases/send/queueMessage';
import { receiveEvents } from '../../nodes/shared/usecases/receive/receiveEvents';
import { sendQueued, type MessageSender, type Sendable } from '../../nodes/shared/usecases/send/sendQueued';
import { messageFrom, statusOf, webhookId } from '../support/events';
import { eachDatabase } from '../support/stores';

const emit = { messages: true, statuses: false, echoes: false, account: false };
const start = 1_760_000_000_000;

function failure(kind: FailureKind, retryAfterMs?: number): RequestFailure {
	return new RequestFailure({ vendor: 'whatsapp', kind, message: `It was ${kind}`, retryAfterMs });
}

/** A vendor that answers as told, and keeps what it was asked to send. */
function vendor(answers: Array<Error | 'accept'> = []): { sent: Sendable[]; send: MessageSender } {
	const sent: Sendable[] = [];
	return {
		sent,
		send: async (sendable) => {
			sent.push(sendable);
			const answer = answers.shift() ?? 'accept';
			if (answer instanceof Error) throw answer;
			return await Promise.resolve({ vendorId: `wamid.out.${sendable.outboxId}` });
		},
	};
}

eachDatabase((name, open) => {
	describe(`the send queue on ${name}`, () => {
		let now: number;
		let store: Store;
		let conversation: ConversationRow;

		async function customerWrites(text: string, waId = '573001234567'): Promise<ConversationRow> {
			await receiveEvents(store, {
				webhookId,
				vendor: 'whatsapp',
				emit,
				events: [messageFrom(waId, text, { at: now })],
			});
			const contact = await store.db
				.selectFrom('contacts')
				.select('id')
				.where('workspace_id', '=', store.workspaceId)
				.where('phone', '=', `+${waId}`)
				.executeTakeFirstOrThrow();
			const row = await store.db
				.selectFrom('conversations')
				.selectAll()
				.where('contact_id', '=', contact.id)
				.executeTakeFirstOrThrow();
			return row;
		}

		async function queue(texts: string[], options: { requestId?: string; cancelOnReply?: boolean } = {}) {
			const current = (await getConversation(store.db, store.workspaceId, conversation.id)) ?? conversation;
			return await store.transaction(async (tx) => {
				const ids: string[] = [];
				for (const [sequence, text] of texts.entries()) {
					const message: OutboundMessage = { type: 'text', text };
					ids.push(
						await queueMessage(tx, store, current, {
							message,
							requestId: options.requestId ?? 'turn-1',
							sequence,
							author: 'bot',
							owner: store.bootId,
							cancelOnReply: options.cancelOnReply,
						}),
					);
				}
				return ids;
			});
		}

		async function outbox(id: string) {
			return await store.db.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
		}

		/** Kinds of due work that carry this contact's sends. */
		async function dueSends(): Promise<number> {
			const emissions = await collectDue(store, webhookId);
			return emissions.flatMap((emission) => emission.items).filter((item) => item.due === 'outbox').length;
		}

		beforeEach(async () => {
			now = start;
			store = await open({ clock: () => now });
			conversation = await customerWrites('hola');
		});
		afterEach(async () => await store.close());

		it('sends in order, addressed to the person, and records the wamid', async () => {
			const [first, second] = await queue(['uno', 'dos']);
			const { sent, send } = vendor();
			await sendQueued(store, [conversation.contact_id], send);

			expect(sent.map((sendable) => sendable.message)).toEqual([
				{ type: 'text', text: 'uno' },
				{ type: 'text', text: 'dos' },
			]);
			expect(sent[0]?.to).toMatchObject({ waId: '573001234567' });
			expect(await outbox(first ?? '')).toMatchObject({ state: 'accepted', vendor_id: `wamid.out.${first}` });
			expect(await outbox(second ?? '')).toMatchObject({ state: 'accepted' });
		});

		it('three drains at once send each message once', async () => {
			await queue(['uno', 'dos', 'tres']);
			const { sent, send } = vendor();
			await Promise.all([1, 2, 3].map(async () => await sendQueued(store, [conversation.contact_id], send)));

			expect(sent.map((sendable) => sendable.outboxId)).toHaveLength(3);
			expect(new Set(sent.map((sendable) => sendable.outboxId)).size).toBe(3);
		});

		it.each([
			{ kind: 'not_sent', state: 'queued', pause: 1_000 },
			{ kind: 'temporary', state: 'queued', pause: 1_000 },
			{ kind: 'rate_limited', retryAfterMs: 4_000, state: 'queued', pause: 4_000 },
			{ kind: 'unauthorized', state: 'queued', pause: 300_000 },
			{ kind: 'rejected', state: 'failed', pause: undefined },
			{ kind: 'unknown_outcome', state: 'unknown', pause: undefined },
		] as const)('O4: $kind leaves the row $state', async ({ kind, state, pause, ...answer }) => {
			const [id] = await queue(['uno']);
			await sendQueued(
				store,
				[conversation.contact_id],
				vendor([failure(kind, 'retryAfterMs' in answer ? answer.retryAfterMs : undefined)]).send,
			);

			const row = await outbox(id ?? '');
			expect(row.state).toBe(state);
			if (pause !== undefined) expect(row.ready_at).toBe(now + pause);
		});

		it('O4: refused three times (1 s, 30 s) it goes to the dead letter with the reason', async () => {
			const [id] = await queue(['uno']);
			const { sent, send } = vendor([failure('not_sent'), failure('not_sent'), failure('not_sent')]);
			for (const pause of [0, 1_000, 30_000]) {
				now += pause;
				await sendQueued(store, [conversation.contact_id], send);
			}

			expect(sent).toHaveLength(3);
			expect(await outbox(id ?? '')).toMatchObject({ state: 'failed', error: 'It was not_sent' });
			now += 600_000;
			expect(await dueSends()).toBe(0);
		});

		it('a message that breaks a limit fails in words and does not stop the next one', async () => {
			const [bad, good] = await queue(['malo', 'bueno']);
			const { send } = vendor([new InvalidInput({ message: "'Text' has 5000 characters, WhatsApp allows 4096" })]);
			await sendQueued(store, [conversation.contact_id], send);

			expect(await outbox(bad ?? '')).toMatchObject({ state: 'failed', error: expect.stringContaining('4096') });
			expect(await outbox(good ?? '')).toMatchObject({ state: 'accepted' });
		});

		it('POST repeated after a timeout: an unknown send is not repeated, a status that carries our id settles it', async () => {
			const [id] = await queue(['uno']);
			const { sent, send } = vendor([failure('unknown_outcome')]);
			await sendQueued(store, [conversation.contact_id], send);
			await sendQueued(store, [conversation.contact_id], send);
			expect(sent).toHaveLength(1);

			await receiveEvents(store, {
				webhookId,
				vendor: 'whatsapp',
				emit,
				events: [statusOf('wamid.late', 'delivered', { callbackData: id })],
			});

			expect(await outbox(id ?? '')).toMatchObject({ state: 'accepted', vendor_id: 'wamid.late' });
			now += 700_000;
			expect(await dueSends()).toBe(0);
		});

		it('an unknown send is sent once more after 120 s when webhooks flow, marked as a possible duplicate, never twice more', async () => {
			const [id] = await queue(['uno']);
			const { sent, send } = vendor([failure('unknown_outcome'), failure('unknown_outcome')]);
			await sendQueued(store, [conversation.contact_id], send);
			now += 10_000;
			await customerWrites('¿sí?', '573009999999');
			now += 60_000;
			expect(await dueSends()).toBe(0);
			now += 60_000;
			expect(await dueSends()).toBe(1);
			await sendQueued(store, [conversation.contact_id], send);
			expect(sent).toHaveLength(2);
			expect(await outbox(id ?? '')).toMatchObject({ possible_duplicate: 1 });

			now += 700_000;
			expect(await dueSends()).toBe(0);
			expect(await outbox(id ?? '')).toMatchObject({ state: 'failed' });
		});

		it('without any webhook an unknown send waits ten minutes', async () => {
			await queue(['uno']);
			const { send } = vendor([failure('unknown_outcome')]);
			now += 1;
			await sendQueued(store, [conversation.contact_id], send);
			now += 130_000;
			expect(await dueSends()).toBe(0);
			now += 480_000;
			expect(await dueSends()).toBe(1);
		});

		it('an unknown send is given up when the customer has written since', async () => {
			const [id] = await queue(['uno']);
			await sendQueued(store, [conversation.contact_id], vendor([failure('unknown_outcome')]).send);
			now += 130_000;
			await customerWrites('ya no');
			now += 1_000;
			expect(await dueSends()).toBe(0);
			expect(await outbox(id ?? '')).toMatchObject({ state: 'failed' });
		});

		it('an unknown holds back later messages of its own turn for 15 s, and no other turn', async () => {
			await queue(['uno', 'dos']);
			await queue(['de otro turno'], { requestId: 'turn-2' });
			const { sent, send } = vendor([failure('unknown_outcome')]);
			await sendQueued(store, [conversation.contact_id], send);
			expect(sent.map((sendable) => (sendable.message as { text: string }).text)).toEqual(['uno', 'de otro turno']);

			now += 15_000;
			expect(await dueSends()).toBe(1);
			await sendQueued(store, [conversation.contact_id], send);
			expect(sent).toHaveLength(3);
		});

		it('what a process was sending when it died is unknown, what it only carried is sent by the next', async () => {
			const [sending, carried] = await queue(['uno', 'dos']);
			await store.db
				.updateTable('outbox')
				.set({ state: 'sending', owner: 'dead', claimed_at: now })
				.where('id', '=', sending ?? '')
				.execute();
			await store.db
				.updateTable('outbox')
				.set({ owner: 'dead' })
				.where('id', '=', carried ?? '')
				.execute();
			now += 16_000;
			expect(await dueSends()).toBe(1);
			const { sent, send } = vendor();
			await sendQueued(store, [conversation.contact_id], send);

			expect(sent.map((sendable) => sendable.outboxId)).toEqual([carried]);
			expect(await outbox(sending ?? '')).toMatchObject({ state: 'unknown' });
		});

		it('what nobody sent within 30 s is brought back by Due', async () => {
			await queue(['uno']);
			expect(await dueSends()).toBe(0);
			now += 30_000;
			expect(await dueSends()).toBe(1);
			expect(await dueSends()).toBe(0);
		});

		it('reminder after the customer answered: it is cancelled', async () => {
			const [id] = await queue(['¿Sigues ahí?'], { cancelOnReply: true });
			now += 1_000;
			await customerWrites('sí, aquí');
			const { sent, send } = vendor();
			await sendQueued(store, [conversation.contact_id], send);

			expect(sent).toHaveLength(0);
			expect(await outbox(id ?? '')).toMatchObject({ state: 'cancelled' });
		});

		it('outside the 24-hour window nothing free-form is sent', async () => {
			const [id] = await queue(['tarde']);
			now += 24 * 3_600_000;
			const { sent, send } = vendor();
			await sendQueued(store, [conversation.contact_id], send);

			expect(sent).toHaveLength(0);
			expect(await outbox(id ?? '')).toMatchObject({ state: 'failed', error: expect.stringContaining('131047') });
		});
	});
});
