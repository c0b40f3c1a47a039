import type { ConversationState } from '../../nodes/shared/domain/conversation/types';
import { INTENTS } from '../../nodes/shared/domain/classifier/types';
import { advisors, Dialogue, known, type Act } from '../support/dialogue';
import { evaluation } from '../support/labelledMessages';
import * as fc from '../support/properties';

const written = Object.values(evaluation).flat();
const answers = [
	'Juan Pérez',
	'ana maría gómez',
	'1020304050',
	'900123456-8',
	'123',
	'no tengo',
	'1',
	'2',
	'3',
	'formal',
	'solo información',
	'20 portátiles',
	'Carlos Ramírez',
	'no recuerdo',
	'menú',
	'sí',
	'no',
	'no, mejor 5',
	'mejor la HP',
	'ya no, gracias',
	'es otra solicitud',
	'1 y 3',
	'¿cómo va mi caso?',
	'¿a qué hora abren?',
	'cotizar 2 monitores y la factura de ayer, me la mandan',
	'soy Luis Mora cc 79456123',
	'luego le escribo gracias',
	'espere un momento',
	'sí sigo aquí',
	'las dos',
	'como 5',
	'otra cosa',
	'en vez de eso son 3 sillas',
	'necesito la factura de ayer, cotizar 3 monitores y saber si ya despacharon lo de ayer',
	'quiero un asesor que me cotice 2 mouse',
	'Distribuciones El Faro SAS',
	'mi cédula es la 24.333.111',
	'ok',
	'',
	'   ',
	'🤔',
];
const taps = [
	'option:quotation',
	'option:order_status',
	'option:other',
	'option:gone',
	'answer:detailLevel:formal',
	'answer:process:billing',
	'answer:advisor:Carlos Ramírez',
	'skip:identification',
	'skip:advisor',
	'another_request',
	'resume',
	'no_thanks',
	'opt_in',
	'person',
	'menu',
	'send_link',
	'stay_here',
	'unknown-button',
];

const act: fc.Arbitrary<Act> = fc.oneof(
	{ weight: 5, arbitrary: fc.constantFrom(...answers) },
	{ weight: 5, arbitrary: fc.constantFrom(...written) },
	{ weight: 2, arbitrary: fc.constantFrom(...taps).map((tap) => ({ tap })) },
	{
		weight: 2,
		arbitrary: fc
			.constantFrom('image' as const, 'document' as const, 'voice' as const, 'sticker' as const)
			.map((file) => ({ file })),
	},
	{ weight: 1, arbitrary: fc.string({ maxLength: 60 }) },
	{
		weight: 1,
		arbitrary: fc.constantFrom<Act>(
			{ content: { type: 'reaction', reaction: { messageId: 'm', emoji: '👍' } } },
			{ content: { type: 'location', location: { latitude: 4.6, longitude: -74.1 } } },
			{ content: { type: 'unsupported' } },
			{ content: { type: 'revoke', originalMessageId: 'm' } },
			{ content: { type: 'contacts', contacts: [{ name: { formatted_name: 'Luis Peña' } }] } },
		),
	},
);
const turn = fc.record({
	acts: fc.array(act, { minLength: 1, maxLength: 3 }),
	pause: fc.constantFrom(0, 0, 0, 5, 20, 150, 800, 1500),
});
const customer = fc.record({
	turns: fc.array(turn, { minLength: 1, maxLength: 14 }),
	returning: fc.boolean(),
	named: fc.boolean(),
});

