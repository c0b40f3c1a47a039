import { prosuministros } from '../../nodes/shared/domain/profile/prosuministros';
import { validateProfile } from '../../nodes/shared/domain/profile/validateProfile';
import type { PastChat } from '../../nodes/shared/domain/simulation/chatMessage';
import { introducedIn } from '../../nodes/shared/domain/simulation/chatPeople';
import { findSides } from '../../nodes/shared/domain/simulation/chatSides';
import { parseChatExport } from '../../nodes/shared/domain/simulation/parseChatExport';
import { simulateChats } from '../../nodes/shared/domain/simulation/simulateChats';
import type { SimulationReport } from '../../nodes/shared/domain/simulation/simulationReport';
import { simulationPage } from '../../nodes/shared/text/simulationPage/simulationPage';
import { chatsOfAShop } from '../support/pastChats';

const SHOP = 'PROSUMINISTROS';

/** A chat in words: "9:05 hola" is the customer, "9:40> hola" the business; "+1" goes to the next day. */
function chat(customer: string, ...lines: readonly string[]): PastChat {
	let date = 3;
	const messages = lines.flatMap((line): PastChat['messages'] => {
		if (line.startsWith('+')) {
			date += Number(line);
			return [];
		}
		const [, hour = '', minute = '', arrow = '', text = ''] = /^(\d+):(\d+)(>?) (.*)$/su.exec(line) ?? [];
		const at = new Date(Date.UTC(2026, 2, date, Number(hour) + 5, Number(minute)));
		const media = text === '[foto]' ? { media: { type: 'image' as const } } : {};
		return [
			{ kind: 'message', at, from: arrow === '' ? customer : SHOP, text: text === '[foto]' ? '' : text, ...media },
		];
	});
	return { title: `Chat de WhatsApp con ${customer}`, messages };
}

const simulate = (...chats: readonly PastChat[]): SimulationReport => simulateChats(chats, { profile: prosuministros });
const only = (report: SimulationReport) => {
	const [detail] = report.details;
	if (detail === undefined) throw new Error('There is no conversation');
	return detail;
};

