import { TemplateDesk, type TemplateDeskOptions } from '../support/templateDesk';
import type { Customer } from '../simulators/graph';

const LAURA = '573001112233';
const CAROLINA = '573150000001';
const BRUNO = '573150000002';

let desk: TemplateDesk;

async function openDesk(options: TemplateDeskOptions = {}): Promise<TemplateDesk> {
	desk = await TemplateDesk.open({
		advisors: [
			{ name: 'Bruno Díaz', phone: `+${BRUNO}`, areas: ['sales'] },
			{ name: 'Carolina Rojas', phone: `+${CAROLINA}`, areas: ['sales'], role: 'supervisor' },
		],
		...options,
		profile: { bridge: { enabled: true }, ...options.profile },
	});
	return desk;
}

afterEach(async () => {
	await desk.close();
});

const phone = (waId: string, profileName: string): Customer => desk.simulator.customer({ waId, profileName });
const last = (waId: string): string => desk.bubbles(waId).at(-1) ?? '';

async function says(person: Customer, text: string, replyTo?: string): Promise<void> {
	await person.text(text, replyTo === undefined ? undefined : { replyTo }).delivered;
	await desk.settle();
}

test('P6: an advisor attends from an ordinary WhatsApp on the shipped workflow, without a change on the canvas', async () => {
	await openDesk();
	const laura = phone(LAURA, 'Laura');
	const bruno = phone(BRUNO, 'Bruno');
	await says(bruno, 'entro');
	expect(last(BRUNO)).toContain('Estás de turno');
	await says(laura, 'Soy Laura Gómez, quiero hablar con una persona');
	expect(last(BRUNO)).toContain('🔔 *Laura Gómez*');
	await bruno.tapButton('Lo tomo').delivered;
	await desk.settle();
	expect(last(BRUNO)).toContain('✅ *Laura Gómez* es tuyo.');

	await says(bruno, 'Hola Laura, soy Bruno. ¿En qué te ayudo?');
	expect(last(LAURA)).toBe('Hola Laura, soy Bruno. ¿En qué te ayudo?');
	await says(laura, '¿Tienen tóner?');
	expect(last(BRUNO)).toBe('*Laura Gómez*\n¿Tienen tóner?');

	await bruno.image('foto.jpg', 'Este').delivered;
	await desk.settle();
	await desk.wait(0.1);
	const sent = desk.simulator.ledger.sends.filter(({ to }) => to.includes(LAURA)).at(-1);
	expect(sent?.payload).toMatchObject({ type: 'image', image: { caption: 'Este' } });

	await says(bruno, 'fin');
	await says(laura, 'menú');
	expect(last(LAURA)).toContain('1️⃣');
	expect(desk.runs.map(({ status }) => status)).not.toContain('error');
	expect(await desk.store.db.selectFrom('cases').selectAll().execute()).toEqual([]);
});

test('D31: an advisor whose template is not approved is not lost: the supervisor is told why', async () => {
	await openDesk();
	// Nobody has written today, and the account has no template of that name.
	await says(phone(CAROLINA, 'Carolina'), 'hola');
	await says(phone(LAURA, 'Laura'), 'quiero hablar con una persona');
	await desk.wait(1);

	expect(desk.bubbles(BRUNO)).toEqual([]);
	const told = await desk.store.db.selectFrom('notifications').selectAll().orderBy('id').execute();
	expect(told.map(({ kind }) => kind)).toEqual(['conversation.take_over', 'conversation.escalated']);
	expect(last(CAROLINA)).toContain('Bruno Díaz');
});

test('an approved template reaches an advisor who has not written, and its button takes the customer', async () => {
	await openDesk();
	desk.simulator.addTemplate({
		name: 'advisor_notice',
		language: 'es',
		category: 'UTILITY',
		status: 'APPROVED',
		components: [
			{
				type: 'BODY',
				text: 'Cliente {{1}}: {{2}}. Caso {{3}}, espera {{4}}.',
				example: { body_text: [['Laura', 'Cotización', 'PS-1', '3 min']] },
			},
			{
				type: 'BUTTONS',
				buttons: [
					{ type: 'QUICK_REPLY', text: 'Lo tomo' },
					{ type: 'QUICK_REPLY', text: 'Paso' },
				],
			},
		],
	});
	await says(phone(LAURA, 'Laura'), 'Soy Laura Gómez, quiero hablar con una persona');
	expect(last(BRUNO)).toContain('Cliente Laura Gómez: Pidió hablar con una persona.');
	await phone(BRUNO, 'Bruno').tapButton('Lo tomo').delivered;
	await desk.settle();
	expect(last(BRUNO)).toContain('es tuyo');
});
