/** What the forms of the inbox do to a business profile (U6). */
import {
	isSaidOnlyHere,
	moved,
	sayHere,
	usesOfText,
	withText,
	wordsIn,
} from '../../nodes/AdvisorInboxTrigger/page/state/profileEdit';
import { problemsIn } from '../../nodes/AdvisorInboxTrigger/page/views/settings/profileProblems';
import { en } from '../../nodes/AdvisorInboxTrigger/page/words/settings/en';
import { es } from '../../nodes/AdvisorInboxTrigger/page/words/settings/es';
import { ptBR } from '../../nodes/AdvisorInboxTrigger/page/words/settings/ptBR';
import { TEXT_KEYS } from '../../nodes/shared/domain/conversation/textKeys';
import {
	businessProfileSchema,
	LANGUAGES,
	type BusinessProfile,
	type BusinessProfileInput,
} from '../../nodes/shared/domain/profile/businessProfile';
import { prosuministros } from '../../nodes/shared/domain/profile/prosuministros';
import { validateProfile } from '../../nodes/shared/domain/profile/validateProfile';
import { wordsOf } from '../../nodes/shared/text/render';
import { textsOfProfile } from '../../nodes/shared/text/textsOfProfile';
import * as fc from '../support/properties';

const inThree: BusinessProfile = businessProfileSchema.parse({
	...prosuministros,
	languages: ['es', 'en', 'pt-BR'],
	texts: {
		es: { warranty: '¿Cuál es el serial?' },
		en: { warranty: 'Which serial number?' },
		'pt-BR': { warranty: 'Qual é o número de série?' },
	},
	options: prosuministros.options.map((option, index) =>
		index === 0
			? { ...option, questions: [...option.questions, { field: 'serial', type: 'text', textKey: 'warranty' }] }
			: option,
	),
} satisfies BusinessProfileInput);

describe('lists', () => {
	test('U6: moving an entry there and back changes nothing, and never loses one', () => {
		fc.assert(
			fc.property(fc.array(fc.integer(), { minLength: 2, maxLength: 12 }), fc.nat(), (list, place) => {
				const at = place % (list.length - 1);
				expect(moved(moved(list, at, 1), at + 1, -1)).toEqual(list);
				expect([...moved(list, at, 1)].sort()).toEqual([...list].sort());
			}),
		);
	});

	test('U6: words pasted in one go are taken one by one, each once', () => {
		expect(wordsIn(' garantía, devolución;cambio\ngarantía\n ,')).toEqual(['garantía', 'devolución', 'cambio']);
	});
});

describe('sentences', () => {
	/** Every place of a profile that says a text, with how to say another one there. */
	const places = (profile: BusinessProfile): ReadonlyArray<{ key: string; put: (key: string) => BusinessProfile }> =>
		profile.options.flatMap((option, index) =>
			option.questions.map((question, at) => ({
				key: question.textKey,
				put: (textKey) => ({
					...profile,
					options: profile.options.map((other, place) =>
						place === index
							? {
									...other,
									questions: other.questions.map((one, position) => (position === at ? { ...one, textKey } : one)),
								}
							: other,
					),
				}),
			})),
		);
	const everythingSaid = (profile: BusinessProfile): string[] =>
		places(profile).flatMap(({ key }) => profile.languages.map((language) => wordsOf(key, profile, language)));

	test('U6: what is written at one place is said there in that language, and nothing else is said differently', () => {
		fc.assert(
			fc.property(
				fc.nat(),
				fc.constantFrom(...LANGUAGES),
				fc.string({ minLength: 1, maxLength: 60 }),
				(number, language, words) => {
					const all = places(inThree);
					const at = number % all.length;
					const before = everythingSaid(inThree);
					const place = all[at];
					const said = sayHere(inThree, place.key, 'quotation_product', language, words);
					const after: BusinessProfile = { ...place.put(said.key), texts: said.texts };
					const expected = before.map((text, index) =>
						index === at * inThree.languages.length + inThree.languages.indexOf(language) ? words : text,
					);
					expect(everythingSaid(after)).toEqual(expected);
					expect(isSaidOnlyHere(after, said.key)).toBe(true);
				},
			),
		);
	});

	test('U6: writing on goes to the same text; a name that is taken is not taken again', () => {
		const first = sayHere(inThree, 'D1', 'warranty', 'es', 'uno');
		expect(first.key).toBe('warranty_2');
		const after = { ...places(inThree)[0].put(first.key), texts: first.texts };
		expect(sayHere(after, first.key, 'warranty', 'es', 'dos').key).toBe('warranty_2');
	});

	test('U6: a translation that was emptied is said in the main language again', () => {
		const said = sayHere(inThree, 'warranty', 'warranty', 'en', '');
		expect(wordsOf(said.key, { ...inThree, texts: said.texts }, 'en')).toBe('¿Cuál es el serial?');
	});

	test('U6: without words of its own a text is the standard one again', () => {
		const own = withText(inThree.texts, 'es', 'A2', 'Hola');
		expect(withText(own, 'es', 'A2', undefined)).toEqual(inThree.texts);
	});

	test('U6: names that JavaScript knows by itself are texts like any other', () => {
		for (const key of ['constructor', 'toString', '__proto__']) {
			const texts = withText(inThree.texts, 'es', key, 'Hola');
			expect(Object.entries(texts.es ?? {})).toContainEqual([key, 'Hola']);
			expect(textsOfProfile({ ...inThree, texts }).find((text) => text.key === key)?.override).toBe('Hola');
			expect(usesOfText(inThree, key)).toBe(0);
		}
	});

	test('U6: every text is listed once a language, with its own words where it has some', () => {
		const all = textsOfProfile(inThree);
		expect(all).toHaveLength((TEXT_KEYS.length + 1) * 3);
		expect(all.filter(({ key }) => key === 'warranty')).toEqual([
			expect.objectContaining({ language: 'es', standard: '', override: '¿Cuál es el serial?' }),
			expect.objectContaining({ language: 'en', override: 'Which serial number?' }),
			expect.objectContaining({ language: 'pt-BR', override: 'Qual é o número de série?' }),
		]);
	});
});

