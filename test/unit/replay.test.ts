import { replay, type PastConversation } from '../../nodes/shared/domain/conversation/replay';
import type { MessageEvent } from '../../nodes/shared/domain/messages/events';
import { businessProfileSchema, type BusinessProfileInput } from '../../nodes/shared/domain/profile/businessProfile';
import {
	expectationOf,
	unmetExpectations,
	unmetInWords,
	unmetValue,
} from '../../nodes/shared/domain/profile/expectation';
import { prosuministros } from '../../nodes/shared/domain/profile/prosuministros';
import { compareRehearsed, endingInWords } from '../../nodes/shared/domain/profile/rehearsal';
import * as fc from '../support/properties';

const MONDAY = Date.parse('2026-11-23T15:00:00.000Z');

/** Messages with the seconds between them. */
function said(...lines: ReadonlyArray<string | readonly [text: string, secondsAfter: number]>): PastConversation {
	let at = MONDAY;
	const messages = lines.map((line, index): MessageEvent => {
		const [text, seconds] = typeof line === 'string' ? [line, 30] : line;
		at += seconds * 1000;
		return {
			kind: 'message',
			id: `wamid.${index}`,
			at: new Date(at),
			raw: undefined,
			channel: { phoneNumberId: '1' },
			from: { waId: '573001112233' },
			content: { type: 'text', text },
		};
	});
	return { contact: { contactId: 'ana', returning: false, openCases: [] }, messages };
}

const changed = (change: Partial<BusinessProfileInput>) =>
	businessProfileSchema.parse({ ...structuredClone(prosuministros), ...change });

const quotation = said('hola', 'Ana Ruiz', '1020304050', '1', 'impresoras láser', 'formal');
const billing = said(
	'hola',
	'Luis Rojas',
	'1020304051',
	'3',
	'Facturación y pagos',
	'no me ha llegado la factura de mayo',
);
const person = said('hola', 'quiero hablar con una persona');
const unfinished = said('hola', 'Ana Ruiz');

/** Billing goes to the sales area instead of to finance. */
const billingToSales = changed({
	options: prosuministros.options.map((option) => ({
		...option,
		questions: option.questions.map((question) => ({
			...question,
			choices: question.choices.map((choice) => (choice.area === 'finance' ? { ...choice, area: 'sales' } : choice)),
		})),
	})),
});

describe('U5: a past conversation played with a profile', () => {
	test('comes to the case that it made: option, kind, area, lead', () => {
		const { outcome } = replay(quotation, prosuministros);

		expect(outcome).toMatchObject({
			cases: [{ option: 'quotation', type: 'quotation', area: 'sales', lead: true, incomplete: false }],
			ended: 'case',
			notified: true,
			turns: 6,
		});
		expect(outcome.takenOver).toBeUndefined();
		expect(outcome.asked).toEqual(expect.arrayContaining(['name', 'identification', 'product', 'detailLevel']));
	});

	test('or to a person', () => {
		expect(replay(person, prosuministros).outcome).toMatchObject({
			cases: [],
			takenOver: 'asked_for_person',
			ended: 'person',
		});
	});

	test('or, when the customer stopped answering, to an incomplete case after its reminders', () => {
		const { outcome } = replay(unfinished, prosuministros);

		expect(outcome.ended).toBe('incomplete');
		expect(outcome.cases).toEqual([expect.objectContaining({ incomplete: true })]);
		// Two answers and two reminders; twelve hours later it is night, so the close says nothing.
		expect(outcome.bubbles).toBe(4);
	});

	test('messages within the answer delay are one turn, as they would have been', () => {
		const burst = said('hola', ['buenos días', 1], ['Ana Ruiz', 60]);

		expect(replay(burst, prosuministros).outcome.turns).toBe(2);
		expect(replay(burst, changed({ answerDelayMs: 0 })).outcome.turns).toBe(3);
	});

	test('from where a person of the business wrote, the bot is silent', () => {
		const conversation = { ...quotation, personWroteAt: [new Date(MONDAY + 45_000)] };
		const { outcome } = replay(conversation, prosuministros);

		expect(outcome).toMatchObject({ cases: [], bubbles: 1, ended: 'person' });
	});

	test('is pure: any messages at any times give the same end twice, and never stop it', () => {
		const words = fc.constantFrom(
			'hola',
			'1',
			'3',
			'menú',
			'no',
			'Ana Ruiz',
			'1020304050',
			'quiero un asesor',
			'😀',
			'',
		);
		const line = fc.tuple(words, fc.integer({ min: 0, max: 90_000 }));
		fc.assert(
			fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
				const conversation = said(...lines);
				expect(replay(conversation, prosuministros)).toEqual(replay(conversation, prosuministros));
			}),
			{ numRuns: 60 },
		);
	});
});

