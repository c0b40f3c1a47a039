import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import { auditOfChain } from '../../nodes/shared/store/repositories/auditLog';
import { updateContact } from '../../nodes/shared/store/repositories/contacts';
import type { Store } from '../../nodes/shared/store/store';
import { answerTurn, type AnsweredTurn } from '../../nodes/shared/usecases/assistant/answerTurn';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { collectDue } from '../../nodes/shared/usecases/emit/due';
import { claimEmission, finishEmission } from '../../nodes/shared/usecases/emit/emissions';
import type { ItemJson } from '../../nodes/shared/usecases/emit/items';
import { openCase } from '../../nodes/shared/usecases/cases/openCase';
import { receiveEvents } from '../../nodes/shared/usecases/receive/receiveEvents';
import { takeTurns } from '../../nodes/shared/usecases/dialogue/takeTurns';
import type { BotInput, BotItem } from '../../nodes/shared/usecases/dialogue/turnContext';
import { messageFrom, webhookId } from '../support/events';
import { customerWho, type Customer } from '../support/records';
import { eachDatabase } from '../support/stores';

const SECOND = 1_000;
const WAIT = 45 * SECOND;
const LAURA = '573001112233';
const PEDRO = '573004445566';
const QUESTION = '¿Cómo va mi pedido de impresoras?';
const ANSWER = 'Tu pedido sale mañana, Laura.';
const HAND_OVER = '[PERSONA]';

