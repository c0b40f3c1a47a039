import { classify } from '../../nodes/shared/domain/classifier/classify';
import { Judge, type Weights } from '../../nodes/shared/domain/classifier/learned';
import shipped from '../../nodes/shared/domain/classifier/learnedWeights.json';
import { phraseIndexOf } from '../../nodes/shared/domain/classifier/phraseIndex';
import { read } from '../../nodes/shared/domain/classifier/reading';
import { signsOf } from '../../nodes/shared/domain/classifier/signs';
import { INTENTS, type Intent } from '../../nodes/shared/domain/classifier/types';
import { businessProfileSchema } from '../../nodes/shared/domain/profile/businessProfile';
import { prosuministros } from '../../nodes/shared/domain/profile/prosuministros';
import tuning from '../fixtures/classifierTuning.json';
import { examplesOf } from '../learning/examples';
import { learnWeights } from '../learning/learnWeights';
import { evaluation } from '../support/labelledMessages';

const reading = (text: string) => read(text, phraseIndexOf(prosuministros));
const examples = [...examplesOf(tuning), ...examplesOf(evaluation)];

const likeliest = (sums: readonly number[] | undefined): Intent | undefined =>
	sums === undefined ? undefined : INTENTS[sums.indexOf(Math.max(...sums))];

/** What weights alone make of a message, without the rules' decision. */
function wanted(weights: Weights, text: string): Intent | undefined {
	return likeliest(new Judge(weights).weigh(reading(text)));
}

describe('B3: how much each word speaks for an intent is learned from labelled messages', () => {
	test('the weights that are shipped are those that the labelled messages teach', () => {
		const { bias, scale, signs } = learnWeights(examples);

		expect(scale).toBe(shipped.scale);
		expect(Object.keys(signs)).toEqual(Object.keys(shipped.signs));
		// A processor may round the last digit of a power otherwise; more than one apart is another lesson.
		const pairs = Object.entries(shipped.signs).map(([sign, weights]) => [weights, signs[sign] ?? []] as const);
		const apart = [[shipped.bias, bias] as const, ...pairs].flatMap(([one, other]) =>
			one.map((weight, intent) => Math.abs(weight - (other[intent] ?? Infinity))),
		);
		expect(Math.max(...apart)).toBeLessThanOrEqual(1);
	});

	test('what four fifths of the messages teach holds for the last fifth, without the rules’ decision', () => {
		const taught = examples.filter((_example, index) => index % 5 !== 0);
		const rest = examples.filter((_example, index) => index % 5 === 0);
		const judge = new Judge(learnWeights(taught));
		const right = rest.filter(({ intent, shown }) => likeliest(judge.weigh(shown)) === intent).length;
		process.stdout.write(
			`classifier, learned weights: ${rest.length} messages that they were not learned from, ${((100 * right) / rest.length).toFixed(1)} % right\n`,
		);

		expect(right / rest.length).toBeGreaterThan(0.9);
	});

	test('a word that comes with one intent speaks for it, and one that comes with all for none', () => {
		const taught = ['quotation', 'billing'].flatMap((intent) =>
			Array.from({ length: 6 }, () => ({ intent: intent as Intent, signs: ['buenas', `only ${intent}`], times: 1 })),
		);
		const { signs } = learnWeights(taught);
		const [quotation = 0, billing = 0] = [INTENTS.indexOf('quotation'), INTENTS.indexOf('billing')];

		expect(signs['only quotation']?.[quotation]).toBeGreaterThan(10);
		expect(signs['only quotation']?.[billing]).toBeLessThan(-10);
		expect(Math.abs((signs.buenas?.[quotation] ?? 0) - (signs.buenas?.[billing] ?? 0))).toBeLessThan(10);
	});

	test('what fewer than three messages show teaches nothing', () => {
		const taught = [1, 2].map(() => ({ intent: 'billing' as const, signs: ['rare'], times: 3 }));

		expect(learnWeights(taught).signs).toEqual({});
	});

	test('where what was learned overrules the rules, it names the words that did', () => {
		const overruled = Object.values(evaluation)
			.flat()
			.map((text) => ({ text, ...classify(text, { profile: prosuministros }) }))
			.filter(({ matched }) => matched.some(({ rule }) => rule.startsWith('learned from')));

		expect(overruled.length).toBeGreaterThan(50);
		for (const { intent, matched } of overruled) {
			const reason = matched.find(({ rule }) => rule.startsWith('learned from'));
			expect(reason?.intent).toBe(intent);
			expect(reason?.weight).toBe(['greeting', 'thanks', 'unknown'].includes(intent) ? 1 : 3);
			expect(reason?.found).toMatch(/[\p{L}#?]/u);
		}
	});

	test('a message without any known word is left to the rules', () => {
		expect(wanted(shipped, 'xyzzyx')).toBeUndefined();
		expect(classify('xyzzyx', { profile: prosuministros })).toMatchObject({ intent: 'unknown', matched: [] });
	});

	test.each(['constructor', 'valueOf', '__proto__', 'toString hasOwnProperty'])(
		'“%s” is a word like any other',
		(text) => {
			expect(INTENTS).toContain(classify(text, { profile: prosuministros }).intent);
			for (const weights of new Judge(shipped).weigh(reading(text)) ?? []) expect(Number.isFinite(weights)).toBe(true);
		},
	);
});

describe('B3: an operator’s words stand above what was learned', () => {
	const withKeywords = (...keywords: Array<{ intent: Intent; phrase: string; weight: number }>) =>
		businessProfileSchema.parse({ ...prosuministros, keywords });

	test('a keyword moves a message that the weights would give to another intent', () => {
		const text = 'buenas, cuánto vale el mantenimiento de la piscina';
		expect(classify(text, { profile: prosuministros }).intent).not.toBe('documents');

		const profile = withKeywords({ intent: 'documents', phrase: 'piscina', weight: 10 });
		expect(classify(text, { profile }).intent).toBe('documents');
	});

	test('a word that is switched off shows no sign, alone and beside others', () => {
		const profile = withKeywords({ intent: 'quotation', phrase: 'precio*', weight: 0 });
		const index = phraseIndexOf(profile);

		expect([...signsOf(read('precio', index))]).toEqual([]);
		expect([...signsOf(read('qué precio tiene', index))]).not.toContain('preci');
	});
});
