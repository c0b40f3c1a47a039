import { buttonId, readButton } from '../../nodes/shared/domain/bridge/buttons';
import { decideBridge, isNote } from '../../nodes/shared/domain/bridge/decide';
import type { AdvisorMessage, AttendedCustomer, BridgeAct, BridgeFacts } from '../../nodes/shared/domain/bridge/types';
import { LANGUAGES } from '../../nodes/shared/domain/profile/businessProfile';
import { bridgeText, cardLine, spanInWords } from '../../nodes/shared/text/bridgeTexts';
import * as fc from '../support/properties';

const laura: AttendedCustomer = { conversationId: 'laura', name: 'Laura', windowOpen: true };
const pedro: AttendedCustomer = { conversationId: 'pedro', name: 'Pedro', windowOpen: true };
const silentSince: AttendedCustomer = { conversationId: 'ana', name: 'Ana', windowOpen: false };

const text = (words: string, more: Partial<AdvisorMessage> = {}): AdvisorMessage => ({
	id: 'm1',
	type: 'text',
	text: words,
	readable: true,
	...more,
});
const facts = (attending: readonly AttendedCustomer[], cards: readonly string[] = []): BridgeFacts => ({
	attending,
	openCards: cards.map((id) => ({ id })),
});
const one = (message: AdvisorMessage, known: BridgeFacts): BridgeAct | undefined => decideBridge([message], known)[0];

describe('P6: what an advisor writes to the company’s number', () => {
	const quotedCard = { kind: 'card', id: 'card-1', customer: laura } as const;
	const quotedRelay = { kind: 'relay', id: 'relay-1', customer: pedro } as const;

	test.each<[string, AdvisorMessage, BridgeFacts, object]>([
		[
			'«Lo tomo» tapped takes its card',
			text('Lo tomo', { tapped: { kind: 'take', cardId: 'c' } }),
			facts([]),
			{ kind: 'take', cardId: 'c' },
		],
		[
			'«Paso» tapped passes its card',
			text('Paso', { tapped: { kind: 'pass', cardId: 'c' } }),
			facts([]),
			{ kind: 'pass', cardId: 'c' },
		],
		[
			'«lo tomo» written with the card quoted',
			text('Lo tomo!', { quoted: quotedCard }),
			facts([], ['x', 'y']),
			{ kind: 'take', cardId: 'card-1' },
		],
		['«lo tomo» with one open card', text('lo tomo 👍'), facts([pedro], ['x']), { kind: 'take', cardId: 'x' }],
		[
			'«lo tomo» with two open cards asks for a quote',
			text('Lo tomo'),
			facts([], ['x', 'y']),
			{ kind: 'say', text: 'quote_a_card' },
		],
		['«paso» without a card', text('paso'), facts([laura]), { kind: 'say', text: 'card_gone' }],
		[
			'words that quote a card go to its customer',
			text('Ya te envío el precio', { quoted: quotedCard }),
			facts([pedro]),
			{ kind: 'reply', conversationId: 'laura' },
		],
		[
			'words that quote a customer go to that one, whoever else is attended',
			text('Listo', { quoted: quotedRelay }),
			facts([laura, pedro]),
			{ kind: 'reply', conversationId: 'pedro' },
		],
		[
			'without a quote to the only one',
			text('Buenos días'),
			facts([laura]),
			{ kind: 'reply', conversationId: 'laura' },
		],
		['without a quote and several: asked', text('Buenos días'), facts([laura, pedro]), { kind: 'ask', about: 'reply' }],
		['without a quote and nobody: said', text('Buenos días'), facts([]), { kind: 'say', text: 'nobody_attended' }],
		[
			'«#» is a note, also with a command behind it',
			text('# fin de mes paga'),
			facts([laura]),
			{ kind: 'note', conversationId: 'laura' },
		],
		[
			'«#» on a quote is that customer’s note',
			text('#cliente difícil', { quoted: quotedRelay }),
			facts([laura]),
			{ kind: 'note', conversationId: 'pedro' },
		],
		['«fin» gives back', text('Fin.'), facts([laura]), { kind: 'giveBack', conversationId: 'laura' }],
		['«fin» with several: asked', text('fin'), facts([laura, pedro]), { kind: 'ask', about: 'giveBack' }],
		[
			'«cerrar» on a quote ends that one',
			text('Cerrar', { quoted: quotedRelay }),
			facts([laura, pedro]),
			{ kind: 'close', conversationId: 'pedro' },
		],
		['«entro» is the shift', text('¡Entro!'), facts([laura]), { kind: 'shift', available: true }],
		['«salgo» is the shift', text('salgo'), facts([]), { kind: 'shift', available: false }],
		[
			'a sentence with the word is for the customer',
			text('Salgo a entregarte el pedido'),
			facts([laura]),
			{ kind: 'reply', conversationId: 'laura' },
		],
		['help', text('ayuda'), facts([laura]), { kind: 'say', text: 'help' }],
		[
			'a photo without words',
			{ id: 'm1', type: 'image', readable: true },
			facts([laura]),
			{ kind: 'reply', conversationId: 'laura' },
		],
		[
			'what cannot be passed on is said',
			{ id: 'm1', type: 'unsupported', readable: false },
			facts([laura]),
			{ kind: 'say', text: 'unreadable' },
		],
		[
			'an edit does not reach the customer',
			{ id: 'm1', type: 'edit', readable: true, text: 'x' },
			facts([laura]),
			{ kind: 'say', text: 'sent_stays' },
		],
		['a reaction is nothing', { id: 'm1', type: 'reaction', readable: false }, facts([laura]), { kind: 'nothing' }],
		[
			'a closed window is said before anything is sent',
			text('Hola de nuevo'),
			facts([silentSince]),
			{ kind: 'windowClosed', customer: silentSince },
		],
		['a note needs no window', text('#llamar mañana'), facts([silentSince]), { kind: 'note', conversationId: 'ana' }],
		[
			'the template is one tap',
			text('Enviar plantilla', { tapped: { kind: 'template', conversationId: 'ana' } }),
			facts([]),
			{ kind: 'template', conversationId: 'ana' },
		],
	])('%s', (_name, message, known, expected) => {
		expect(one(message, known)).toMatchObject(expected);
	});

	test('a tapped answer sends what waited, once', () => {
		const question = { id: 'q', about: 'reply', messageIds: ['m7', 'm8'], customer: pedro, answered: false } as const;
		const tap = text('Pedro', { tapped: { kind: 'answer', questionId: 'q', conversationId: 'pedro' }, question });
		expect(one(tap, facts([laura, pedro]))).toEqual({
			kind: 'reply',
			conversationId: 'pedro',
			messageIds: ['m7', 'm8'],
		});
		expect(one({ ...tap, question: { ...question, answered: true } }, facts([laura, pedro]))).toMatchObject({
			kind: 'nothing',
		});
	});

	test('a burst that is not clear is one question', () => {
		const burst = ['Hola', 'te confirmo', 'el lunes'].map((words, index) => text(words, { id: `m${index}` }));
		expect(decideBridge(burst, facts([laura, pedro]))).toEqual([
			{ kind: 'ask', about: 'reply', messageIds: ['m0', 'm1', 'm2'], among: [laura, pedro] },
		]);
	});
});

