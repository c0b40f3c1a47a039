import type { ChatMessage } from '../../nodes/shared/domain/simulation/chatMessage';
import { parseChatExport } from '../../nodes/shared/domain/simulation/parseChatExport';
import { readChatTable } from '../../nodes/shared/domain/simulation/readChatTable';
import { EXPORT_FORMATS, exportedBy, type WrittenMessage } from '../support/pastChats';
import * as fc from '../support/properties';

const BOGOTA = { timeZone: 'America/Bogota' };
const LRM = '\u200e';

/** A message as the tests look at it: the clock in Bogotá, who, what. */
function shown({ kind, at, from, text, media, edited }: ChatMessage): unknown[] {
	const clock = new Date(at.getTime() - 5 * 3_600_000).toISOString().slice(0, 19);
	const marks = [...(kind === 'message' ? [] : [kind]), ...(media ? [media.type] : []), ...(edited ? ['edited'] : [])];
	return [clock, from, text, ...marks];
}

const parsed = (text: string) => parseChatExport(text, BOGOTA).messages.map(shown);

describe('B18: exports as phones write them', () => {
	test.each([
		[
			'Android, es-CO: a. m. and p. m. with narrow blanks',
			[
				'3/04/2026, 1:05\u202fp.\u00a0m. - Los mensajes y las llamadas están cifrados de extremo a extremo. Obtén más información.',
				'3/04/2026, 1:05\u202fp.\u00a0m. - Laura Gómez: Buenas tardes',
				'3/04/2026, 12:00\u202fa.\u00a0m. - Laura Gómez: <Multimedia omitido>',
				'13/04/2026, 12:00\u202fp.\u00a0m. - Ferretería El Tornillo: IMG-20260413-WA0001.jpg (archivo adjunto)',
				'la lista de precios',
				'13/04/2026, 8:09\u202fa.\u00a0m. - Laura Gómez: Eliminaste este mensaje.',
				'13/04/2026, 8:10\u202fa.\u00a0m. - Laura Gómez: son 20 <Se editó este mensaje.>',
			],
			[
				[
					'2026-04-03T13:05:00',
					'',
					'Los mensajes y las llamadas están cifrados de extremo a extremo. Obtén más información.',
					'system',
				],
				['2026-04-03T13:05:00', 'Laura Gómez', 'Buenas tardes'],
				['2026-04-03T00:00:00', 'Laura Gómez', '', 'unknown'],
				['2026-04-13T12:00:00', 'Ferretería El Tornillo', 'la lista de precios', 'image'],
				['2026-04-13T08:09:00', 'Laura Gómez', '', 'deleted'],
				['2026-04-13T08:10:00', 'Laura Gómez', 'son 20', 'edited'],
			],
		],
		[
			'iOS, es-MX: brackets, seconds and marks of direction',
			[
				`${LRM}[25/03/26, 9:05:10 a.m.] Papelería Norte: ${LRM}Los mensajes y las llamadas están cifrados de extremo a extremo.`,
				`[25/03/26, 9:05:10 a.m.] ~\u202fMarisol Ruiz: Hola, me urge`,
				'cotizar: 3 sillas',
				'',
				'gracias',
				`${LRM}[25/03/26, 9:06:00 a.m.] ~\u202fMarisol Ruiz: ${LRM}imagen omitida`,
				`${LRM}[25/03/26, 9:07:00 a.m.] Papelería Norte: ${LRM}lista.pdf • 2 páginas ${LRM}documento omitido`,
				`${LRM}[25/03/26, 9:08:00 a.m.] ~\u202fMarisol Ruiz: ${LRM}<adjunto: 00000012-AUDIO-2026-03-25.opus>`,
				`${LRM}[25/03/26, 9:09:00 a.m.] Papelería Norte: ${LRM}Llamada de voz perdida`,
			],
			[
				['2026-03-25T09:05:10', '', 'Los mensajes y las llamadas están cifrados de extremo a extremo.', 'system'],
				['2026-03-25T09:05:10', 'Marisol Ruiz', 'Hola, me urge\ncotizar: 3 sillas\n\ngracias'],
				['2026-03-25T09:06:00', 'Marisol Ruiz', '', 'image'],
				['2026-03-25T09:07:00', 'Papelería Norte', '', 'document'],
				['2026-03-25T09:08:00', 'Marisol Ruiz', '', 'voice'],
				['2026-03-25T09:09:00', '', 'Llamada de voz perdida', 'system'],
			],
		],
		[
			'Android, es-ES: 24 hours, short dates',
			['1/2/26, 9:05 - Ana: hola', '2/2/26, 23:59 - +34 600 11 22 33: ¿precio?', '28/2/26, 0:01 - Ana: 10 €'],
			[
				['2026-02-01T09:05:00', 'Ana', 'hola'],
				['2026-02-02T23:59:00', '+34 600 11 22 33', '¿precio?'],
				['2026-02-28T00:01:00', 'Ana', '10 €'],
			],
		],
		[
			'Android, en-US: month first, AM and PM',
			[
				'3/9/26, 12:30 AM - Messages and calls are end-to-end encrypted. No one outside of this chat can read them.',
				'3/9/26, 12:30 PM - Ann: <Media omitted>',
				'3/25/26, 1:05 PM - Ann: sorry <This message was edited>',
				'3/25/26, 1:06 PM - Ann: This message was deleted',
			],
			[
				[
					'2026-03-09T00:30:00',
					'',
					'Messages and calls are end-to-end encrypted. No one outside of this chat can read them.',
					'system',
				],
				['2026-03-09T12:30:00', 'Ann', '', 'unknown'],
				['2026-03-25T13:05:00', 'Ann', 'sorry', 'edited'],
				['2026-03-25T13:06:00', 'Ann', '', 'deleted'],
			],
		],
		[
			'Android, en-GB: day first',
			['09/03/2026, 14:05 - Ann: hello', '10/03/2026, 09:00 - Shop: photo.jpg (file attached)'],
			[
				['2026-03-09T14:05:00', 'Ann', 'hello'],
				['2026-03-10T09:00:00', 'Shop', '', 'image'],
			],
		],
		[
			'Android, pt-BR: no comma',
			[
				'09/03/2026 14:05 - As mensagens e as ligações são protegidas com a criptografia de ponta a ponta.',
				'09/03/2026 14:05 - João Souza: oi, quanto custa?',
				'10/03/2026 09:00 - Loja: <Mídia oculta>',
				'10/03/2026 09:01 - Loja: Mensagem apagada',
			],
			[
				[
					'2026-03-09T14:05:00',
					'',
					'As mensagens e as ligações são protegidas com a criptografia de ponta a ponta.',
					'system',
				],
				['2026-03-09T14:05:00', 'João Souza', 'oi, quanto custa?'],
				['2026-03-10T09:00:00', 'Loja', '', 'unknown'],
				['2026-03-10T09:01:00', 'Loja', '', 'deleted'],
			],
		],
	])('%s', (_format, lines, expected) => {
		expect(parsed(lines.join('\r\n'))).toEqual(expected);
	});

	test.each([
		['a day after the twelfth decides', ['3/4/26, 9:05 - Ana: a', '3/14/26, 9:05 - Ana: b'], 'month_first'],
		['else time never runs backwards', ['1/1/26', '1/2/26', '2/1/26'].map(day), 'month_first'],
		['else the shorter story is the true one', ['3/4/26', '4/4/26', '5/4/26'].map(day), 'day_first'],
		['else what phones of that clock write', ['3/4/26, 9:05 PM - Ana: a'], 'month_first'],
		['else the day comes first', ['3/4/26, 21:05 - Ana: a'], 'day_first'],
	])('which number is the day: %s', (_rule, lines, expected) => {
		expect(parseChatExport(lines.join('\n'), BOGOTA).dateOrder).toBe(expected);
	});

	test('a line that only looks like an entry stays in its message', () => {
		const text =
			'3/04/2026, 13:05 - Laura: le reenvío:\n99/99/2026, 13:00 - Pedro: hola\n3/04/2026, 13:06 - Laura: eso';

		expect(parsed(text)).toEqual([
			['2026-04-03T13:05:00', 'Laura', 'le reenvío:\n99/99/2026, 13:00 - Pedro: hola'],
			['2026-04-03T13:06:00', 'Laura', 'eso'],
		]);
	});

	test('words of a customer that begin like a note of WhatsApp are the customer’s', () => {
		expect(
			parsed('3/04/2026, 13:05 - Laura: Llamada, por favor\n3/04/2026, 13:06 - Laura: este negocio es serio?'),
		).toEqual([
			['2026-04-03T13:05:00', 'Laura', 'Llamada, por favor'],
			['2026-04-03T13:06:00', 'Laura', 'este negocio es serio?'],
		]);
	});

	test('a new subject with a colon is nobody’s message', () => {
		const [line] = parsed('3/04/2026, 13:05 - Laura cambió el asunto de "Pedido: uno" a "Pedido: dos"');

		expect(line?.at(-1)).toBe('system');
	});

	test('a file that is no export has no messages and says how much could not be read', () => {
		expect(parseChatExport('nombre;telefono\nLaura;300', BOGOTA)).toMatchObject({ messages: [], unreadLines: 2 });
	});
});

