import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { TEXT_KEYS, type TextKey } from '../../nodes/shared/domain/conversation/textKeys';
import type { SayEffect } from '../../nodes/shared/domain/conversation/types';
import { businessProfileSchema, type BusinessProfile } from '../../nodes/shared/domain/profile/businessProfile';
import { prosuministros } from '../../nodes/shared/domain/profile/prosuministros';
import { render, renderText, TextError } from '../../nodes/shared/text/render';
import { texts } from '../../nodes/shared/text/texts';
import { projectFolder } from '../support/registered';

const story = path.join(projectFolder, '..', 'shared', 'spec', 'hu-0012.md');
const withStory = existsSync(story) ? test : test.skip;
const storyWords = () =>
	readFileSync(story, 'utf8')
		.replace(/[“”"]/g, '')
		.replace(/[ \t]+$/gm, '');

/** What the story writes in brackets. */
const BRACKETS = { case_number: '[N° de caso]', advisor: '[Nombre del Comercial]' };
const say = (...keys: string[]): SayEffect => ({
	kind: 'say',
	parts: keys.map((text) => ({ text, values: BRACKETS })),
});
const clientKeys = TEXT_KEYS.filter((key) => texts[key].source === 'client');
/** D17: the one exception to word for word names the kind of file. */
const NAMES_THE_KIND: Partial<Record<TextKey, string>> = {
	attachment_image: 'imagen',
	attachment_document: 'documento',
};

describe('D23: the client’s sentences are sent word for word', () => {
	withStory.each(clientKeys)('%s stands in the story', (key) => {
		const kind = NAMES_THE_KIND[key];
		const message = render(say(key), prosuministros, 'es');
		const words = message.type === 'text' ? message.text : '';

		expect(storyWords()).toContain(
			kind === undefined ? words : words.replace(`es${kind === 'imagen' ? 'a' : 'e'} ${kind}`, 'esa imagen/documento'),
		);
	});

	withStory('every message of templates A to K has a text', () => {
		const counted = { A: 5, B: 3, C: 2, D: 3, E: 2, F: 2, G: 3, H: 2, I: 1, J: 1, K: 1 };
		for (const [template, count] of Object.entries(counted))
			expect(TEXT_KEYS.filter((key) => new RegExp(`^${template}\\d?$`).test(key))).toHaveLength(count);
	});
});

describe('B15: every sentence is a named, translatable text', () => {
	test.each(TEXT_KEYS)('%s: no language uses a placeholder that Spanish does not have', (key) => {
		const placeholders = (words = '') => [...words.matchAll(/\{[a-z_]+\}/g)].map(([name]) => name).sort();
		for (const language of ['en', 'pt-BR'] as const)
			if (texts[key][language] !== undefined)
				expect(placeholders(texts[key][language])).toEqual(placeholders(texts[key].es));
	});

	test('our own sentences speak in "tú"', () => {
		for (const key of TEXT_KEYS) expect(texts[key].es).not.toMatch(/\b(?:usted|ustedes|su solicitud|le atendemos)\b/i);
	});

	test('the operator overrides a text without code, in one language only', () => {
		const own = { ...prosuministros, texts: { es: { A2: '¿Cómo te llamas?' } } } satisfies BusinessProfile;

		expect(renderText({ text: 'A2' }, own, 'es')).toBe('¿Cómo te llamas?');
		expect(renderText({ text: 'A2' }, own, 'en')).toBe('What is your full name?');
	});

	test('the business name and the options come from the profile', () => {
		const other = businessProfileSchema.parse({
			...prosuministros,
			name: 'TECNOSUR',
			slogan: '',
			options: [
				...prosuministros.options,
				{
					...prosuministros.options[0],
					id: 'warranty',
					title: '4. Garantías',
					label: 'Garantías',
					firstLabel: 'Garantías',
				},
			],
		});
		const menu = renderText({ text: 'menu' }, other, 'es');

		expect(menu).toMatch(/^👋 ¡Hola! Bienvenido a TECNOSUR 🧰\nPara poder/);
		expect(menu).toContain('4️⃣ Garantías');
	});

	test('a language without a text says it in Spanish', () => {
		expect(renderText({ text: 'J' }, prosuministros, 'en')).toBe(texts.J.es);
		expect(renderText({ text: 'A2' }, prosuministros, 'pt')).toBe(texts.A2['pt-BR']);
	});
});

describe('D35: one bubble', () => {
	test('parts are joined by an empty line, each verbatim', () => {
		expect(render(say('A1', 'A2'), prosuministros, 'es')).toEqual({
			type: 'text',
			text: '👋 ¡Hola! Bienvenido a PROSUMINISTROS 🧰\nTu aliado en hardware, software, accesorios y servicios de infraestructura IT.\n\n¿Cuál es tu nombre completo?',
		});
	});

	test('D23: the menu has three buttons of at most 20 characters, the full options stay in the body', () => {
		const message = render(
			{
				kind: 'say',
				parts: [{ text: 'A4' }],
				choices: prosuministros.options.map(({ id }) => ({ id: `option:${id}`, text: `option:${id}` })),
			},
			prosuministros,
			'es',
		);

		expect(message).toMatchObject({
			type: 'choices',
			choices: [
				{ id: 'option:quotation', title: '1. Cotización' },
				{ id: 'option:order_status', title: '2. Estado de pedido' },
				{ id: 'option:other', title: '3. Otro motivo' },
			],
		});
		expect(message).toHaveProperty('text', expect.stringContaining('3️⃣ Otro motivo (soporte técnico, documentación'));
	});

	test('more than three choices bring the label of the list', () => {
		const choices = ['Ana', 'Luis', 'Marta', 'Pedro'].map((title) => ({
			id: title,
			text: 'literal',
			values: { title },
		}));

		expect(render({ kind: 'say', parts: [{ text: 'C1' }], choices }, prosuministros, 'es')).toHaveProperty(
			'listLabel',
			'Ver opciones',
		);
	});

	test('a placeholder without a value is an error that names the text', () => {
		expect(() => renderText({ text: 'D3' }, prosuministros, 'es')).toThrow(
			new TextError('D3', "The text 'D3' needs a value for {case_number}."),
		);
		expect(() => renderText({ text: 'nothing' }, prosuministros, 'es')).toThrow(TextError);
	});

	test.each(TEXT_KEYS.filter((key) => key.startsWith('choice_')))('%s fits a button in every language', (key) => {
		for (const language of ['es', 'en', 'pt-BR'] as const)
			expect([...(texts[key][language] ?? '')].length).toBeLessThanOrEqual(20);
	});
});
