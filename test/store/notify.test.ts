import { collectDue } from '../../nodes/shared/usecases/emit/due';
import { assignConversation } from '../../nodes/shared/usecases/team/assignConversation';
import { changeConversation } from '../../nodes/shared/usecases/dialogue/conversationMode';
import { claimEmission } from '../../nodes/shared/usecases/emit/emissions';
import { takeTurns } from '../../nodes/shared/usecases/dialogue/takeTurns';
import type { BotInput } from '../../nodes/shared/usecases/dialogue/turnContext';
import { markNotifications } from '../../nodes/shared/usecases/notify/markNotifications';
import { BridgeDesk, BRUNO, CAROLINA, DIANA, LAURA } from '../support/bridgeDesk';
import { webhookId } from '../support/events';
import { eachDatabase } from '../support/stores';

const MINUTE = 60_000;
const NEVER_REMINDED = { firstReminderMinutes: 600, secondReminderMinutes: 660 };

type Options = Parameters<typeof BridgeDesk.open>[1];

eachDatabase((name, open) => {
	describe(`who is told on ${name}`, () => {
		const desk = async (options: Options = {}): Promise<BridgeDesk> =>
			await BridgeDesk.open(open, {
				...options,
				profile: { bridge: { enabled: false }, times: NEVER_REMINDED, ...options.profile },
			});

		const told = async (made: BridgeDesk) =>
			await made.store.db
				.selectFrom('notifications')
				.innerJoin('advisors', 'advisors.id', 'notifications.advisor_id')
				.select(['advisors.name', 'notifications.kind', 'notifications.text', 'notifications.created_at'])
				.where('notifications.workspace_id', '=', made.store.workspaceId)
				.orderBy('notifications.id')
				.execute();

		describe('B14: every trigger reaches a person', () => {
			const introduced = ['hola', 'Laura Gómez Restrepo', '1020304050'];
			const long =
				'bueno mira te cuento que el otro día estuve pensando en todo eso que hablamos con mi primo y la verdad no sé bien';
			const triggers: ReadonlyArray<{
				readonly reason: string;
				readonly text: RegExp;
				readonly messages: readonly string[];
				readonly handoff?: { readonly leadScore?: number; readonly stalledTurns?: number };
			}> = [
				{
					reason: 'asked for a person',
					text: /Pidió hablar con una persona/,
					messages: ['quiero hablar con una persona'],
				},
				{ reason: 'complaint', text: /Tiene una queja/, messages: ['Esto es pésimo, quiero poner una queja'] },
				{ reason: 'insult', text: /Está molesto|Tiene una queja/, messages: ['son unos ladrones hijueputas'] },
				{
					reason: 'formal quotation',
					text: /20 portátiles/,
					messages: [...introduced, 'necesito cotizar 20 portátiles', 'formal'],
				},
				{
					reason: 'lead score over the limit',
					text: /impresoras/,
					messages: [
						...introduced,
						'1',
						'50 impresoras urgente para hoy, presupuesto 20 millones',
						'solo información general',
					],
					handoff: { leadScore: 1 },
				},
				{
					reason: 'more than the limit of turns without progress',
					text: /El bot no logró avanzar/,
					messages: [...introduced, 'menú', 'menú', 'menú', 'menú', 'menú', 'menú', 'menú'],
				},
				{
					reason: 'repeatedly not understood',
					text: /El bot no le entendió/,
					messages: [...introduced, long, 'blablu', 'blablu'],
				},
				{
					reason: 'wants another number',
					text: /./,
					messages: ['pásame a otro número de ustedes por favor, transfiéreme al otro whatsapp'],
				},
			];

			test.each(triggers)('$reason', async ({ text, messages, handoff }) => {
				const made = await desk({ profile: { handoff } });
				for (const message of messages) await made.says(LAURA, message);
				const rows = await told(made);
				expect(rows.map((row) => row.text).join('\n')).toMatch(text);
			});

			test('two voice notes that nobody could read', async () => {
				const made = await desk();
				for (const mediaId of ['1', '2'])
					await made.says(LAURA, '', { media: { type: 'voice', mediaId, mimeType: 'audio/ogg' } });
				expect((await told(made)).length).toBeGreaterThan(0);
			});

			test('nobody on duty in the area: whoever leads is told, once, and nobody is named', async () => {
				const made = await desk({
					team: [
						{ name: 'Diana Torres', areas: ['support'], role: 'supervisor' },
						{ name: 'Eva', areas: ['support'] },
					],
				});
				await made.says(LAURA, 'quiero hablar con una persona');
				expect(await told(made)).toMatchObject([{ name: 'Diana Torres', kind: 'conversation.escalated' }]);
				expect((await made.conversation(LAURA)).owner_advisor_id).toBeNull();
			});

			test('a team without a supervisor is told as a whole', async () => {
				const made = await desk({
					team: [
						{ name: 'Ana', areas: ['support'] },
						{ name: 'Eva', areas: ['finance'] },
					],
				});
				await made.says(LAURA, 'quiero hablar con una persona');
				expect((await told(made)).map((row) => row.name).sort()).toEqual(['Ana', 'Eva']);
			});
		});

		test('B14: a complaint is with a person within 20 seconds of its arrival, answer delay included', async () => {
			const made = await desk({ profile: { answerDelayMs: 1_500 } });
			const arrived = made.now;
			await made.receive(made.event(LAURA, 'Estoy muy molesta, quiero poner una queja formal'));
			for (let second = 0; second < 20 && (await told(made)).length === 0; second += 1) {
				await made.look();
				made.pass(1_000);
			}
			const [first] = await told(made);
			expect(first).toMatchObject({ kind: 'conversation.take_over', text: 'Tiene una queja' });
			expect((first?.created_at ?? Infinity) - arrived).toBeLessThanOrEqual(20_000);
		});

		describe('D13: a customer who waits too long', () => {
			const waiting = { handoff: { waitingMinutes: 10, waitingInHoursOnly: false } };
			async function handedOver(options: Options = {}): Promise<BridgeDesk> {
				const made = await desk({ ...options, profile: { ...waiting, ...options.profile } });
				await made.says(LAURA, 'quiero hablar con una persona');
				return made;
			}

			test('goes to the next on duty, then the supervisor is told: once each', async () => {
				const made = await handedOver();
				expect((await told(made)).map((row) => row.name)).toEqual(['Bruno Díaz']);
				await made.wait(9 * MINUTE);
				expect(await told(made)).toHaveLength(1);
				await made.wait(2 * MINUTE);
				expect((await told(made)).slice(1)).toMatchObject([
					{ name: 'Carolina Rojas', kind: 'conversation.unanswered' },
				]);
				expect(await made.conversation(LAURA)).toMatchObject({
					mode: 'waiting',
					owner_advisor_id: await made.advisorId('Carolina Rojas'),
				});
				await made.work();
				expect(await told(made)).toHaveLength(2);
				await made.wait(11 * MINUTE);
				expect((await told(made)).slice(2)).toMatchObject([{ name: 'Diana Torres', kind: 'conversation.escalated' }]);
				for (let step = 0; step < 5; step += 1) await made.wait(11 * MINUTE);
				expect(await told(made)).toHaveLength(3);
				expect((await made.actions()).filter((action) => action === 'conversation.escalated')).toHaveLength(1);
			});

			test('stops when somebody takes it and answers', async () => {
				const made = await handedOver();
				await changeConversation(made.store, {
					conversationId: (await made.conversation(LAURA)).id,
					act: 'wrote',
					actor: 'advisor:bruno',
				});
				for (let step = 0; step < 5; step += 1) await made.wait(11 * MINUTE);
				expect(await told(made)).toHaveLength(1);
			});

			test('O6: survives a restart: what is due is found by whoever starts next', async () => {
				const made = await handedOver();
				made.pass(30 * MINUTE);
				const other = await open({ clock: () => made.now, bootId: 'the-next-process' });
				const due = await collectDue(other, webhookId);
				expect(due.flatMap(({ items }) => items)).not.toEqual([]);
			});

			test('B17: only opening hours count where the profile says so', async () => {
				const hours = { week: { monday: [{ from: '08:00', to: '17:00' }], tuesday: [{ from: '08:00', to: '17:00' }] } };
				// Monday 16:55 in Bogotá: five minutes are left, the rest counts on Tuesday from eight.
				const made = await handedOver({
					at: '2026-03-09T21:55:00Z',
					profile: {
						hours,
						times: { handoffIdleHours: 48 },
						handoff: { waitingMinutes: 10, waitingInHoursOnly: true },
					},
				});
				await made.wait(12 * 60 * MINUTE);
				expect(await told(made)).toHaveLength(1);
				// Tuesday 08:06.
				await made.wait(Date.parse('2026-03-10T13:06:00Z') - made.now);
				expect(await told(made)).toHaveLength(2);
			});

			test('a person who has it and does not answer is a wait too: nobody has it until somebody accepts', async () => {
				const made = await handedOver({ profile: { bridge: { enabled: true } } });
				for (const advisor of [CAROLINA, BRUNO, DIANA]) await made.says(advisor, 'hola');
				const bruno = await made.advisorId('Bruno Díaz');
				const { id: conversationId } = await made.conversation(LAURA);
				await changeConversation(made.store, { conversationId, act: 'wrote', actor: `advisor:${bruno}` });
				await made.says(LAURA, '¿Hay novedades?');
				await made.wait(11 * MINUTE);
				expect((await told(made)).at(-1)).toMatchObject({ name: 'Carolina Rojas', kind: 'conversation.unanswered' });
				expect(await made.conversation(LAURA)).toMatchObject({ mode: 'waiting' });
				await made.wait(60 * MINUTE);
				expect((await told(made)).at(-1)).toMatchObject({ name: 'Diana Torres' });
			});

			test('zero minutes: nobody is told again', async () => {
				const made = await handedOver({ profile: { handoff: { waitingMinutes: 0 } } });
				for (let step = 0; step < 5; step += 1) await made.wait(60 * MINUTE);
				expect(await told(made)).toHaveLength(1);
			});
		});

		test('P6: a notice that no turn made leaves as an item of the workflow, and assigning it tells nobody twice', async () => {
			const made = await desk({ profile: { handoff: { waitingMinutes: 10, waitingInHoursOnly: false } } });
			await made.says(LAURA, 'quiero hablar con una persona');
			await made.wait(11 * MINUTE);
			made.pass(11 * MINUTE);
			const due = await collectDue(made.store, webhookId);
			const items = due.flatMap((emission) => emission.items);
			expect(items).toEqual([expect.objectContaining({ due: 'effect' })]);
			const { requestId } = items[0]?.crm as { requestId: string };
			const effect = await made.store.db
				.selectFrom('effects')
				.selectAll()
				.where('id', '=', requestId)
				.executeTakeFirstOrThrow();
			const payload = JSON.parse(effect.payload) as { caseRequestId: string; area: string; reason: string };
			const conversation = await made.conversation(LAURA);
			const before = (await told(made)).length;
			for (let again = 0; again < 2; again += 1) {
				const { advisor } = await assignConversation(made.store, {
					contactId: conversation.contact_id,
					conversationId: conversation.id,
					requestId,
					area: payload.area,
					reason: payload.reason,
					caseRequestId: payload.caseRequestId,
					strength: 'notify',
				});
				expect(advisor?.name).toBe('Diana Torres');
			}
			expect(await told(made)).toHaveLength(before);
		});

		test('a notification that was read before it left is not sent to the phone', async () => {
			const made = await BridgeDesk.open(open);
			await made.says(BRUNO, 'hola');
			await made.receive(made.event(LAURA, 'quiero hablar con una persona'));
			const count = made.to(BRUNO).length;
			const emission = await claimEmission(made.store, webhookId, 100);
			const inputs = (emission?.items.messages ?? []).map((item) => item.crm as BotInput);
			const items = await takeTurns(made.store, inputs);
			const handoff = items.find(({ output }) => output === 'handoff');
			const conversation = await made.conversation(LAURA);
			await assignConversation(made.store, {
				contactId: conversation.contact_id,
				conversationId: conversation.id,
				requestId: (handoff?.json.crm as { requestId: string }).requestId,
				area: 'sales',
				reason: 'asked_for_person',
				strength: 'take_over',
			});
			expect(await told(made)).toMatchObject([{ name: 'Bruno Díaz' }]);
			// The bell was seen in the inbox before the bridge looked.
			await markNotifications(made.store, { advisorId: await made.advisorId('Bruno Díaz') });
			await made.work();
			expect(made.to(BRUNO)).toHaveLength(count);
		});
	});
});
