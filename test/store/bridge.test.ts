import { InvalidInput } from '../../nodes/shared/domain/invalidInput';
import { auditOfChain, firstBrokenLine } from '../../nodes/shared/store/repositories/auditLog';
import { openBridgeOf, pruneBridgeTasks } from '../../nodes/shared/store/repositories/bridges';
import { listDeadLetters } from '../../nodes/shared/store/repositories/deadLetters';
import { runDueTasks } from '../../nodes/shared/usecases/bridge/runTasks';
import { askForTask } from '../../nodes/shared/usecases/bridge/tasks';
import { changeConversation } from '../../nodes/shared/usecases/dialogue/conversationMode';
import { collectDue } from '../../nodes/shared/usecases/emit/due';
import { claimEmission, failEmission } from '../../nodes/shared/usecases/emit/emissions';
import { erasePerson } from '../../nodes/shared/usecases/contacts/erasePerson';
import { takeTurns } from '../../nodes/shared/usecases/dialogue/takeTurns';
import type { BotInput } from '../../nodes/shared/usecases/dialogue/turnContext';
import { BRUNO, BridgeDesk, CAROLINA, DIANA, LAURA, PEDRO, TEAM, type Bubble } from '../support/bridgeDesk';
import { webhookId } from '../support/events';
import { watched } from '../support/plans';
import { eachDatabase } from '../support/stores';

const HOUR = 3_600_000;