const questionKeys = [
	'A2',
	'A3',
	'D1',
	'D2',
	'C1',
	'E1',
	'F1',
	'F2',
	'name_invalid',
	'identification_invalid',
	'advisor_not_found',
];
/** Customers who were once asked the same question a fourth time: they left a flow and came back to it in one turn. */
const changedTheirMind = (
	[
		{
			turns: [
				['cuando me llega el q reemplaza al q devolvi?'],
				['Juan Pérez'],
				[{ tap: 'option:quotation' }, 'dónde quedó mi pedido', ''],
				[{ content: { type: 'location', location: { latitude: 4.6, longitude: -74.1 } } }],
			],
			named: true,
		},
		{
			turns: [
				['¿cómo va mi caso?', 'Juan Pérez'],
				['cotizar 2 monitores y la factura de ayer, me la mandan'],
				['cuánto falta para que llegue mi compra', { tap: 'option:quotation' }],
				['1020304050'],
			],
			named: false,
		},
		{
			turns: [
				['cotizar 2 monitores y la factura de ayer, me la mandan'],
				[{ file: 'image' }],
				['Buenas tardes, me podrían cotizar por favor 15 portátiles core i7 con 16 de ram'],
				[
					{ tap: 'answer:process:billing' },
					'Buenas tardes, me podrían cotizar por favor 15 portátiles core i7 con 16 de ram',
				],
				[{ file: 'image' }],
			],
			named: false,
		},
	] satisfies Array<{ turns: Act[][]; named: boolean }>
).map(({ turns, named }) => ({ turns: turns.map((acts: Act[]) => ({ acts, pause: 0 })), named, returning: true }));
const questionOf = (state: ConversationState) => state.asked;

describe('random customers (B1, D35)', () => {
	const play = (
		{
			turns,
			returning,
			named,
		}: { turns: ReadonlyArray<{ acts: readonly Act[]; pause: number }>; returning: boolean; named: boolean },
		check: (dialogue: Dialogue, said: boolean) => void,
	) => {
		const dialogue = new Dialogue({ contact: returning ? known : {}, ...(named ? { advisors } : {}) });
		for (const { acts, pause } of turns) {
			const before = dialogue.effects.length;
			const bubble = dialogue.says(...acts);
			const effects = dialogue.effects.slice(before);
			expect(effects.filter(({ kind }) => kind === 'say').length).toBeLessThanOrEqual(1);
			check(dialogue, bubble !== undefined);
			dialogue.waits(pause);
		}
		return dialogue;
	};

	test('are always answered, or left in silence for a reason that is on record', () => {
		fc.assert(
			fc.property(customer, (person) => {
				play(person, (dialogue, said) => {
					if (!said) expect(dialogue.lastExplanation.next).toMatch(/\w/);
				});
			}),
			{ numRuns: 400 },
		);
	});

	test('are never asked the same question more than three times in a row', () => {
		fc.assert(
			fc.property(customer, (person) => {
				let field: string | undefined;
				let times = 0;
				play(person, (dialogue, said) => {
					const asks = said && (dialogue.lastBubble?.keys ?? []).some((key) => questionKeys.includes(key));
					const asked = questionOf(dialogue.state);
					times = asks && asked !== undefined && asked === field ? times + 1 : 1;
					if (asks || asked === undefined) field = asked;
					expect(times).toBeLessThanOrEqual(3);
				});
			}),
			{ numRuns: 400, examples: changedTheirMind.map((person) => [person]) },
		);
	});

	test('leave a conversation that survives being written and read, whose intent is a known one', () => {
		fc.assert(
			fc.property(customer, (person) => {
				const { state } = play(person, () => undefined);
				expect(JSON.parse(JSON.stringify(state))).toEqual(state);
				if (state.intent !== undefined) expect(INTENTS).toContain(state.intent);
			}),
			{ numRuns: 200 },
		);
	});

	test('end in a case, a person, a close or a wait that ends by itself', () => {
		fc.assert(
			fc.property(customer, (person) => {
				const dialogue = play(person, () => undefined);
				dialogue.waits(72 * 60);
				const { mode, caseNumber, openRequestId } = dialogue.state;
				expect(openRequestId).toBeUndefined();
				const silentOnly = dialogue.bubbles.length === 0;
				const ended = mode === 'closed' || caseNumber !== undefined || dialogue.all('handoff').length > 0;
				expect(ended || silentOnly).toBe(true);
			}),
			{ numRuns: 300 },
		);
	});

	test('are told the number of a case exactly once (D4)', () => {
		fc.assert(
			fc.property(customer, (person) => {
				const dialogue = play(person, () => undefined);
				for (const { number } of dialogue.cases) {
					const told = dialogue.bubbles.filter(
						({ text, keys }) => text.includes(`número ${number}`) && !keys.includes('order_status'),
					);
					expect(told.length).toBeLessThanOrEqual(1);
				}
			}),
			{ numRuns: 300 },
		);
	});
});