describe('B18: what the bot would have done', () => {
	test('a quotation is understood, asked about and registered, with the customer’s own words', () => {
		const detail = only(
			simulate(chat('Laura Gómez', '9:05 Buenas, necesito cotizar 20 portátiles', '9:40> Claro', '9:42 gracias')),
		);

		expect(detail).toMatchObject({
			intent: 'quotation',
			outcome: 'registered',
			resolved: true,
			asked: ['name', 'identification', 'detailLevel'],
			cases: [{ type: 'quotation', areaName: 'Comercial', subject: '20 portátiles', createLead: true }],
			handoffs: [{ strength: 'notify', reason: 'formal_quotation' }],
			firstAnswerMinutes: 35,
		});
		// What was assumed in the customer's place is no fact about the customer.
		expect(detail.cases[0]?.fields).toEqual({ product: 'portátiles', quantity: '20' });
		expect(detail.steps.map(({ said, assumed }) => [said, assumed])).toEqual([
			['Buenas, necesito cotizar 20 portátiles', false],
			['Laura Gómez', true],
			['no tengo', true],
			['Cotización formal', true],
			['gracias', false],
		]);
	});

	test('without assuming answers only the words of the chat count', () => {
		const past = [chat('Laura Gómez', '9:05 Buenas, necesito cotizar 20 portátiles')];
		const report = simulateChats(past, { profile: prosuministros, assumesAnswers: false });

		expect(only(report)).toMatchObject({ outcome: 'unfinished', asked: ['name'], cases: [] });
		expect(report).toMatchObject({ resolvedShare: 0, withNeed: 1, assumesAnswers: false });
	});

	test.each([
		['who asks for a person is handed over', ['9:05 quiero hablar con un asesor'], 'handed_over'],
		['so is a complaint', ['9:05 qué pésimo servicio, nadie me responde'], 'handed_over'],
		['who asks not to be written to is heard', ['9:05 no quiero recibir más mensajes'], 'opted_out'],
		['a need that is never said stays open', ['9:05 hola', '9:06> Hola', '9:20 es sobre lo de ayer'], 'unfinished'],
		['a greeting alone is small talk', ['9:05 hola', '9:06> Hola', '9:07 👍', '9:08 gracias'], 'small_talk'],
		['nobody asked anything', ['9:05> Tenemos promociones'], 'not_asked'],
	])('%s', (_what, lines, outcome) => {
		expect(only(simulate(chat('Laura Gómez', ...lines))).outcome).toBe(outcome);
	});

	test('a silence of twelve hours ends a conversation, and the bot knows the customer the next time (D3)', () => {
		const report = simulate(
			chat('Laura Gómez', '9:05 necesito cotizar 5 monitores', '+2', '9:00 en qué va mi pedido?', '9:01> ya salió'),
		);

		expect(report.details.map(({ number, intent, asked }) => [number, intent, asked])).toEqual([
			[1, 'quotation', ['name', 'identification', 'detailLevel']],
			[2, 'order_status', ['advisor']],
		]);
	});

	test('the same thing again within a day continues the case (B13)', () => {
		const report = simulate(
			chat('Laura Gómez', '8:00 necesito cotizar 5 monitores', '20:30 necesito cotizar 5 monitores'),
		);

		expect(report.details.map(({ outcome }) => outcome)).toEqual(['registered', 'continued']);
		expect(report.registered).toEqual({ quotation: 1 });
	});

	test('the person whom the customer talked to answers “which advisor”', () => {
		const detail = only(
			simulate(chat('Laura Gómez', '9:05 en qué va mi pedido?', '9:10> Hola Laura, le habla Carolina Rojas')),
		);

		expect(detail.steps.map(({ said }) => said)).toContain('Carolina Rojas');
		expect(detail.cases).toHaveLength(1);
	});

	test('the shares are of conversations in which somebody wanted something', () => {
		const report = simulate(
			chat('Laura Gómez', '9:05 necesito cotizar 5 monitores'),
			chat('Pedro Díaz', '9:05 quiero hablar con un asesor'),
			chat('Ana Ruiz', '9:05 gracias'),
			chat('Luis Paz', '9:05> Promoción'),
		);

		expect(report).toMatchObject({ conversations: 4, withNeed: 2, resolvedShare: 0.5, leads: 1 });
		expect(report.handoffReasons).toEqual([{ reason: 'asked_for_person', conversations: 1 }]);
	});

	test('the same chats give the same report, byte by byte', () => {
		const past = chatsOfAShop(400).map(({ title, text }) => ({
			title,
			messages: parseChatExport(text, { timeZone: 'America/Bogota' }).messages,
		}));

		expect(JSON.stringify(simulate(...past))).toBe(JSON.stringify(simulate(...past)));
	});
});