describe('U5: a rehearsal says in business words what would change', () => {
	const conversations = [quotation, billing, person, unfinished];
	const compare = (after: typeof prosuministros, language: 'es' | 'en') =>
		compareRehearsed(
			conversations.map((conversation, index) => ({
				conversationId: `c${index}`,
				before: replay(conversation, prosuministros).outcome,
				after: replay(conversation, after).outcome,
			})),
			{ before: prosuministros, after },
			language,
		);

	test('the same profile changes nothing', () => {
		expect(compare(changed({}), 'es')).toEqual({
			total: 4,
			changed: [],
			sentences: ['Las 4 conversaciones ensayadas terminarían igual que hoy.'],
		});
	});

	test('another area: how many go there, how many no longer go where they went, and which', () => {
		const rehearsal = compare(billingToSales, 'es');

		expect(rehearsal.sentences).toEqual([
			'1 de 4 terminaría de otra manera.',
			'1 de 4 iría ahora a Comercial.',
			'1 de 4 ya no iría a Financiera.',
		]);
		expect(rehearsal.changed).toEqual([
			{
				conversationId: 'c1',
				before: 'caso en Financiera por «3. Otro motivo»',
				after: 'caso en Comercial por «3. Otro motivo»',
			},
		]);
		expect(compare(billingToSales, 'en').sentences).toContain('1 of 4 would now go to Comercial.');
	});

	test('leads, questions and messages are counted against today', () => {
		const sentences = compare(changed({ leads: { rule: 'never' } }), 'es').sentences;
		expect(sentences).toContain('1 menos crearía un lead (de 1 a 0).');

		const [name] = prosuministros.contactFields;
		const shorter = compare(changed({ contactFields: name ? [name] : [] }), 'es').sentences;
		expect(shorter).toEqual(
			expect.arrayContaining([expect.stringMatching(/^El bot haría \d+ preguntas? menos \(de \d+ a \d+\)\.$/)]),
		);
	});

	test('nothing happened yet: it says so', () => {
		const { sentences } = compareRehearsed([], { before: prosuministros, after: billingToSales }, 'es');
		expect(sentences).toEqual(['Todavía no hay conversaciones reales con las que ensayar.']);
	});
});

describe('U5: a conversation kept as a test', () => {
	const expected = expectationOf(replay(billing, prosuministros).outcome);

	test('remembers how it ended', () => {
		expect(expected).toEqual({
			option: 'other',
			caseType: 'billing',
			area: 'finance',
			lead: false,
			person: false,
			cases: 1,
		});
	});

	test('is fulfilled by every profile that ends it so, and tells in words what is different', () => {
		const unmet = (profile: typeof prosuministros, language: 'es' | 'en') =>
			unmetExpectations(expected, replay(billing, profile).outcome).map((one) => unmetInWords(one, profile, language));

		expect(unmet(prosuministros, 'es')).toEqual([]);
		expect(unmet(billingToSales, 'es')).toEqual(['área: Comercial en vez de Financiera']);
		expect(unmet(billingToSales, 'en')).toEqual(['area: Comercial instead of Financiera']);
		const [area] = unmetExpectations(expected, replay(billing, billingToSales).outcome);
		expect(area).toEqual({ aspect: 'area', found: 'sales', wanted: 'finance' });
	});

	test.each([
		['area', 'finance', 'Financiera'],
		['area', 'constructor', 'constructor'],
		['option', 'other', '3. Otro motivo'],
		['option', undefined, ''],
		['caseType', 'billing', 'billing'],
		['lead', false, 'no'],
		['person', true, 'yes'],
		['cases', 0, '0'],
	] as const)('P3: of %s the page is told %s as “%s”, whatever language it speaks', (aspect, value, told) => {
		expect(unmetValue(aspect, value, prosuministros)).toBe(told);
	});

	test('a conversation without a case is expected to have none', () => {
		const silent = expectationOf(replay(person, prosuministros).outcome);

		expect(silent).toEqual({ cases: 0, person: true });
		expect(unmetExpectations(silent, replay(quotation, prosuministros).outcome)).toEqual([
			{ aspect: 'person', found: false, wanted: true },
			{ aspect: 'cases', found: 1, wanted: 0 },
		]);
	});

	test('its end is told in a few words', () => {
		expect(endingInWords(replay(unfinished, prosuministros).outcome, prosuministros, 'es')).toMatch(
			/^caso incompleto en/,
		);
		expect(endingInWords(replay(person, prosuministros).outcome, prosuministros, 'es')).toBe('pasa a una persona');
	});
});
