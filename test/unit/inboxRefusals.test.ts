import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { en } from '../../nodes/AdvisorInboxTrigger/page/words/refusals/en';
import { es } from '../../nodes/AdvisorInboxTrigger/page/words/refusals/es';
import { ptBR } from '../../nodes/AdvisorInboxTrigger/page/words/refusals/ptBR';
import type { RefusalWords } from '../../nodes/AdvisorInboxTrigger/page/words/refusals/refusalWords';
import { readReason, REFUSALS, type RefusalReason } from '../../nodes/shared/domain/inbox/refusals';
import { projectFolder } from '../support/registered';

const languages: ReadonlyArray<readonly [string, RefusalWords]> = [
	['es', es],
	['en', en],
	['pt-BR', ptBR],
];

/** Every reason, its values saying their own names in capitals. */
const reasons: readonly RefusalReason[] = Object.entries(REFUSALS).map(([code, names]) => {
	const reason = readReason(code, Object.fromEntries(names.map((name) => [name, name.toUpperCase()])));
	if (reason === undefined) throw new Error(`${code} cannot be read`);
	return reason;
});

function said(words: RefusalWords, reason: RefusalReason): string {
	const say = words[reason.code] as (values: RefusalReason['values']) => { text: string; detail?: string };
	const { text, detail } = say(reason.values);
	expect(text).toMatch(/[.!?]$/);
	if (detail !== undefined) expect(detail).toMatch(/[.!?]$/);
	return [text, detail].filter(Boolean).join(' ');
}

test.each(languages)('P3: every refusal is said in %s, with all that it is given', (_language, words) => {
	expect(Object.keys(words).sort()).toEqual(Object.keys(REFUSALS).sort());
	for (const reason of reasons) {
		const sentence = said(words, reason);
		for (const value of Object.values(reason.values))
			expect([reason.code, sentence]).toEqual([reason.code, expect.stringContaining(String(value))]);
		expect(sentence).not.toMatch(/undefined|NaN|\[object/);
	}
});

test('P3: every language has its own words, and no two refusals say the same', () => {
	const sentences = languages.flatMap(([, words]) => reasons.map((reason) => said(words, reason)));
	expect(sentences.filter((sentence, place) => sentences.indexOf(sentence) !== place)).toEqual([]);
});

test.each([
	['a code of another version', 'movedToMars', {}],
	['what every object answers for', 'constructor', {}],
	['what every object inherits from', '__proto__', {}],
	['no code', undefined, undefined],
	['a code that is no text', ['takenBy'], { name: 'Ana' }],
	['no values', 'takenBy', undefined],
	['a value missing', 'takenBy', { names: 'Ana' }],
	['a value inherited', 'takenBy', Object.create({ name: 'Ana' })],
	['a value that cannot be said', 'takenBy', { name: { first: 'Ana' } }],
	['a number that is none', 'takenBy', { name: NaN }],
])('P3: %s is no reason: the desk’s own words stay', (_case, code, values) => {
	expect(readReason(code, values)).toBeUndefined();
});

test('P3: a reason is read as it was written', () => {
	expect(readReason('takenBy', JSON.parse('{"name":"Ana","more":1}'))).toMatchObject({
		code: 'takenBy',
		values: { name: 'Ana' },
	});
	expect(readReason('windowClosed', undefined)).toEqual({ code: 'windowClosed', values: {} });
});

test('P3: every refusal that has words is raised somewhere', () => {
	const desk = readdirSync(path.join(projectFolder, 'nodes'), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts') && !/words|refusals\.ts$/.test(file))
		.map((file) => readFileSync(path.join(projectFolder, 'nodes', file), 'utf8'))
		.join('\n');
	expect(Object.keys(REFUSALS).filter((code) => !desk.includes(`'${code}'`))).toEqual([]);
});
