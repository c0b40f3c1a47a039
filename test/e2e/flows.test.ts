import { publishing } from '../support/host/profileChange';
import { photo, quotationBubbles } from '../support/host/quotationJourney';
import { startServiceDesk, type DeskClient, type ServiceDesk } from '../support/host/serviceDesk';
import { restingEnding, type StoreEnding } from '../support/host/storeEnding';
import { shippedTemplate } from '../support/host/templates';
import { answerTo, talks, tapping } from '../support/host/talking';
import { eventually } from '../support/host/waiting';
import type { Customer } from '../simulators/graph';

/** People answer each other here within a second; the answer delay of a real client would only make the tests slow. */
const ANSWER_DELAY = 300;

const setup = shippedTemplate('setup.json');

let desk: ServiceDesk;
let client: DeskClient;

beforeAll(async () => {
	desk = await startServiceDesk({
		templates: [
			setup,
			publishing({ answerDelayMs: ANSWER_DELAY }, 'Sin espera'),
			shippedTemplate('customer-service-bot.json'),
		],
	});
	[client] = desk.clients;
});
afterAll(() => desk.stop());

/** Publishes other times on the running desk. */
async function publishTimes(times: Readonly<Record<string, unknown>>): Promise<void> {
	const file = publishing({ times }, 'Otros tiempos');
	const { id } = await desk.n8n.api.importWorkflow(file);
	const { status } = await desk.n8n.api.runByHand(id, file.nodes[0]?.name ?? '');
	expect(status).toBe('success');
}

const person = (waId: string, profileName: string): Customer => client.simulator.customer({ waId, profileName });

async function atRest(): Promise<StoreEnding> {
	await client.simulator.settled();
	return await restingEnding(desk.store, client.workspaceId);
}

interface CaseOfTheStore {
	readonly number: string;
	readonly type: string;
	readonly area: string;
	readonly status: string;
	readonly advisor: string | null;
	readonly told: number;
	readonly files: number;
}

/** The cases of one customer, oldest first, with who was told and how many files are on them. */
async function casesOf(waId: string): Promise<readonly CaseOfTheStore[]> {
	const rows = await desk.store.rows(
		`select c.number, c.type, c.area, c.status, a.name as advisor,
			(select count(*) from notifications n where n.case_id = c.id and n.advisor_id = c.advisor_id) as told,
			(select count(*) from attachment_links l join attachments f on f.id = l.attachment_id
				where l.kind = 'case' and l.target_id = c.id and f.state = 'stored') as files
		from cases c join contacts p on p.id = c.contact_id left join advisors a on a.id = c.advisor_id
		where p.phone = '+${waId}' order by c.id`,
	);
	return rows as unknown as CaseOfTheStore[];
}

async function conversationOf(waId: string): Promise<Readonly<Record<string, unknown>> | undefined> {
	const [row] = await desk.store.rows(
		`select v.mode, v.owner_advisor_id as owner, p.opted_out_at as "optedOut"
		from conversations v join contacts p on p.id = v.contact_id where p.phone = '+${waId}'`,
	);
	return row;
}

/** Long enough for an answer that should not come. */
async function staysSilent(customer: Customer, act: () => unknown): Promise<void> {
	const before = customer.received.length;
	await act();
	await atRest();
	await eventually('the turn to be taken', async () => {
		const [pending] = await desk.store.rows("select count(*) as waiting from messages where turn_state = 'pending'");
		return Number(pending?.waiting) === 0;
	});
	await atRest();
	expect(customer.received.slice(before).map(({ text }) => text)).toEqual([]);
}

const introduced = ['hola', 'Ana Lucía Vargas', '1020304050'] as const;
const [greeting, askIdentification, menu] = quotationBubbles('');

const ANA = '573001110001';
const BEATRIZ = '573001110002';
const CAMILO = '573001110003';
const DORA = '573001110004';
const ERNESTO = '573001110005';
const FABIO = '573001110006';
const GLORIA = '573001110007';

