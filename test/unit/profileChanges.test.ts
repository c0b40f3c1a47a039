import type { BusinessProfile, BusinessProfileInput } from '../../nodes/shared/domain/profile/businessProfile';
import { businessProfileSchema } from '../../nodes/shared/domain/profile/businessProfile';
import { changeInWords, changesBetween, changesInWords, tellableChanges } from '../../nodes/shared/domain/profile/diff';
import { fieldName } from '../../nodes/shared/domain/profile/fieldNames';
import { keyOf } from '../../nodes/shared/domain/profile/keyOf';
import { profileFile, profileOfFile, withOwnNumbers } from '../../nodes/shared/domain/profile/profileFile';
import { prosuministros } from '../../nodes/shared/domain/profile/prosuministros';
import { validateProfile } from '../../nodes/shared/domain/profile/validateProfile';
import { TEXT_KEYS } from '../../nodes/shared/domain/conversation/textKeys';
import { texts } from '../../nodes/shared/text/texts';

const changed = (change: Partial<BusinessProfileInput>): BusinessProfile =>
	businessProfileSchema.parse({ ...structuredClone(prosuministros), ...change });

const inSpanish = (after: BusinessProfile): string[] =>
	changesInWords(changesBetween(prosuministros, after), after, 'es');
const inEnglish = (after: BusinessProfile): string[] =>
	changesInWords(changesBetween(prosuministros, after), after, 'en');

const inPortuguese = (after: BusinessProfile): string[] =>
	changesInWords(changesBetween(prosuministros, after), after, 'pt-BR');

const warranty = {
	id: 'warranty',
	title: '4. Garantía',
	label: 'Solicitar una garantía',
	area: 'support',
	caseType: 'support' as const,
	confirmation: ['I'],
};

describe('U6: what a draft changes is said in words, field by field', () => {
	test('P3: a page tells changes in its language, without the profile that they are of', () => {
		const [sales, ...others] = prosuministros.options;
		const after = changed({
			options: [...others, { ...sales, area: 'support' }, warranty],
			cases: { ...prosuministros.cases },
			languages: ['es', 'pt-BR'],
		});
		const told = tellableChanges(changesBetween(prosuministros, after), after);

		expect(inPortuguese(after)).toEqual([
			'Idiomas: «pt-BR» acrescenta-se',
			'Opção do menu «1. Cotización» › Área: «Comercial» → «Soporte técnico»',
			'Opção do menu «4. Garantía»: acrescenta-se',
			'Opção do menu: em outra ordem',
		]);
		const sent = JSON.parse(JSON.stringify(told)) as typeof told;
		expect(sent.map((change) => changeInWords(change, 'pt-BR'))).toEqual(inPortuguese(after));
		expect(told).toContainEqual({ path: [{ field: 'options', entry: '4. Garantía' }], kind: 'added' });
	});

	test.each(['es', 'en', 'pt-BR'] as const)('P3: every part of a profile has a name in %s', (language) => {
		// The version of the form is nobody's to change.
		for (const field of Object.keys(prosuministros).filter((name) => name !== 'v'))
			expect([field, fieldName(field, language)]).not.toEqual([field, field]);
	});

	test('the same profile changes nothing', () => {
		expect(changesBetween(prosuministros, changed({}))).toEqual([]);
	});

	test.each<[string, Partial<BusinessProfileInput>, string, string]>([
		[
			'a name',
			{ name: 'Tornillos SAS' },
			'Nombre: «PROSUMINISTROS» → «Tornillos SAS»',
			'Name: “PROSUMINISTROS” → “Tornillos SAS”',
		],
		[
			'a new option',
			{ options: [...prosuministros.options, warranty] },
			'Opción del menú «4. Garantía»: se añade',
			'Menu Option “4. Garantía”: added',
		],
		[
			'an option less',
			{ options: prosuministros.options.slice(0, 2) },
			'Opción del menú «3. Otro motivo»: se quita',
			'Menu Option “3. Otro motivo”: removed',
		],
		[
			'another order of the menu',
			{ options: [...prosuministros.options].reverse() },
			'Opción del menú: en otro orden',
			'Menu Option: in another order',
		],
		[
			'a time',
			{ times: { ...prosuministros.times, firstReminderMinutes: 30 } },
			'Tiempos › Primer recordatorio (min): 15 → 30',
			'Times › First Reminder: 15 → 30',
		],
		[
			'a keyword',
			{ keywords: [...prosuministros.keywords, { intent: 'quotation', phrase: 'cotiz*', weight: 3 }] },
			'Palabra clave «cotiz*»: se añade',
			'Keyword “cotiz*”: added',
		],
		[
			'a text',
			{ texts: { en: { A2: 'Who are you?' } } },
			'Textos › en: «{"A2":"Who are you?"}» se añade',
			'Texts › en: “{"A2":"Who are you?"}” added',
		],
		[
			'a switch',
			{ hours: { ...prosuministros.hours, announce: !prosuministros.hours.announce } },
			`Horario › Se anuncia: ${prosuministros.hours.announce ? 'sí → no' : 'no → sí'}`,
			`Business Hours › Announce: ${prosuministros.hours.announce ? 'yes → no' : 'no → yes'}`,
		],
		[
			'a holiday',
			{ hours: { ...prosuministros.hours, holidays: [...prosuministros.hours.holidays, '2031-12-25'] } },
			'Horario › Festivo: «2031-12-25» se añade',
			'Business Hours › Holiday: “2031-12-25” added',
		],
	])('%s', (_what, change, spanish, english) => {
		const after = changed(change);

		expect(inSpanish(after)).toEqual([spanish]);
		expect(inEnglish(after)).toEqual([english]);
	});

	test('a change inside of a question names the option, the question and the field; areas by their names', () => {
		const options = structuredClone(prosuministros.options);
		const [quotation] = options;
		if (quotation?.questions[0]) quotation.questions[0].attempts = 3;
		if (quotation) quotation.area = 'finance';

		expect(inSpanish(changed({ options }))).toEqual([
			'Opción del menú «1. Cotización» › Área: «Comercial» → «Financiera»',
			'Opción del menú «1. Cotización» › Pregunta «product» › Intentos: 2 → 3',
		]);
	});

	test('a text that was there is shown before and after, cut where it would be too long to read', () => {
		const long = 'palabra '.repeat(40);
		const before = changed({ texts: { es: { A2: '¿Cómo te llamas?' } } });
		const after = changed({ texts: { es: { A2: long } } });
		const [sentence] = changesInWords(changesBetween(before, after), after, 'es');

		expect(sentence).toMatch(/^Textos › es › A2: «¿Cómo te llamas\?» → «palabra .*…»$/);
		expect(sentence?.length).toBeLessThan(150);
	});
});