describe('B18: what the chats tell', () => {
	test('quotations that waited over two hours for a person, the longest first; a machine’s greeting is no answer', () => {
		const greeting = 'Gracias por comunicarte con PROSUMINISTROS, en breve te atendemos.';
		const report = simulate(
			chat('Laura Gómez', '9:05 cotización de 3 sillas', `9:05> ${greeting}`, '11:06> Hola'),
			chat('Pedro Díaz', '9:05 precio de una UPS', `9:05> ${greeting}`, '11:05> Hola'),
			chat('Ana Ruiz', '20:00 necesito cotizar monitores', `20:00> ${greeting}`),
			chat('Luis Paz', '9:05 mi impresora no prende', '18:00> Hola'),
		);

		expect(report.automaticAnswers).toEqual([greeting]);
		expect(
			report.lateQuotations.map(({ customer, waitedMinutes, outsideHours }) => [customer, waitedMinutes, outsideHours]),
		).toEqual([
			['Ana Ruiz', null, true],
			['Laura Gómez', 121, false],
		]);
		expect(report.firstAnswer).toEqual({ medianMinutes: 121, overTwoHours: 2, never: 1 });
	});

	test('what people ask, with examples that hide numbers, and at which hours of the business’s clock', () => {
		const report = simulate(
			chat('Laura Gómez', '9:05 necesito cotizar monitores, mi cel es 300 111 22 33 y laura@correo.co'),
			chat('Pedro Díaz', '9:10 precio de una UPS'),
			chat('Ana Ruiz', '16:10 mi impresora no prende'),
		);

		expect(report.askedFor.map(({ intent, conversations }) => [intent, conversations])).toEqual([
			['quotation', 2],
			['support', 1],
		]);
		expect(JSON.stringify(report.askedFor)).not.toMatch(/300 111|laura@/);
		// 3 March 2026 is a Tuesday.
		expect(report.hours[1]?.[9]).toBe(2);
		expect(report.hours[1]?.[16]).toBe(1);
		expect(report.hours.flat().reduce((sum, count) => sum + count)).toBe(3);
	});

	test.each([
		['Hola, le habla Carolina Rojas, con gusto', 'Carolina Rojas'],
		['Buenos días, soy Andrés de PROSUMINISTROS', 'Andrés'],
		['mi nombre es María José Pérez', 'María José Pérez'],
		['*Diana Torres:*\nHola, ya le cotizo', 'Diana Torres'],
		['Hola, le habla PROSUMINISTROS', undefined],
		['soy de la zona norte', undefined],
		['Con gusto le colaboro', undefined],
	])('who says “%s”', (text, name) => {
		expect(introducedIn(text, [SHOP])).toBe(name);
	});

	describe('who the business is', () => {
		const from = (title: string, ...authors: readonly string[]): PastChat => ({
			title,
			messages: authors.map((author) => ({ kind: 'message', at: new Date(0), from: author, text: 'x' })),
		});
		test.each([
			['as it was said', [from('a', 'Uno', 'Dos')], { businessNames: ['uno'] }, 'given', ['Uno']],
			[
				'who writes in every chat',
				[from('a', 'Ana', 'Tienda'), from('b', 'Luis', 'Tienda')],
				{},
				'every_chat',
				['Tienda'],
			],
			['not whom the file is named after', [from('Chat de WhatsApp con Ana', 'Ana', 'Yo')], {}, 'title', ['Yo']],
			[
				'whom the profile is named after',
				[from('a', 'Ana', 'El Tornillo SAS')],
				{ profileName: 'El Tornillo' },
				'profile_name',
				['El Tornillo SAS'],
			],
			['not the number that nobody saved', [from('a', 'Tienda', '+57 300 111 2233')], {}, 'phone_number', ['Tienda']],
			['else not who wrote first', [from('a', 'Ana', 'Luis')], {}, 'first_to_write', ['Luis']],
		] as const)('%s', (_what, chats, hints, evidence, names) => {
			expect(findSides(chats, hints)).toMatchObject({ evidence, businessNames: names });
		});
	});
});