function day(date: string): string {
	return `${date}, 9:05 - Ana: x`;
}

describe('B18: whatever comes in', () => {
	const clock = fc.tuple(
		fc.integer({ min: 2015, max: 2030 }),
		fc.integer({ min: 1, max: 12 }),
		fc.integer({ min: 1, max: 28 }),
		fc.integer({ min: 0, max: 23 }),
		fc.integer({ min: 0, max: 59 }),
		fc.integer({ min: 0, max: 59 }),
	);
	// Words that an export cannot confuse with its own marks; several lines, accents, emoji, colons.
	const words = fc
		.array(fc.constantFrom('hola', '¿precio?', 'son: 20', 'ñandú 🙂', '12:30', '- lista', '[urgente]', 'a. m.'), {
			minLength: 1,
			maxLength: 6,
		})
		.chain((pieces) => fc.constantFrom(' ', '\n').map((glue) => pieces.join(glue)));
	const message = fc.record({
		at: clock,
		from: fc.constantFrom('Laura Gómez', 'Tienda Uno', '+57 300 1112233'),
		text: words,
	});
	const inOrder = (messages: readonly WrittenMessage[]) =>
		[...messages].sort((one, other) => one.at.map(pad).join().localeCompare(other.at.map(pad).join()));
	const pad = (value: number) => String(value).padStart(4, '0');

	test('no message is lost, none is made up, and the order is kept, in every format', () => {
		fc.assert(
			fc.property(
				fc.array(message, { minLength: 1, maxLength: 25 }),
				fc.constantFrom(...EXPORT_FORMATS),
				(messages, format) => {
					const chat = inOrder(messages);
					const read = parseChatExport(exportedBy(format, chat), { ...BOGOTA, dateOrder: format.dateOrder });
					expect(read.messages.map(({ from, text }) => [from, text])).toEqual(
						chat.map(({ from, text }) => [from, text.trimEnd()]),
					);
				},
			),
			{ numRuns: 300 },
		);
	});

	test('the clock is read as it stood on the wall, where the file tells which number is the day', () => {
		fc.assert(
			fc.property(
				fc.array(message, { minLength: 1, maxLength: 10 }),
				fc.constantFrom(...EXPORT_FORMATS),
				(messages, format) => {
					const chat = inOrder([{ at: [2015, 1, 28, 0, 0, 0], from: 'Laura Gómez', text: 'x' }, ...messages]);
					const read = parseChatExport(exportedBy(format, chat), BOGOTA);
					expect(read.messages.map((one) => shown(one)[0])).toEqual(
						chat.map(({ at: [year, month, date, hour, minute, second] }) =>
							new Date(Date.UTC(year, month - 1, date, hour, minute, format.seconds ? second : 0))
								.toISOString()
								.slice(0, 19),
						),
					);
				},
			),
			{ numRuns: 200 },
		);
	});

	test('it never throws, and every line of noise is counted or kept', () => {
		const noise = fc.oneof(
			fc.string({ unit: 'binary' }),
			fc.constantFrom('[', '12/12/2026, 9:05 - ', '[1/1/26, 99:99:99] x: y', '0/0/0, 0:00 - a: b', ': :', '\u200e'),
		);
		fc.assert(
			fc.property(fc.array(noise, { maxLength: 12 }), (lines) => {
				const text = lines.join('\n');
				const { messages, unreadLines } = parseChatExport(text, BOGOTA);
				for (const { at } of messages) expect(Number.isNaN(at.getTime())).toBe(false);
				if (/[\p{L}\p{N}]/u.test(text)) expect(messages.length + unreadLines).toBeGreaterThan(0);
			}),
			{ numRuns: 500 },
		);
	});
});

