import {
	readsTheSame,
	templateComponents,
	templateProblems,
	type TemplateText,
} from '../../nodes/shared/domain/templates/templateRules';
import { starterTemplates, STARTER_LANGUAGES, templateStateInWords } from '../../nodes/shared/text/starterTemplates';

const good: TemplateText = {
	name: 'order_update',
	languageCode: 'es',
	category: 'UTILITY',
	body: 'Hola {{1}}, tu pedido va en camino.',
	samples: ['Laura'],
};

test.each(starterTemplates(STARTER_LANGUAGES).map((draft) => [`${draft.name} ${draft.languageCode}`, draft] as const))(
	'O14: Meta has nothing against %s',
	(_name, draft) => {
		expect(templateProblems(draft)).toEqual([]);
	},
);

test('O14: nine templates in three languages, each once, with a reason for people', () => {
	const set = starterTemplates(STARTER_LANGUAGES);
	expect(set).toHaveLength(27);
	expect(new Set(set.map(({ name, languageCode }) => `${name} ${languageCode}`)).size).toBe(27);
	for (const { purpose } of set) expect(purpose.length).toBeGreaterThan(20);
});

test.each([
	[{ name: 'Order Update' }, 'its name has more'],
	[{ body: '{{1}}, hola, ya va tu pedido' }, 'begins with a variable'],
	[{ body: 'Hola, ya va tu pedido {{1}}.' }, 'ends with a variable'],
	[{ body: 'Hola {{1}} {{2}}, ya va tu pedido en camino', samples: ['a', 'b'] }, 'side by side'],
	[{ body: 'Hola {{2}}, ya va tu pedido' }, 'not numbered'],
	[{ samples: [] }, 'no sample'],
	[{ samples: [' '] }, 'no sample'],
	[{ body: 'Hola {{1}}, ya' }, 'too many variables'],
	[{ body: `Hola {{1}}, ${'a'.repeat(1024)} b c` }, 'longer than 1024'],
	[{ body: 'Hola {{1}},\n\n\ntu pedido va' }, 'line breaks'],
	[{ footer: 'x'.repeat(61) }, 'footer'],
	[{ buttons: ['x'.repeat(26)] }, 'button'],
	[{ buttons: ['Sí', 'Sí'] }, 'two buttons'],
] as ReadonlyArray<readonly [Partial<TemplateText>, string]>)(
	'what Meta would refuse is said before: %j',
	(change, words) => {
		expect(templateProblems(good)).toEqual([]);
		expect(templateProblems({ ...good, ...change }).join('; ')).toContain(words);
	},
);

test('two templates are the same when a person reads the same, whatever Meta adds', () => {
	const ours = templateComponents({ ...good, buttons: ['Sí'] });
	const theirs = [
		{ type: 'body', text: `${good.body} ` },
		{ type: 'BUTTONS', buttons: [{ text: 'Sí', id: 7 }] },
	];
	const components = ours as typeof theirs;
	expect(readsTheSame({ components }, { components: theirs })).toBe(true);
	expect(readsTheSame({ components }, { components: [{ type: 'BODY', text: good.body }] })).toBe(false);
});

test.each([
	['APPROVED', undefined, 'can be sent'],
	['REJECTED', 'PROMOTIONAL', 'reads like an offer'],
	['REJECTED', 'A_NEW_REASON', 'A_NEW_REASON'],
	['MISSING', undefined, 'Not handed in'],
	['SOMETHING_NEW', undefined, 'SOMETHING_NEW'],
])('the state %s %s is said in words', (status, reason, words) => {
	expect(templateStateInWords(status, reason)).toContain(words);
});