describe('what is wrong', () => {
	const first = prosuministros.options[0];
	const withOption = (to: Partial<BusinessProfile['options'][number]>): BusinessProfile => ({
		...prosuministros,
		options: [{ ...first, ...to }, ...prosuministros.options.slice(1)],
	});
	const question = first.questions[1];
	const withQuestion = (to: Partial<typeof question>) => withOption({ questions: [{ ...question, ...to }] });

	test.each<[string, BusinessProfile, ReadonlyArray<string | number>, string]>([
		['no name', { ...prosuministros, name: '' }, ['name'], 'Escribe algo aquí.'],
		['a country', { ...prosuministros, country: 'Colombia' }, ['country'], 'Dos letras mayúsculas, como CO.'],
		[
			'a long button',
			withOption({ title: 'Una cotización muy formal' }),
			['options', 0, 'title'],
			'Máximo 20 caracteres.',
		],
		[
			'an area that is gone',
			withOption({ area: 'moon' }),
			['options', 0, 'area'],
			'Esa área ya no existe: elige otra.',
		],
		['no sentence', withOption({ confirmation: [] }), ['options', 0, 'confirmation'], 'Elige al menos uno.'],
		[
			'one button',
			withQuestion({ choices: question.choices.slice(0, 1) }),
			['options', 0, 'questions', 0, 'choices'],
			'Agrega al menos dos botones.',
		],
		[
			'a field name',
			withQuestion({ field: 'Número de serie' }),
			['options', 0, 'questions', 0, 'field'],
			'Empieza con minúscula y lleva solo letras, cifras y _, por ejemplo numeroPedido.',
		],
		['attempts', withQuestion({ attempts: 4 }), ['options', 0, 'questions', 0, 'attempts'], 'Debe ser 3 o menos.'],
		[
			'half an attempt',
			withQuestion({ attempts: 1.5 }),
			['options', 0, 'questions', 0, 'attempts'],
			'Escribe un número entero.',
		],
		[
			'a condition on nothing',
			withQuestion({ onlyWhen: [{ field: 'later', is: ['x'] }] }),
			['options', 0, 'questions', 0, 'onlyWhen'],
			'«later» no es una pregunta anterior.',
		],
		[
			'a time',
			{ ...prosuministros, times: { ...prosuministros.times, quietFrom: '9 p. m.' } },
			['times', 'quietFrom'],
			'Escribe una hora como 08:00.',
		],
		[
			'reminders in the wrong order',
			{ ...prosuministros, times: { ...prosuministros.times, secondReminderMinutes: 10 } },
			['times', 'secondReminderMinutes'],
			'Debe ser después del primer recordatorio.',
		],
		[
			'a holiday',
			{ ...prosuministros, hours: { ...prosuministros.hours, holidays: ['24 de diciembre'] } },
			['hours', 'holidays', 0],
			'Escribe fechas como 2026-12-24.',
		],
		[
			'a rate',
			{
				...prosuministros,
				costs: { messages: [{ category: 'service', amount: 'gratis', currency: 'USD' }], models: [] },
			},
			['costs', 'messages', 0, 'amount'],
			'Escribe un valor como 0.0125.',
		],
		[
			'a few days of keeping',
			{ ...prosuministros, retention: { ...prosuministros.retention, filesDays: 7 } },
			['retention', 'filesDays'],
			'0 para conservar, o al menos 30.',
		],
		[
			'the policy',
			{ ...prosuministros, consent: { ...prosuministros.consent, privacyUrl: 'mi página' } },
			['consent', 'privacyUrl'],
			'Escribe una dirección completa, como https://ejemplo.com/privacidad.',
		],
		[
			'a value that no text knows',
			{ ...prosuministros, texts: { es: { A2: 'Hola {nadie}' } } },
			['texts', 'es', 'A2'],
			'{nadie} no se conoce en este texto.',
		],
		[
			'a question that says nothing',
			{ ...withQuestion({ textKey: 'serial' }), texts: { es: { serial: ' ' } } },
			['options', 0, 'questions', 0, 'textKey'],
			'Escribe algo aquí.',
		],
	])('U6: %s is said at its place', (_name, profile, path, said) => {
		const problems = problemsIn(profile, es.trouble);
		expect(problems.at(...path)).toBe(said);
		expect(problems.first).toEqual(path);
		expect(problems.under(path.slice(0, 1))).toBe(true);
		expect(validateProfile(profile)).toHaveProperty('problems');
	});

	test('U6: the forms find nothing wrong with a profile that the desk takes', () => {
		for (const trouble of [es.trouble, en.trouble, ptBR.trouble]) {
			expect(problemsIn(prosuministros, trouble).count).toBe(0);
			expect(problemsIn(inThree, trouble).count).toBe(0);
		}
	});
});