describe('B18: chats as a table', () => {
	test('rows become chats in the order of their times, whatever the columns write', () => {
		const { chats, refused } = readChatTable(
			[
				{ chat: 'Laura', at: '2026-03-12 14:06', from: 'Laura', text: 'segundo', direction: 'entrante' },
				{ chat: 'Laura', at: '2026-03-12T14:05:00-05:00', from: 'Laura', text: 'primero', direction: 'in' },
				{ chat: 'Pedro', at: 1_773_342_300, from: 'Tienda', text: 'hola', direction: 'out' },
				{ chat: '', at: '12/3/2026 14:05', from: 'Ana', text: 'sola', direction: 'cliente' },
				{ chat: 'Laura', at: 'ayer', text: '¿?' },
				{ at: '2026-03-12 14:05', text: 'de nadie' },
			],
			'America/Bogota',
		);

		expect(
			chats.map(({ title, rows, messages }) => [title, rows, messages.map(({ text, direction }) => [text, direction])]),
		).toEqual([
			[
				'Laura',
				[0, 1],
				[
					['primero', 'in'],
					['segundo', 'in'],
				],
			],
			['Pedro', [2], [['hola', 'out']]],
			['Ana', [3], [['sola', 'in']]],
		]);
		expect(chats[0]?.messages[1]?.at.toISOString()).toBe('2026-03-12T19:06:00.000Z');
		expect(chats[2]?.messages[0]?.at.toISOString()).toBe('2026-03-12T19:05:00.000Z');
		expect(refused).toEqual([
			{ row: 4, reason: 'no_time' },
			{ row: 5, reason: 'no_chat' },
		]);
	});
});