eachDatabase((name, open) => {
	describe(`the bridge on ${name}`, () => {
		let desks = 0;

		/** Everybody of the team has written today, so that cards reach them as messages with buttons. */
		async function desk(options: Parameters<typeof BridgeDesk.open>[1] = {}): Promise<BridgeDesk> {
			// A desk of its own for each, also where a test has two.
			desks += 1;
			const workspaceId = `bridge-${process.pid}-${desks}`;
			const made = await BridgeDesk.open(async (settings) => await open({ ...settings, workspaceId }), options);
			for (const advisor of [CAROLINA, BRUNO, DIANA]) await made.says(advisor, 'entro');
			return made;
		}

		/** Laura has asked for a person, and her card lies with Bruno. */
		async function handedOver(options: Parameters<typeof BridgeDesk.open>[1] = {}): Promise<BridgeDesk> {
			const made = await desk(options);
			await made.says(LAURA, 'Hola, soy Laura Gómez, quiero hablar con una persona');
			return made;
		}

		const cardOf = (made: BridgeDesk, advisor: string): Bubble => {
			const card = made.to(advisor).filter(({ buttons }) => 'Lo tomo' in buttons);
			return card.at(-1) ?? made.last(advisor);
		};

		/** Bruno has taken Laura. */
		async function attended(options: Parameters<typeof BridgeDesk.open>[1] = {}): Promise<BridgeDesk> {
			const made = await handedOver(options);
			await made.taps(BRUNO, cardOf(made, BRUNO), 'Lo tomo');
			return made;
		}

		test('P6: a customer who asks for a person makes one card with name, need and two buttons', async () => {
			const made = await handedOver();
			const card = made.last(BRUNO);
			expect(card.text).toBe('🔔 *Laura Gómez*\nPidió hablar con una persona');
			expect(Object.keys(card.buttons)).toEqual(['Lo tomo', 'Paso']);
			// One person is asked, and the customer still waits (D13).
			expect(made.to(CAROLINA)).toHaveLength(1);
			expect(await made.conversation(LAURA)).toMatchObject({ mode: 'waiting' });
		});

		test('P6: an advisor who has not written for a day gets the approved template, whose buttons take and pass too', async () => {
			const made = await BridgeDesk.open(open);
			await made.says(LAURA, 'Hola, soy Laura Gómez, quiero hablar con una persona');
			const { sendable } = made.last(BRUNO);
			expect(sendable.message).toMatchObject({ type: 'template', name: 'advisor_notice', languageCode: 'es' });
			const text = JSON.stringify(sendable.message);
			expect(text).toContain('Laura Gómez');
			const [take] = /bridge:take:[0-9a-f-]+/.exec(text) ?? [];
			await made.says(BRUNO, 'Lo tomo', { taps: { id: String(take), title: 'Lo tomo', via: 'template_button' } });
			expect(await made.conversation(LAURA)).toMatchObject({
				mode: 'human',
				owner_advisor_id: await made.advisorId('Bruno Díaz'),
			});
		});

		test('P6 D4: a case says its number and subject on the card, once for one request', async () => {
			const made = await desk();
			for (const text of ['hola', 'Laura Gómez Restrepo', '1020304050', 'necesito cotizar 20 portátiles', 'formal'])
				await made.says(LAURA, text);
			const cards = [CAROLINA, BRUNO, DIANA].flatMap((advisor) =>
				made.to(advisor).filter(({ buttons }) => 'Paso' in buttons),
			);
			expect(cards).toHaveLength(1);
			expect(cards[0]?.text).toContain('Caso PS-2026-000001');
			expect(cards[0]?.text).toContain('20 portátiles');
		});

		test('D13: «Lo tomo» silences the bot, gives the advisor the last words, and answers reach the customer', async () => {
			const made = await attended();
			expect(made.last(BRUNO).text).toContain('✅ *Laura Gómez* es tuyo.');
			expect(made.last(BRUNO).text).toContain('› Hola, soy Laura Gómez, quiero hablar con una persona');
			const before = made.to(LAURA).length;
			await made.says(BRUNO, 'Hola Laura, soy Bruno', { quotes: made.last(BRUNO).id });
			expect(
				made
					.to(LAURA)
					.slice(before)
					.map(({ text }) => text),
			).toEqual(['Hola Laura, soy Bruno']);
			await made.says(LAURA, '¿Cuánto cuesta?');
			await made.says(LAURA, 'menú');
			expect(made.to(LAURA)).toHaveLength(before + 1);
			expect(
				made
					.to(BRUNO)
					.slice(-2)
					.map(({ text }) => text),
			).toEqual(['*Laura Gómez*\n¿Cuánto cuesta?', '*Laura Gómez*\nmenú']);
			// The relayed words can be quoted too, and without a quote the only customer is meant.
			await made.says(BRUNO, '$ 100.000', { quotes: made.last(BRUNO).id });
			await made.says(BRUNO, 'IVA incluido');
			expect(
				made
					.to(LAURA)
					.slice(-2)
					.map(({ text }) => text),
			).toEqual(['$ 100.000', 'IVA incluido']);
		});

		test('P6 P7: what the advisor writes is the advisor’s in the customer’s conversation, and the bitácora holds', async () => {
			const made = await attended();
			await made.says(BRUNO, 'Hola Laura');
			const conversation = await made.conversation(LAURA);
			const row = await made.store.db
				.selectFrom('messages')
				.selectAll()
				.where('conversation_id', '=', conversation.id)
				.where('author', '=', 'advisor')
				.executeTakeFirstOrThrow();
			expect(row).toMatchObject({
				text: 'Hola Laura',
				direction: 'out',
				advisor_id: await made.advisorId('Bruno Díaz'),
			});
			expect(conversation.waiting_since).toBeNull();
			const chain = await auditOfChain(made.store.db, made.store.workspaceId, conversation.contact_id, { limit: 100 });
			expect(chain.map(({ action }) => action)).toEqual(
				expect.arrayContaining(['notification.queued', 'conversation.bot_paused', 'bridge.taken', 'bridge.replied']),
			);
			expect(firstBrokenLine(made.store, chain)).toBeUndefined();
		});

		test('B1: an advisor is never a customer: no case, no menu, whatever they write', async () => {
			const made = await desk();
			for (const text of ['hola', 'menú', '1', 'necesito cotizar 20 portátiles', 'Bruno Díaz', '1020304050', 'formal'])
				await made.says(BRUNO, text);
			expect(await made.rows('cases')).toEqual([]);
			expect(await made.rows('notifications')).toEqual([]);
			expect(
				made
					.to(BRUNO)
					.map(({ text }) => text)
					.join('\n'),
			).not.toMatch(/Bienvenid|1️⃣/);
			expect(made.last(BRUNO).text).toContain('Ahora no atiendes a nadie');
			expect(await made.conversation(BRUNO)).toMatchObject({ mode: 'closed', state: null });
		});

		test('U5: an advisor among the test numbers can try the bot as a customer', async () => {
			const made = await BridgeDesk.open(open, { profile: { testNumbers: ['315 000 0002'] } });
			await made.says(BRUNO, 'hola');
			expect(made.last(BRUNO).text).toContain('Bienvenid');
		});

		test('B1: also while the bridge is off an advisor opens no case', async () => {
			const made = await BridgeDesk.open(open, { profile: { bridge: { enabled: false } } });
			await made.says(BRUNO, 'necesito cotizar 20 portátiles');
			expect(await made.rows('cases')).toEqual([]);
			expect(made.to(BRUNO).map(({ text }) => text)).toEqual([
				expect.stringContaining('A tus clientes los atiendes en el inbox'),
			]);
		});

		test('two advisors at once: one has the customer, the other reads who', async () => {
			const made = await handedOver();
			const first = cardOf(made, BRUNO);
			await made.taps(BRUNO, first, 'Paso');
			const second = cardOf(made, CAROLINA);
			// Bruno thinks again while Carolina takes it: both taps are in one look.
			await made.receive(
				made.event(BRUNO, 'Lo tomo', { taps: made.tapOf(first, 'Lo tomo') }),
				made.event(CAROLINA, 'Lo tomo', { taps: made.tapOf(second, 'Lo tomo') }),
			);
			await made.work();
			const conversation = await made.conversation(LAURA);
			const winner = conversation.owner_advisor_id === (await made.advisorId('Bruno Díaz')) ? BRUNO : CAROLINA;
			const loser = winner === BRUNO ? CAROLINA : BRUNO;
			expect(conversation.mode).toBe('human');
			expect(made.last(winner).text).toContain('es tuyo');
			expect(made.last(loser).text).toContain('ya lo tomó');
			expect(made.to(loser).filter(({ text }) => text.includes('es tuyo'))).toEqual([]);
			// What the loser writes on their card does not reach the customer.
			const before = made.to(LAURA).length;
			await made.says(loser, 'Hola, soy yo', { quotes: (loser === BRUNO ? first : second).id });
			expect(made.to(LAURA)).toHaveLength(before);
			expect(made.last(loser).text).toContain('No se envió');
		});

		test('P6: who takes a customer over in the inbox is told to everybody whose card is open, once', async () => {
			const made = await handedOver();
			const card = cardOf(made, BRUNO);
			const { id: conversationId } = await made.conversation(LAURA);
			const carolina = await made.advisorId('Carolina Rojas');
			const takeOver = { act: 'took_over', actor: `advisor:${carolina}`, ownerAdvisorId: carolina } as const;
			const before = made.to(BRUNO).length;
			for (let time = 0; time < 2; time += 1) {
				await changeConversation(made.store, { ...takeOver, conversationId });
				await made.work();
			}
			const told = made.to(BRUNO).slice(before);
			expect(told.map(({ text }) => text)).toEqual(['A *Laura Gómez* ya lo tomó Carolina Rojas.']);
			const cards = (await made.rows('bridge_messages')).filter(({ kind }) => kind === 'card');
			expect(cards.map(({ state }) => state)).toEqual(['withdrawn']);
			// The card on Bruno's phone still has its button: it gives Laura to nobody else.
			await made.taps(BRUNO, card, 'Lo tomo');
			expect(made.last(BRUNO).text).toBe('A *Laura Gómez* ya lo tomó Carolina Rojas.');
			expect(await made.conversation(LAURA)).toMatchObject({ mode: 'human', owner_advisor_id: carolina });
		});

		test('words do not overtake the file that the advisor sent before them', async () => {
			const made = await attended();
			const before = made.to(LAURA).length;
			const media = { type: 'image', mediaId: '903', mimeType: 'image/jpeg' } as const;
			await made.receive(made.event(BRUNO, '', { media }), made.event(BRUNO, 'Es el de la foto'));
			await made.work();
			// The file had not come when both were to be passed on.
			for (let look = 0; look < 3; look += 1) await made.wait(2_000);
			const sent = made.to(LAURA).slice(before);
			expect(sent.map(({ sendable }) => sendable.message.type)).toEqual(['media', 'text']);
			// What has nothing before it waits for nothing.
			await made.says(BRUNO, 'Cuesta $ 100.000');
			expect(made.last(LAURA).text).toBe('Cuesta $ 100.000');
		});

		test('words wait two minutes for a file that never comes, and no longer', async () => {
			const made = await attended();
			const { id: conversationId } = await made.conversation(LAURA);
			const media = { type: 'image', mediaId: '904', mimeType: 'image/jpeg' } as const;
			await made.receive(made.event(BRUNO, '', { media }), made.event(BRUNO, '¿La viste?'));
			const emission = await claimEmission(made.store, webhookId, 100);
			const inputs = (emission?.items.messages ?? []).map(({ crm }) => crm as unknown as BotInput);
			// Nobody downloads it.
			await takeTurns(made.store, inputs);
			const queued = async (): Promise<number> =>
				(
					await made.store.db
						.selectFrom('messages')
						.select('id')
						.where('conversation_id', '=', conversationId)
						.where('author', '=', 'advisor')
						.execute()
				).length;
			made.pass(100_000);
			await runDueTasks(made.store, webhookId);
			expect(await queued()).toBe(0);
			made.pass(30_000);
			await runDueTasks(made.store, webhookId);
			expect(await queued()).toBe(1);
		});

		test('P6: «Paso» goes to the next by rule, then to the supervisor, each asked once', async () => {
			const made = await handedOver();
			const first = cardOf(made, BRUNO);
			await made.taps(BRUNO, first, 'Paso');
			expect(made.last(BRUNO).text).toBe('Listo, *Laura Gómez* pasó a Carolina Rojas.');
			expect(await made.conversation(LAURA)).toMatchObject({
				owner_advisor_id: await made.advisorId('Carolina Rojas'),
			});
			await made.taps(BRUNO, first, 'Paso');
			await made.taps(CAROLINA, cardOf(made, CAROLINA), 'Paso');
			expect(made.last(CAROLINA).text).toContain('le avisé a Diana Torres');
			expect(cardOf(made, DIANA).text).toContain('Pidió hablar con una persona');
			expect((await made.actions()).filter((action) => action === 'bridge.passed')).toHaveLength(2);
			await made.taps(DIANA, cardOf(made, DIANA), 'Lo tomo');
			expect(await made.conversation(LAURA)).toMatchObject({
				mode: 'human',
				owner_advisor_id: await made.advisorId('Diana Torres'),
			});
		});

		test('a tap that is delivered twice, and one that is tapped twice, do it once', async () => {
			const made = await handedOver();
			const card = cardOf(made, BRUNO);
			const tap = made.event(BRUNO, 'Lo tomo', { taps: made.tapOf(card, 'Lo tomo') });
			await made.receive(tap, tap);
			await made.work();
			await made.receive(tap);
			await made.work();
			await made.taps(BRUNO, card, 'Lo tomo');
			expect(made.to(BRUNO).filter(({ text }) => text.includes('es tuyo'))).toHaveLength(1);
			expect((await made.actions()).filter((action) => action === 'bridge.taken')).toHaveLength(1);
		});

		test('an execution that fails and is walked again sends the reply once', async () => {
			const made = await attended();
			const before = made.to(LAURA).length;
			await made.receive(made.event(BRUNO, 'Te llamo mañana'));
			const emission = await claimEmission(made.store, webhookId, 100);
			const inputs = (emission?.items.messages ?? []).map((item) => item.crm as BotInput);
			await takeTurns(made.store, inputs);
			// n8n dies before Send Queued: the same items come again.
			await failEmission(made.store, emission?.id ?? '', 'killed');
			made.pass(1_500);
			await made.work();
			made.pass(60_000);
			await made.work();
			expect(
				made
					.to(LAURA)
					.slice(before)
					.map(({ text }) => text),
			).toEqual(['Te llamo mañana']);
		});

		test('killed between the advisor’s turn and the customer’s: Due does it, once', async () => {
			const made = await attended();
			const before = made.to(LAURA).length;
			await made.receive(made.event(BRUNO, 'Va en camino'));
			const emission = await claimEmission(made.store, webhookId, 100);
			const inputs = (emission?.items.messages ?? []).map((item) => item.crm as BotInput);
			await takeTurns(made.store, inputs);
			// The process died right after the turn was committed: its task is as if nobody had looked at it.
			const conversation = await made.conversation(LAURA);
			await made.store.transaction(async (tx) => {
				const replies = tx
					.selectFrom('bridge_messages')
					.select('message_id')
					.where('kind', '=', 'reply')
					.where('conversation_id', '=', conversation.id);
				await tx.deleteFrom('outbox').where('id', 'in', replies).execute();
				await tx.deleteFrom('messages').where('id', 'in', replies).execute();
				await tx
					.deleteFrom('bridge_messages')
					.where('kind', '=', 'reply')
					.where('conversation_id', '=', conversation.id)
					.execute();
				await tx
					.updateTable('bridge_tasks')
					.set({ state: 'ready' })
					.where('kind', '=', 'reply')
					.where('workspace_id', '=', made.store.workspaceId)
					.execute();
			});
			await Promise.all([runDueTasks(made.store, webhookId), runDueTasks(made.store, webhookId)]);
			await made.work();
			expect(
				made
					.to(LAURA)
					.slice(before)
					.map(({ text }) => text),
			).toEqual(['Va en camino']);
		});

		test('several customers: a quote decides, otherwise the bot asks which, and the tap sends what waited, once', async () => {
			const made = await attended();
			await made.says(PEDRO, 'Hola, soy Pedro Pérez, quiero hablar con una persona');
			// Carolina's turn by rule; she passes, so that Bruno is not asked: he writes on Pedro's card of his own.
			await made.taps(CAROLINA, cardOf(made, CAROLINA), 'Paso');
			const bruno = await made.advisorId('Bruno Díaz');
			const pedro = await made.conversation(PEDRO);
			expect(pedro.owner_advisor_id).toBe(bruno);
			await made.taps(BRUNO, cardOf(made, BRUNO), 'Lo tomo');

			await made.says(BRUNO, 'Ya reviso tu pedido');
			const question = made.last(BRUNO);
			expect(question.text).toContain('¿Para quién es?');
			expect(Object.keys(question.buttons).sort()).toEqual(['Laura Gómez', 'Pedro Pérez']);
			const before = made.to(LAURA).length;
			await made.taps(BRUNO, question, 'Pedro Pérez');
			await made.taps(BRUNO, question, 'Laura Gómez');
			expect(made.last(PEDRO).text).toBe('Ya reviso tu pedido');
			expect(made.to(LAURA)).toHaveLength(before);
		});

		test('«#» is a note of the team that no customer ever gets', async () => {
			const made = await attended();
			const before = made.to(LAURA).length;
			await made.says(BRUNO, '# paga a 30 días');
			expect(made.to(LAURA)).toHaveLength(before);
			expect(made.last(BRUNO).text).toContain('Nota guardada');
			expect(await made.rows('notes')).toMatchObject([
				{ text: 'paga a 30 días', advisor_id: await made.advisorId('Bruno Díaz') },
			]);
		});

		test('«fin» gives back to the bot, «cerrar» ends; afterwards nothing is passed on', async () => {
			const made = await attended();
			await made.says(BRUNO, 'fin');
			expect(made.last(BRUNO).text).toContain('vuelve a ser atendido por el bot');
			expect(await made.conversation(LAURA)).toMatchObject({ mode: 'bot' });
			const read = made.to(BRUNO).length;
			await made.says(LAURA, 'menú');
			expect(made.to(BRUNO)).toHaveLength(read);
			expect(made.last(LAURA).text).toContain('1️⃣');

			const other = await attended();
			await other.says(BRUNO, 'cerrar');
			expect(await other.conversation(LAURA)).toMatchObject({ mode: 'closed' });
			expect(
				await openBridgeOf(other.store.db, other.store.workspaceId, (await other.conversation(LAURA)).id),
			).toBeUndefined();
		});

		test('D8: «salgo» and «entro» are the shift: nobody is asked who is off duty', async () => {
			const made = await desk();
			await made.says(BRUNO, 'salgo');
			expect(made.last(BRUNO).text).toContain('Saliste de turno');
			await made.says(LAURA, 'Hola, soy Laura Gómez, quiero hablar con una persona');
			expect(made.to(BRUNO).filter(({ buttons }) => 'Lo tomo' in buttons)).toEqual([]);
			expect(cardOf(made, CAROLINA).text).toContain('Laura Gómez');
			await made.says(BRUNO, 'Entro!');
			const row = await made.store.db
				.selectFrom('advisors')
				.select('available')
				.where('id', '=', await made.advisorId('Bruno Díaz'))
				.executeTakeFirstOrThrow();
			expect(row.available).toBe(1);
		});

		test('after 24 hours the advisor is told, and one tap sends the approved template instead', async () => {
			const made = await attended();
			made.pass(25 * HOUR);
			const before = made.to(LAURA).length;
			await made.says(BRUNO, '¿Cómo te fue?');
			expect(made.to(LAURA)).toHaveLength(before);
			// The bot came back after twelve idle hours, so that Bruno has to quote her.
			const quoted = made.to(BRUNO).find(({ text }) => text.includes('es tuyo'));
			await made.says(BRUNO, '¿Cómo te fue?', { quotes: quoted?.id });
			expect(made.last(BRUNO).text).toContain('hace más de 24 horas');
			await made.taps(BRUNO, made.last(BRUNO), 'Enviar plantilla');
			expect(made.last(LAURA).sendable.message).toMatchObject({ type: 'template', name: 'continue_conversation' });
			expect(made.last(BRUNO).text).toContain('Le envié la plantilla');
		});

		test('what could not be delivered is told to the advisor, with the reason in the language of the team', async () => {
			const made = await attended();
			await made.says(BRUNO, 'Hola Laura');
			await made.failed(made.last(LAURA), 131026, 'Message undeliverable');
			expect(made.last(BRUNO).text).toContain(
				'A *Laura Gómez* no le llegó tu mensaje: El mensaje no le puede llegar a esta persona. No tiene cuenta allí',
			);
			const told = made.to(BRUNO).length;
			await made.failed(made.last(LAURA), 131026, 'Message undeliverable');
			expect(made.to(BRUNO)).toHaveLength(told);

			made.unreachable.set(
				LAURA,
				new InvalidInput({ message: 'Text is too long', description: '', parameter: 'Text' }),
			);
			await made.says(BRUNO, 'Otra vez');
			expect(made.last(BRUNO).text).toContain('El mensaje no cumple lo que se puede enviar.');
		});

		test('O4: a card that does not arrive goes out as template once, then the supervisor is told', async () => {
			const made = await handedOver();
			const card = cardOf(made, BRUNO);
			await made.failed(card, 131026, 'Message undeliverable');
			expect(made.last(BRUNO).sendable.message).toMatchObject({ type: 'template', name: 'advisor_notice' });
			await made.failed(made.last(BRUNO), 131026, 'Message undeliverable');
			expect(cardOf(made, DIANA).text).toContain('Bruno Díaz');
			expect(cardOf(made, DIANA).text).toContain('(El mensaje no le puede llegar a esta persona.');
			expect(await made.actions()).toEqual(
				expect.arrayContaining(['notification.undelivered', 'conversation.escalated']),
			);
		});

		test('B11: files cross the bridge both ways once they have come from WhatsApp', async () => {
			const made = await attended();
			await made.says(BRUNO, 'Mira', {
				media: { type: 'image', mediaId: '901', mimeType: 'image/jpeg', caption: 'Mira' },
			});
			made.pass(3_000);
			await made.work();
			expect(made.last(LAURA).sendable.message).toMatchObject({
				type: 'media',
				mediaType: 'image',
				caption: 'Mira',
				stored: { mimeType: 'image/jpeg' },
			});
			await made.says(LAURA, '', { media: { type: 'image', mediaId: '902', mimeType: 'image/jpeg' } });
			made.pass(3_000);
			await made.work();
			expect(made.last(BRUNO).sendable.message).toMatchObject({ type: 'media', caption: '*Laura Gómez*' });
		});

		test('D33: whoever answers in the inbox ends the bridge: the phone hears no more and is told why', async () => {
			const made = await attended();
			await made.store.db
				.updateTable('conversations')
				.set({ owner_advisor_id: await made.advisorId('Carolina Rojas') })
				.where('id', '=', (await made.conversation(LAURA)).id)
				.execute();
			const read = made.to(BRUNO).length;
			await made.says(LAURA, 'Gracias');
			expect(made.to(BRUNO)).toHaveLength(read);
			await made.says(BRUNO, 'De nada', { quotes: made.last(BRUNO).id });
			expect(made.last(BRUNO).text).toContain('ya lo atiende Carolina Rojas');
		});

		test('a reply to a customer whom the bot has again takes them back: a person who writes silences it', async () => {
			const made = await attended();
			const quoted = made.last(BRUNO).id;
			await changeConversation(made.store, {
				conversationId: (await made.conversation(LAURA)).id,
				act: 'gave_back',
				actor: 'test',
			});
			await made.says(BRUNO, 'Se me olvidaba', { quotes: quoted });
			expect(made.last(LAURA).text).toBe('Se me olvidaba');
			expect(await made.conversation(LAURA)).toMatchObject({ mode: 'human' });
		});

		test('a button of somebody else’s card, or of nobody’s, does nothing', async () => {
			const made = await handedOver();
			const id = cardOf(made, BRUNO).buttons['Lo tomo'] ?? '';
			await made.says(CAROLINA, 'Lo tomo', { taps: { id, title: 'Lo tomo', via: 'button' } });
			await made.says(CAROLINA, 'Lo tomo', { taps: { id: 'bridge:take:nothing', title: 'Lo tomo', via: 'button' } });
			expect(await made.conversation(LAURA)).toMatchObject({ mode: 'waiting' });
			expect(made.last(CAROLINA).text).toContain('ninguna tarjeta');
			// A customer who knows the button's id is still only a customer.
			await made.says(PEDRO, 'Lo tomo', { taps: { id, title: 'Lo tomo', via: 'button' } });
			expect(await made.conversation(LAURA)).toMatchObject({ mode: 'waiting' });
		});

		test('two workspaces with the same advisor do not hear of each other', async () => {
			const made = await attended();
			const other = await BridgeDesk.open(
				async (options) => await open({ ...options, workspaceId: `${made.store.workspaceId}-b` }),
				{ team: TEAM },
			);
			await other.says(BRUNO, 'Hola', { quotes: made.last(BRUNO).id });
			expect(other.last(BRUNO).text).toContain('Ahora no atiendes a nadie');
		});

		test('without the bridge and without WhatsApp among the ways nothing goes to the advisor’s phone', async () => {
			const made = await BridgeDesk.open(open, { profile: { bridge: { enabled: false } } });
			await made.says(LAURA, 'Hola, soy Laura Gómez, quiero hablar con una persona');
			expect(made.bubbles.map(({ to }) => to)).not.toContain(BRUNO);
			expect(await made.rows('notifications')).toHaveLength(1);
			expect(await collectDue(made.store, webhookId)).toEqual([]);
		});

		test('P6: with WhatsApp among the ways but no bridge the advisor reads it, without buttons', async () => {
			const made = await desk({ profile: { bridge: { enabled: false }, notifications: { channels: ['whatsapp'] } } });
			await made.says(LAURA, 'Hola, soy Laura Gómez, quiero hablar con una persona');
			expect(made.last(BRUNO).text).toBe('🔔 *Laura Gómez*\nPidió hablar con una persona');
			expect(made.last(BRUNO).buttons).toEqual({});
		});

		test('the bridge asks nothing that reads a whole table: its cost does not grow with history', async () => {
			let assertNoScan = async (): Promise<void> => await Promise.reject(new Error('Nothing was watched'));
			const made = await BridgeDesk.open(async (settings) => {
				const seen = watched(await open(settings));
				({ assertNoScan } = seen);
				return seen.store;
			});
			for (const advisor of [CAROLINA, BRUNO]) await made.says(advisor, 'entro');
			await made.says(LAURA, 'Hola, soy Laura Gómez, quiero hablar con una persona');
			await made.taps(BRUNO, cardOf(made, BRUNO), 'Paso');
			await made.taps(CAROLINA, cardOf(made, CAROLINA), 'Lo tomo');
			await made.says(CAROLINA, 'Hola Laura', { quotes: made.last(CAROLINA).id });
			await made.says(LAURA, '¿Hay novedades?');
			await made.failed(made.last(LAURA), 131026, 'Message undeliverable');
			await made.says(CAROLINA, '# nota');
			await made.says(CAROLINA, 'fin');
			await pruneBridgeTasks(made.store.db, made.store, made.now);
			await assertNoScan();
		});

		test('O11: whoever is erased is gone from the advisor’s conversation too, and from the search', async () => {
			const made = await attended();
			await made.says(LAURA, 'Mi cédula es 1020304050');
			const { contact_id: contactId } = await made.conversation(LAURA);
			await erasePerson(made.store, { contactKey: contactId, confirm: contactId, actor: 'test' });
			const kept = await made.store.db
				.selectFrom('messages')
				.select(['text', 'content'])
				.where('workspace_id', '=', made.store.workspaceId)
				.execute();
			expect(kept.length).toBeGreaterThan(0);
			expect(JSON.stringify(kept)).not.toMatch(/Laura|1020304050/);
			const words = await made.store.db
				.selectFrom('search_entries')
				.select('words')
				.where('workspace_id', '=', made.store.workspaceId)
				.execute();
			expect(JSON.stringify(words)).not.toMatch(/laura|1020304050/i);
			const bridged = await made.rows('bridge_messages');
			expect(bridged.filter((row) => row.contact_id !== null)).toEqual([]);
		});

		test('what is done is pruned once it cannot come again; what waits stays', async () => {
			const made = await attended();
			const tasks = await made.rows('bridge_tasks');
			expect(tasks.length).toBeGreaterThan(2);
			await pruneBridgeTasks(made.store.db, made.store, made.now);
			expect(await made.rows('bridge_tasks')).toHaveLength(tasks.length);
			await pruneBridgeTasks(made.store.db, made.store, made.now + 1);
			const left = await made.rows('bridge_tasks');
			expect(left.every(({ state }) => state !== 'done')).toBe(true);
		});

		test('O4: work that fails is tried again after 1 s, 30 s and 5 min, then lies with the dead letters', async () => {
			const made = await attended();
			const { contact_id: contactId } = await made.conversation(LAURA);
			// What a task of another version would look like.
			await made.store.transaction(async (tx) => {
				await askForTask(
					tx,
					made.store,
					{ contactId, webhookId },
					{ kind: 'shift', advisorId: 'nobody', available: true },
					'broken',
				);
			});
			const task = async () => (await made.rows('bridge_tasks')).find(({ id }) => id === 'broken');
			for (const [attempts, pause] of [
				[1, 1_000],
				[2, 30_000],
				[3, 300_000],
			] as const) {
				await made.work();
				expect(await task()).toMatchObject({ state: 'ready', attempts, ready_at: made.now + pause });
				made.pass(pause);
			}
			await made.work();
			expect(await task()).toMatchObject({ state: 'dead' });
			expect(await listDeadLetters(made.store.db, made.store.workspaceId, { kind: 'bridge', limit: 5 })).toMatchObject([
				{ id: 'broken', about: 'shift', error: expect.stringContaining("There is no advisor 'nobody'") as string },
			]);
			expect(await made.actions()).toContain('bridge.failed');
			// One that fails holds up no other.
			await made.says(BRUNO, 'Sigo aquí');
			expect(made.last(LAURA).text).toBe('Sigo aquí');
		});
	});
});