describe('a value that nothing fills is found before a customer meets it', () => {
	const problems = (change: Partial<BusinessProfileInput>): string[] => {
		const checked = validateProfile({ ...structuredClone(prosuministros), ...change });
		return 'problems' in checked ? checked.problems.map(({ path, message }) => `${path} ${message}`) : [];
	};

	test('the product’s own texts in every language pass their own rule', () => {
		for (const language of ['es', 'en', 'pt-BR'] as const) {
			const own = Object.fromEntries(TEXT_KEYS.map((key) => [key, texts[key][language] ?? texts[key].es]));
			expect(problems({ texts: { [language]: own } })).toEqual([]);
		}
	});

	test('an unknown value is named, with those that the text may use', () => {
		expect(problems({ texts: { es: { A2: '¿Cuál es tu nombre, {nombre}?' } } })).toEqual([
			'Texts › es › A2 {nombre} is nothing this text knows; it may use {business}, {slogan}, {options}, {first_options}, {hours}, {privacy_url}, {address}',
		]);
	});

	test('an advisor’s name needs a sentence for when there is nobody', () => {
		const option = { ...warranty, confirmation: ['warranty_done', 'I'] };
		const own = { texts: { es: { warranty_done: 'Ya le avisé a {advisor}.' } } };

		expect(problems({ ...own, options: [option] })[0]).toContain('Confirmation Without Advisor');
		expect(problems({ ...own, options: [{ ...option, confirmationWithoutAdvisor: ['area_notified', 'I'] }] })).toEqual(
			[],
		);
	});
});

describe('a profile travels as a file', () => {
	const own = changed({ channels: ['106540352242922'], testNumbers: ['+573001234567'] });

	test('without the numbers of the business it comes from, unless they are wanted', () => {
		expect(JSON.stringify(profileFile(own, { version: 3, withNumbers: false }))).not.toContain('106540352242922');
		expect(profileFile(own, { version: 3, withNumbers: true }).profile.channels).toEqual(['106540352242922']);
	});

	test('and comes back complete, with the numbers of the workspace it comes into', () => {
		const file: unknown = JSON.parse(JSON.stringify(profileFile(own, { version: 3, withNumbers: false })));
		const imported = validateProfile(withOwnNumbers(profileOfFile(file), changed({ channels: ['222'] })));

		expect(imported).toEqual({ profile: { ...own, channels: ['222'], testNumbers: [] } });
	});

	test('a bare profile is a file too; anything else is refused by its fields', () => {
		expect(profileOfFile(prosuministros)).toBe(prosuministros);
		expect(validateProfile(withOwnNumbers(profileOfFile({ format: 'other' }), own))).toHaveProperty('problems');
		expect(validateProfile(withOwnNumbers(profileOfFile([1]), own))).toHaveProperty('problems');
	});
});

test.each([
	['Número de serie', 'numeroDeSerie'],
	['¿Cuál es el serial del equipo que compraste?', 'cualEsElSerial'],
	['2 años', 'answer2Anos'],
	['🙂', 'answer'],
	['', 'answer'],
])('a key is made of words: %s', (words, key) => {
	expect(keyOf(words)).toBe(key);
});