describe('B18: the draft profile', () => {
	const many = (count: number, words: (index: number) => string, hour = 9): PastChat[] =>
		Array.from({ length: count }, (_, index) =>
			chat(
				`Cliente ${'ABCDEFGHIJKLMNOP'[index] ?? ''} ${words(index).length} ${hour}`,
				`${hour}:0${index % 10} ${words(index)}`,
				`${hour}:30> Claro`,
			),
		);

	test('options stand in the order of what people ask, and what many ask for gets its own', () => {
		const report = simulate(
			...many(4, () => 'necesito cotizar monitores'),
			...many(9, () => 'en qué va mi pedido?', 10),
			...many(7, () => 'me envían la factura electrónica por favor', 11),
		);
		const { profile, newOptions } = report.draft;

		expect(profile.options.map(({ title }) => title)).toEqual([
			'1. Estado de pedido',
			'2. Facturación',
			'3. Cotización',
			'4. Otro motivo',
		]);
		expect(newOptions).toEqual(['billing']);
		expect(profile.options[1]).toMatchObject({ area: 'finance', caseType: 'billing', intents: ['billing'] });
		expect(profile.options[3]?.intents).toEqual(['support', 'documents']);
		expect(validateProfile(profile)).toEqual({ profile });
		// Simulated with its own draft, the same customers reach the same areas.
		const again = simulateChats(
			many(2, () => 'me envían la factura electrónica por favor'),
			{ profile },
		);
		expect(again.details.map(({ cases }) => cases[0]?.areaName)).toEqual(['Financiera', 'Financiera']);
	});

	test('hours are those in which people answer; one late evening is none', () => {
		const report = simulate(
			...Array.from({ length: 40 }, (_, index) =>
				chat(
					`Cliente ${index}`,
					'8:00 precio de una UPS',
					`${8 + (index % 9)}:${index % 2 === 0 ? '05' : '50'}> Claro`,
				),
			),
			chat('Nocturno', '8:00 precio de una UPS', '23:00> Perdón, hasta ahora leo'),
		);

		expect(report.draft.hoursSeen).toBe(true);
		expect(report.draft.profile.hours.week.tuesday).toEqual([{ from: '08:00', to: '17:00' }]);
		expect(report.draft.profile.hours.week.wednesday).toEqual([]);
		expect(report.draft.profile.hours.inWords).toBe('martes de 8:00 a. m. a 5:00 p. m.');
	});

	test('too few answers say nothing about hours', () => {
		const { draft } = simulate(chat('Laura Gómez', '9:05 precio de una UPS', '9:10> Claro'));

		expect(draft.hoursSeen).toBe(false);
		expect(draft.profile.hours).toEqual(prosuministros.hours);
	});

	test('words that these customers use for one need become keywords; a sentence copied by all is one witness', () => {
		const things = ['azul', 'verde', 'roja'];
		const report = simulate(
			...things.map((color) => chat(`Cliente ${color}`, `9:05 necesito cotizar una zunchadora ${color}`)),
			...things.map((color) => chat(`Copia ${color}`, '9:05 precio de la promoción relámpago')),
		);

		expect(report.draft.keywords).toEqual([{ intent: 'quotation', phrase: 'zunchadora', sentences: 3 }]);
		expect(report.draft.profile.keywords.at(-1)).toEqual({ intent: 'quotation', phrase: 'zunchadora', weight: 2 });
	});
});

describe('B18: the printable report', () => {
	const hostile = '<script>alert(1)</script> necesito cotizar 3 "sillas" & mesas';
	const page = (past: readonly PastChat[]) => {
		const report = simulateChats(past, { profile: prosuministros });
		return simulationPage(report, prosuministros);
	};

	test('it is one file without scripts, addresses or anything of a chat that is not escaped', () => {
		const text = page([chat('Eva <img src=x onerror=alert(1)>', `9:05 ${hostile}`, '12:05> <b>hola</b>')]);

		expect(text).toMatch(/^<!doctype html>/);
		expect(text).not.toMatch(/<script|<img|<b>hola|<link|@import|https?:|url\(/i);
		expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt; necesito cotizar 3 &quot;sillas&quot; &amp; mesas');
		expect(text).not.toMatch(/undefined|NaN|\[object/);
	});

	test('the client reads the share, the late quotations and the draft in Spanish', () => {
		const text = page([
			chat('Laura Gómez', '9:05 necesito cotizar 5 monitores', '12:00> Hola, soy Carolina Rojas'),
			chat('Pedro Díaz', '9:05 quiero hablar con un asesor'),
		]);
		const words = text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

		expect(words).toContain('50 % de las solicitudes las habría atendido el bot solo');
		expect(words).toContain('Laura Gómez 3 mar 2026, 9:05 necesito cotizar 5 monitores 2 h 55 min');
		expect(words).toContain('Carolina Rojas 1 mensaje');
		expect(words).toContain('Pidió hablar con una persona 1');
	});

	test('chats without a word of a customer make a report too', () => {
		expect(page([chat('Laura Gómez', '9:05> Promoción')])).not.toMatch(/undefined|NaN|Infinity/);
	});
});