describe('customers and a person by turns (B14, D33)', () => {
	const taken = fc.constantFrom('took_over' as const, 'accepted' as const, 'wrote' as const);
	const left = fc.constantFrom('gave_back' as const, 'closed' as const);
	const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

	test('the bot is silent meanwhile, and nothing from before goes into a later case', () => {
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom(...answers, ...written), { minLength: 1, maxLength: 4 }),
				taken,
				fc.array(act, { maxLength: 3 }),
				left,
				fc.array(fc.constantFrom(...answers, ...written), { minLength: 1, maxLength: 5 }),
				(before, taking, meanwhile, leaving, after) => {
					const dialogue = new Dialogue({ contact: known, advisors });
					for (const one of before) dialogue.says(one);
					dialogue.person(taking);
					const said = dialogue.bubbles.length;
					for (const one of meanwhile) dialogue.says(one);
					// Opting out is heard whoever has the conversation, and confirmed.
					if (!dialogue.all('learn').some(({ field }) => field === 'optOut'))
						expect(dialogue.bubbles.length).toBe(said);
					dialogue.person(leaving);
					const earlier = dialogue.cases.length;

					for (const one of after) dialogue.says(one);

					const since = new Set(after.flatMap(wordsOf));
					for (const { fields } of dialogue.cases.slice(earlier))
						expect(wordsOf(fields['product'] ?? '').filter((word) => !/^\d+$/.test(word) && !since.has(word))).toEqual(
							[],
						);
				},
			),
			{ numRuns: 300 },
		);
	});
});

describe('customers who write while their case is being registered', () => {
	test('get an answer afterwards, or find it on the case; nothing waits for ever', () => {
		fc.assert(
			fc.property(fc.array(act, { minLength: 1, maxLength: 5 }), fc.boolean(), (acts, moves) => {
				const dialogue = new Dialogue({ contact: known, registers: false });
				dialogue.says('mi impresora no enciende');
				const requestId = dialogue.all('openCase')[0]?.requestId ?? '';
				for (const one of acts) dialogue.says(one);
				if (moves) dialogue.person('offer_link', { number: '+573015550101' });
				dialogue.caseOpened({ requestId, type: 'support', caseId: 'case-9', number: 'PS-2026-000009' });
				dialogue.waits(0);

				expect(dialogue.state.memory['afterthoughts']).toBeUndefined();
				expect(JSON.parse(JSON.stringify(dialogue.state))).toEqual(dialogue.state);
				expect(dialogue.bubbles.filter(({ text }) => text.includes('PS-2026-000009')).length).toBeLessThanOrEqual(1);
			}),
			{ numRuns: 300 },
		);
	});
});

describe('one batch', () => {
	test('ends the same in any order and with any message repeated', () => {
		fc.assert(
			fc.property(
				fc.array(act, { minLength: 2, maxLength: 5 }),
				fc.boolean(),
				fc.infiniteStream(fc.nat()),
				(acts, returning, dice) => {
					const contact = returning ? known : {};
					const straight = new Dialogue({ contact, advisors });
					const messages = acts.map((one) => straight.message(one));
					const mixed = new Dialogue({ contact, advisors });
					mixed.now = straight.now;
					const repeated = [...messages, ...messages.filter(() => (dice.next().value ?? 0) % 2 === 0)]
						.map((message) => ({ message, rank: dice.next().value ?? 0 }))
						.sort((left, right) => left.rank - right.rank)
						.map(({ message }) => message);
					straight.take(messages);
					mixed.take(repeated);

					expect(mixed.state).toEqual(straight.state);
					expect(mixed.effects).toEqual(straight.effects);
				},
			),
			{ numRuns: 300 },
		);
	});
});