describe('HU-0012 on a real n8n', () => {
	it('flow A, B4, B8 (D1, D4, D7, D35): a new customer asks for an order, names the advisor by half a name with a typo, and reads C2 and I in one bubble', () =>
		desk.explain(async () => {
			const ana = person(ANA, 'Ana');

			expect(await talks(ana, ...introduced)).toEqual([greeting, askIdentification, menu]);
			expect(await tapping(ana, '2. Estado de pedido')).toBe(
				'Para ayudarte mejor, ¿puedes decirme qué comercial te atendió cuando realizaste este pedido?',
			);
			const confirmation = await answerTo(ana, () => ana.text('me atendió carolna'));
			await atRest();

			const [order, ...others] = await casesOf(ANA);
			expect(others).toEqual([]);
			expect(confirmation).toBe(
				[
					'Perfecto 😊. Ya notifiqué a Carolina Rojas sobre tu consulta. Pronto se comunicará contigo.',
					`¡Perfecto! Tu solicitud fue registrada con el número ${order?.number}. Nuestro equipo la revisará y te responderá lo más pronto posible.`,
				].join('\n\n'),
			);
			// D7: who is named to the customer has really been told.
			expect(order).toMatchObject({ type: 'order_status', area: 'sales', advisor: 'Carolina Rojas', told: 1 });
			expect(ana.received).toHaveLength(5);
		}));

	it('flow C, B11 (scenarios 3 and 4, D17): photos, a voice note, a document and texts in disorder before any question all lie on the final case', () =>
		desk.explain(async () => {
			const camilo = person(CAMILO, 'Camilo');
			const { simulator } = client;

			const first = await answerTo(camilo, async () => {
				simulator.hold();
				camilo.image(Buffer.concat([photo, Buffer.from('1')]), undefined, { mimeType: 'image/jpeg' });
				camilo.voice(Buffer.from('nota de voz'));
				camilo.text('buenas');
				camilo.image(Buffer.concat([photo, Buffer.from('2')]), undefined, { mimeType: 'image/jpeg' });
				await simulator.release({ as: 'together', order: 'reversed' });
			});
			expect(first).toContain('Recibí tu nota de voz');
			const second = await answerTo(camilo, async () => {
				simulator.hold();
				camilo.document(Buffer.from('%PDF-1.4 lista'), undefined, { filename: 'lista.pdf' });
				camilo.text('necesito cotizar 12 monitores de 24 pulgadas');
				await simulator.release();
			});
			expect(second).toContain('¿Cuál es tu nombre completo?');
			expect(await talks(camilo, 'Camilo Andrés Ruiz', '1032456789')).toEqual([
				askIdentification,
				'¿Deseas una cotización formal o solo información general?',
			]);
			const confirmation = await answerTo(camilo, () => camilo.text('formal'));
			await atRest();

			const cases = await casesOf(CAMILO);
			expect(cases).toMatchObject([{ type: 'quotation', area: 'sales', files: 4 }]);
			expect(confirmation).toBe(quotationBubbles(cases[0]?.number ?? '').at(-1));
		}));

	it('scenario 5, B13 (D16): more of the same is answered with H once and then added in silence; no second case', () =>
		desk.explain(async () => {
			const camilo = person(CAMILO, 'Camilo');

			expect(await answerTo(camilo, () => camilo.text('los monitores que sean con base ajustable'))).toContain(
				'Ya tenemos un caso abierto para esta misma solicitud',
			);
			await staysSilent(camilo, () => camilo.text('y los monitores con cable HDMI por favor'));

			expect(await casesOf(CAMILO)).toHaveLength(1);
		}));

	it('B9, scenario 1 (D10, D11): option 3 asks which process, and each kind goes to its own area and person', () =>
		desk.explain(async () => {
			const dora = person(DORA, 'Dora');
			const ernesto = person(ERNESTO, 'Ernesto');
			const asks = async (customer: Customer, name: string, process: string, details: string): Promise<string> => {
				await talks(customer, 'hola', name, '1020304050');
				expect(await tapping(customer, '3. Otro motivo')).toBe(
					'Para ayudarte mejor, ¿puedes decirme qué proceso necesitas realizar?',
				);
				await tapping(customer, process);
				return await answerTo(customer, () => customer.text(details));
			};
			const [support, billing] = await Promise.all([
				asks(dora, 'Dora Elena Peña', 'Soporte técnico', 'la impresora se apaga sola desde ayer'),
				asks(ernesto, 'Ernesto Gil Mora', 'Facturación y pagos', 'necesito el paz y salvo del mes pasado'),
			]);
			await atRest();

			expect(support).toContain('Ya notifiqué a Diana Torres');
			expect(billing).toContain('Ya notifiqué a Andrés Mejía');
			expect(await casesOf(DORA)).toMatchObject([
				{ type: 'support', area: 'support', advisor: 'Diana Torres', told: 1 },
			]);
			expect(await casesOf(ERNESTO)).toMatchObject([
				{ type: 'billing', area: 'finance', advisor: 'Andrés Mejía', told: 1 },
			]);
		}));

	it('B14 (D13, D33): who asks for a person gets one, is told so, and the bot is silent from then on', () =>
		desk.explain(async () => {
			const fabio = person(FABIO, 'Fabio');

			expect(await answerTo(fabio, () => fabio.text('quiero hablar con una persona'))).toContain(
				'Te responderá por este mismo chat',
			);
			await atRest();
			expect(await conversationOf(FABIO)).toMatchObject({ mode: 'waiting', owner: expect.any(String) });
			// Who waits is told once that the message was kept.
			await talks(fabio, '¿siguen ahí?');
			await staysSilent(fabio, () => fabio.text('1'));
		}));

	it('B17: «no me escriban más» is confirmed once, and nothing is sent afterwards', () =>
		desk.explain(async () => {
			const gloria = person(GLORIA, 'Gloria');

			expect(await answerTo(gloria, () => gloria.text('no me escriban más'))).toBe(
				'Listo, no te escribiremos más. Si algún día nos necesitas, escribe ALTA.',
			);
			await atRest();
			expect(await conversationOf(GLORIA)).toMatchObject({ optedOut: expect.any(Number) });
			expect(gloria.received).toHaveLength(1);
		}));

	it('flow D, B12 (D19): two reminders, a close that keeps the request as incomplete without a number, and a late answer that goes on', () =>
		desk.explain(async () => {
			const beatriz = person(BEATRIZ, 'Beatriz');
			await talks(beatriz, 'hola', 'Beatriz Helena Ossa', '43567890', '1', 'impresoras láser');
			const asked = beatriz.received.length;
			// The same clock as in life, with seconds for minutes and no quiet hours.
			await publishTimes({
				firstReminderMinutes: 0.1,
				secondReminderMinutes: 0.25,
				closeMinutes: 0.4,
				quietFrom: '00:00',
				quietTo: '00:00',
			});
			await talks(beatriz, 'mmm');

			await beatriz.waitFor(({ text }) => text.startsWith('No recibimos respuesta'));
			await atRest();
			expect(beatriz.received.slice(asked + 1).map(({ text }) => text)).toEqual([
				'¿Sigues ahí? 😊 Solo necesito tu respuesta anterior para continuar.',
				'Si necesitas más tiempo, no te preocupes. Continuaré esperando tu información.',
				'No recibimos respuesta, por lo que la conversación se ha cerrado. Si necesitas ayuda, puedes escribirnos de nuevo cuando quieras.',
			]);
			expect(await casesOf(BEATRIZ)).toMatchObject([{ type: 'quotation', status: 'incomplete' }]);
			expect(beatriz.received.map(({ text }) => text).join()).not.toContain('PS-');

			const confirmation = await answerTo(beatriz, () => beatriz.text('la quiero formal'));
			await atRest();
			// The same request, open again: it keeps the number that nobody was told.
			const [reopened, ...others] = await casesOf(BEATRIZ);
			expect(others).toEqual([]);
			expect(reopened).toMatchObject({ type: 'quotation', status: 'open', advisor: expect.any(String), told: 1 });
			expect(confirmation).toBe(quotationBubbles(reopened?.number ?? '').at(-1));
		}));

	it('flow B, B5 (D3): a returning customer is recognised, asked only what is missing, and gets another case', () =>
		desk.explain(async () => {
			const ana = person(ANA, 'Ana');
			await publishTimes({ firstReminderMinutes: 0.2, secondReminderMinutes: 0.21, closeMinutes: 0.22 });
			const before = ana.received.length;

			expect(await answerTo(ana, () => ana.text('buenas tardes'))).toBe(
				[
					'He encontrado tu número en nuestro sistema ✔️. Para continuar solo necesito que me confirmes lo siguiente.',
					'¿Puedes indicarme brevemente qué necesitas para poder clasificar correctamente tu solicitud?',
				].join('\n\n'),
			);
			expect(await answerTo(ana, () => ana.text('necesito cotizar 5 discos duros'))).toBe(
				'¿Deseas una cotización formal o solo información general?',
			);
			const confirmation = await answerTo(ana, () => ana.text('formal'));
			await atRest();

			const cases = await casesOf(ANA);
			expect(cases).toMatchObject([{ type: 'order_status' }, { type: 'quotation', area: 'sales' }]);
			expect(confirmation).toBe(quotationBubbles(cases[1]?.number ?? '').at(-1));
			expect(ana.received.length - before).toBe(3);
		}));
});