eachDatabase((name, open) => {
	describe(`S11 the assistant on ${name}`, () => {
		let now: number;
		let store: Store;
		let laura: Customer;
		let pedro: Customer;
		let wait: number;

		beforeEach(async () => {
			now = Date.parse('2026-03-10T15:00:00Z');
			wait = WAIT;
			store = await open({ clock: () => now });
			await saveProfile(store, { ...profiles.prosuministros, answerDelayMs: 0 }, 'test');
			laura = await known(LAURA, 'Laura Díaz');
			pedro = await known(PEDRO, 'Pedro Gil');
		});

		/** A customer whom the dialogue has got to know, and of whom it wants nothing. */
		async function known(waId: string, fullName: string): Promise<Customer> {
			const customer = await customerWho(store, waId, 'hola');
			await work();
			await store.transaction(async (tx) => await updateContact(tx, store, customer.contactId, { name: fullName }));
			await store.db
				.updateTable('conversations')
				.set({ state: null, mode: 'bot', wake_at: null })
				.where('id', '=', customer.conversationId)
				.execute();
			return customer;
		}

		async function writes(waId: string, text: string): Promise<BotItem[]> {
			now += SECOND;
			const emit = { messages: true, statuses: false, echoes: false, account: false };
			await receiveEvents(store, {
				webhookId,
				vendor: 'whatsapp',
				emit,
				events: [messageFrom(waId, text, { at: now })],
			});
			return await work();
		}

		/** Everything that waits goes through Bot Conversation, as the trigger would bring it. */
		async function work(): Promise<BotItem[]> {
			const found: BotItem[] = [];
			const converse = async (items: readonly ItemJson[] = []) =>
				await takeTurns(
					store,
					items.map(({ crm }) => crm as BotInput),
					{ assistantWaitMs: wait },
				);
			for (;;) {
				const emission = await claimEmission(store, webhookId, 100);
				if (emission) {
					found.push(...(await converse(emission.items.messages)));
					await finishEmission(store, emission.id);
				}
				const due = await collectDue(store, webhookId);
				for (const { items, id } of due) {
					found.push(...(await converse(items.filter(({ due: kind }) => kind === 'turn'))));
					await finishEmission(store, id);
				}
				if (!emission && due.every(({ items }) => items.every(({ due: kind }) => kind !== 'turn'))) return found;
			}
		}

		const handedOut = (items: readonly BotItem[]): ItemJson[] =>
			items.filter(({ output }) => output === 'assistant').map(({ json }) => json);
		const asked = async (text = QUESTION): Promise<ItemJson> => {
			const [item] = handedOut(await writes(LAURA, text));
			if (item === undefined) throw new Error('The assistant was not asked');
			return item;
		};
		const turnOf = ({ crm }: ItemJson): string => String((crm as ItemJson).requestId);
		const say = async (item: ItemJson, text: string, who = laura): Promise<AnsweredTurn> =>
			await answerTurn(store, {
				turnId: turnOf(item),
				contactId: who.contactId,
				conversationId: who.conversationId,
				text,
				handOver: HAND_OVER,
			});
		const said = async (who = laura): Promise<string[]> => {
			const rows = await store.db
				.selectFrom('outbox')
				.select('message')
				.where('contact_id', '=', who.contactId)
				.orderBy('id')
				.execute();
			return rows.map(({ message }) => (JSON.parse(message) as { text?: string }).text ?? '');
		};
		const modeOf = async (who = laura) =>
			(
				await store.db
					.selectFrom('conversations')
					.select('mode')
					.where('id', '=', who.conversationId)
					.executeTakeFirst()
			)?.mode;

		test('a question leaves once, with what was said before and the customer’s own cases, and the dialogue waits', async () => {
			const made = await openCase(store, {
				contactId: laura.contactId,
				conversationId: laura.conversationId,
				requestId: 'case-laura',
				type: 'order_status',
				area: 'sales',
				subject: 'impresoras',
				fields: {},
				attachments: [],
				createLead: false,
			});
			const before = await said();
			const item = await asked();

			expect(item).toMatchObject({
				question: QUESTION,
				customer: 'Laura Díaz',
				history: expect.stringContaining('Customer: hola'),
				cases: [{ number: made.case.number, subject: 'impresoras' }],
				crm: { contactId: laura.contactId, conversationId: laura.conversationId },
			});
			expect(JSON.stringify(item)).not.toContain('Pedro');
			expect(handedOut(await work())).toEqual([]);
			expect(await said()).toEqual(before);
		});

		test('its answer is queued once, however often it comes, and the dialogue says nothing more', async () => {
			const item = await asked();
			const before = (await said()).length;
			const results = await Promise.all([say(item, ANSWER), say(item, ANSWER), say(item, 'otra cosa')]);

			expect(new Set(results.flatMap(({ outboxIds }) => outboxIds)).size).toBe(1);
			expect(results.map(({ outcome }) => outcome)).toEqual(['answered', 'answered', 'answered']);
			now += 10 * WAIT;
			await work();
			expect((await said()).slice(before)).toHaveLength(1);
			const lines = await auditOfChain(store.db, store.workspaceId, laura.contactId, { limit: 100 });
			expect(lines.filter(({ action }) => action === 'assistant.answered')).toHaveLength(1);
		});

		test.each([
			['says nothing', ''],
			['writes a tool call instead', '{"tool":"refund"}'],
		])('an assistant that %s: the dialogue answers at once', async (_what, text) => {
			const item = await asked();
			const before = (await said()).length;
			expect(await say(item, text)).toMatchObject({ outcome: 'failed', outboxIds: [] });
			const items = await work();
			expect(handedOut(items)).toEqual([]);
			expect((await said()).length).toBeGreaterThan(before);
			expect((await said()).join('\n')).not.toContain('tool');
		});

		test('an assistant that never answers, or died: the dialogue answers when its time is over, and it comes too late', async () => {
			const item = await asked();
			const before = (await said()).length;
			now += WAIT - 1;
			expect(await work()).toEqual([]);
			now += 1;
			expect(handedOut(await work())).toEqual([]);
			const answered = await said();
			expect(answered.length).toBeGreaterThan(before);
			expect(await say(item, ANSWER)).toEqual({ outcome: 'late', outboxIds: [] });
			expect(await said()).toEqual(answered);
		});

		test('unsure: a person gets it by the dialogue’s own words, and the assistant is silent from then on', async () => {
			const item = await asked();
			expect(await say(item, `No lo sé. ${HAND_OVER}`)).toMatchObject({ outcome: 'person', reason: 'unsure' });
			const items = await work();
			expect(items.find(({ output }) => output === 'handoff')?.json).toMatchObject({
				kind: 'handoff',
				reason: 'assistant_unsure',
			});
			expect(await modeOf()).toBe('waiting');
			expect((await said()).at(-1)).not.toContain(HAND_OVER);
			expect(handedOut(await writes(LAURA, QUESTION))).toEqual([]);
		});

		test('what is written meanwhile waits, and is its next turn after the answer', async () => {
			const item = await asked();
			expect(await writes(LAURA, '¿y el pago de la semana pasada?')).toEqual([]);
			expect(await say(item, ANSWER)).toMatchObject({ outcome: 'answered' });
			const [next] = handedOut(await work());
			expect(next).toMatchObject({
				question: '¿y el pago de la semana pasada?',
				history: expect.stringContaining(`Business: ${ANSWER}`),
			});
			expect(turnOf(next ?? {})).not.toBe(turnOf(item));
		});

		test('a person who took the conversation meanwhile has it: the answer is not said', async () => {
			const item = await asked();
			const before = await said();
			await store.db
				.updateTable('conversations')
				.set({ mode: 'human' })
				.where('id', '=', laura.conversationId)
				.execute();
			expect(await say(item, ANSWER)).toMatchObject({ outcome: 'failed', reason: 'has_person' });
			await work();
			expect(await said()).toEqual(before);
		});

		test('B16: who opted out meanwhile, or whose window closed, gets nothing from it', async () => {
			const item = await asked();
			await store.transaction(async (tx) => await updateContact(tx, store, laura.contactId, { opted_out_at: now }));
			expect(await say(item, ANSWER)).toMatchObject({ outcome: 'failed', reason: 'opted_out', outboxIds: [] });

			await store.transaction(async (tx) => await updateContact(tx, store, laura.contactId, { opted_out_at: null }));
			await work();
			wait = 100 * 3_600_000;
			const later = handedOut(await writes(PEDRO, QUESTION))[0] ?? {};
			now += 25 * 3_600_000;
			expect(await say(later, ANSWER, pedro)).toMatchObject({ outcome: 'failed', reason: 'window_closed' });
		});

		test.each([
			['the number of another’s case', async () => `Pedro tiene el caso ${await caseOfPedro()}.`, 'case_of_another'],
			['another’s phone', async () => await Promise.resolve('Su teléfono es 300 444 5566.'), 'number_of_another'],
			[
				'another’s phone as WhatsApp writes it',
				async () => await Promise.resolve('Escríbele al +573004445566.'),
				'number_of_another',
			],
			[
				'an address that the business never gave',
				async () => await Promise.resolve('Paga en https://pagos-falsos.example/x'),
				'unknown_link',
			],
		])('C4: an answer with %s is not said; a person gets the conversation', async (_what, textOf, reason) => {
			const text = await textOf();
			const item = await asked();
			expect(await say(item, text)).toMatchObject({ outcome: 'person', reason, outboxIds: [] });
			await work();
			expect((await said()).join('\n')).not.toContain(text);
			expect(await modeOf()).toBe('waiting');
		});

		async function caseOfPedro(): Promise<string> {
			const made = await openCase(store, {
				contactId: pedro.contactId,
				conversationId: pedro.conversationId,
				requestId: 'case-pedro',
				type: 'support',
				area: 'support',
				subject: 'no enciende',
				fields: {},
				attachments: [],
				createLead: false,
			});
			return made.case.number.toLowerCase();
		}

		test('C4: an answer for another’s turn, or for a turn that never was, is too late for everybody', async () => {
			const item = await asked();
			const before = await said(pedro);
			expect(await say(item, ANSWER, pedro)).toEqual({ outcome: 'late', outboxIds: [] });
			expect(await say({ crm: { requestId: 'constructor' } }, ANSWER)).toEqual({ outcome: 'late', outboxIds: [] });
			const crossed = { turnId: turnOf(item), contactId: pedro.contactId, conversationId: laura.conversationId };
			expect(await answerTurn(store, { ...crossed, text: ANSWER, handOver: HAND_OVER })).toMatchObject({
				outcome: 'late',
			});
			expect(await said(pedro)).toEqual(before);
			expect(await say(item, ANSWER)).toMatchObject({ outcome: 'answered' });
		});

		test('without an assistant nothing of this happens, also for a turn that was handed out before', async () => {
			await asked();
			wait = 0;
			now += WAIT;
			const before = (await said()).length;
			expect(handedOut(await work())).toEqual([]);
			expect((await said()).length).toBeGreaterThan(before);
		});
	});
});