describe('P6: whatever is written', () => {
	const customers = [laura, pedro, silentSince];
	const message = fc.record({
		id: fc.uuid(),
		type: fc.constantFrom('text', 'image', 'reaction', 'edit', 'unsupported', 'reply'),
		text: fc.option(
			fc.oneof(
				fc.string(),
				fc.constantFrom('fin', '#nota', 'lo tomo', 'paso', 'entro', 'salgo', 'constructor', '__proto__'),
			),
			{ nil: undefined },
		),
		readable: fc.boolean(),
		quoted: fc.option(
			fc.record({
				kind: fc.constantFrom('card' as const, 'relay' as const, 'notice' as const),
				id: fc.uuid(),
				customer: fc.option(fc.constantFrom(...customers), { nil: undefined }),
			}),
			{ nil: undefined },
		),
	});
	const known = fc.record({
		attending: fc.uniqueArray(fc.constantFrom(...customers)),
		openCards: fc.array(fc.record({ id: fc.uuid() }), { maxLength: 3 }),
	});

	test('every message leads to exactly one act, in its order', () => {
		fc.assert(
			fc.property(fc.uniqueArray(message, { maxLength: 6, selector: ({ id }) => id }), known, (messages, about) => {
				const handled = decideBridge(messages, about).flatMap((act) =>
					'messageIds' in act ? act.messageIds : [act.messageId],
				);
				expect([...handled].sort()).toEqual(messages.map(({ id }) => id).sort());
			}),
		);
	});

	test('nothing reaches a customer who is neither quoted nor the only one attended, and never a note', () => {
		fc.assert(
			fc.property(message, known, (written, about) => {
				const act = one(written, about);
				if (act?.kind !== 'reply') return;
				const meant = written.quoted?.customer ?? (about.attending.length === 1 ? about.attending[0] : undefined);
				expect(act.conversationId).toBe(meant?.conversationId);
				expect(meant?.windowOpen).toBe(true);
				expect(isNote(written.text)).toBe(false);
			}),
		);
	});
});

describe('buttons and sentences', () => {
	test('a button comes back as what it was, and nothing else is one', () => {
		for (const button of [
			{ kind: 'take', cardId: 'a' },
			{ kind: 'pass', cardId: 'a' },
			{ kind: 'template', conversationId: 'b' },
			{ kind: 'answer', questionId: 'q', conversationId: 'b' },
		] as const)
			expect(readButton(buttonId(button))).toEqual(button);
		for (const other of [
			undefined,
			'',
			'menu',
			'bridge',
			'bridge:take',
			'bridge:take:',
			'bridge:answer:q',
			'bridge:x:y',
		])
			expect(readButton(other)).toBeUndefined();
	});

	test.each(LANGUAGES)('in %s titles fit a button, and empty lines of a card are left out', (language) => {
		for (const key of ['card_take', 'card_pass', 'template_button'] as const)
			expect([...bridgeText(key, language)].length).toBeLessThanOrEqual(20);
		expect(
			bridgeText('card', language, {
				name: 'Laura',
				need: 'Cotización',
				case_line: cardLine('case', language, undefined),
			}),
		).toBe('🔔 *Laura*\nCotización');
	});

	test('waiting time is short', () => {
		expect([0, 59_000, 180_000, 3_600_000, 7_500_000].map(spanInWords)).toEqual([
			'0 min',
			'0 min',
			'3 min',
			'1 h',
			'2 h 5 min',
		]);
	});
});
