import type { Decision } from './decision';
import weights from './learnedWeights.json';
import type { Found } from './meaning';
import type { Reading } from './reading';
import { NEEDS } from './rules';
import { signInWords, tellSigns, type Shown } from './signs';
import { INTENTS, type Intent, type MatchedRule } from './types';

/** What signs say about intents: for each sign and each intent, in the order of `INTENTS`, how much it speaks for it. */
export interface Weights {
	/** The file holds whole numbers; so many are one. */
	readonly scale: number;
	/** What speaks for each intent before anything is said. */
	readonly bias: readonly number[];
	readonly signs: Readonly<Record<string, readonly number[]>>;
}

/** What the weights make of a message. */
export interface Judgement extends Decision {
	/** The signs that spoke most for the intent, where the rules would have said something else. */
	readonly because?: MatchedRule;
}

/** How much the rules' own decision counts beside the weights, by how sure they are of it. */
const RULES_COUNT = 0.4;
/** Less than this is no need where the rules see none. */
const LEAST_SURE = 0.5;
/** "Negra", "son 3": so few words are mostly an answer to a question, and show too little to overrule the rules lightly. */
const LONGEST_FRAGMENT = 4;
const RULES_COUNT_IN_FRAGMENT = 2;
const LEAST_SURE_OF_FRAGMENT = 0.8;
/** More than there are signs, so that two numbers make one. */
const MOST_SIGNS = 2 ** 15;
/** Reasons that an operator is shown. */
const REASONS = 4;
/** As much as a phrase that decides, and as one of a greeting. */
const WEIGHT_OF_A_NEED = 3;
const WEIGHT_OF_NONE = 1;

/** Judges a message by all that it shows. Compiled once. */
export class Judge {
	private readonly bias: readonly number[];
	/** The weights of all signs, one after the other. */
	private readonly table: Float64Array;
	/** Numbers of the signs that are shown alone or as half of a pair. */
	private readonly numbers = new Map<string, number>();
	/** Where in the table the weights of a sign stand, by its number. */
	private readonly single = new Map<number, number>();
	/** The same for two together, by both their numbers. */
	private readonly pairs = new Map<number, number>();

	constructor({ signs, bias, scale }: Weights) {
		const entries = Object.entries(signs);
		this.bias = bias.map((weight) => weight / scale);
		this.table = Float64Array.from(
			entries.flatMap(([, weights]) => weights),
			(weight) => weight / scale,
		);
		for (const [row, [sign]] of entries.entries()) {
			const [one = '', other] = sign.split(' ');
			const place = row * INTENTS.length;
			if (other === undefined) this.single.set(this.numberOf(one), place);
			else this.pairs.set(this.numberOf(one) * MOST_SIGNS + this.numberOf(other), place);
		}
	}

	private numberOf(sign: string): number {
		const known = this.numbers.get(sign);
		if (known !== undefined) return known;
		const number = this.numbers.size;
		this.numbers.set(sign, number);
		return number;
	}

	/** Where the weights of a sign stand, or of two that are shown together. */
	private placeOf(sign: string, next?: string): number | undefined {
		const one = this.numbers.get(sign);
		if (one === undefined || next === undefined) return one === undefined ? undefined : this.single.get(one);
		const other = this.numbers.get(next);
		return other === undefined ? undefined : this.pairs.get(one * MOST_SIGNS + other);
	}

	/** How much a message speaks for each intent, in the order of `INTENTS`; nothing where no sign of it is known. */
	weigh(shown: Shown): number[] | undefined {
		const { table } = this;
		const sums = this.bias.map(() => 0);
		let known = 0;
		tellSigns(shown, (sign, next) => {
			const place = this.placeOf(sign, next);
			if (place === undefined) return;
			known += 1;
			for (let intent = 0; intent < sums.length; intent += 1)
				sums[intent] = (sums[intent] ?? 0) + (table[place + intent] ?? 0);
		});
		if (known === 0) return undefined;
		// The square root: long messages show more signs, and are not that much surer.
		const spread = Math.sqrt(known);
		return sums.map((sum, intent) => sum / spread + (this.bias[intent] ?? 0));
	}

	/** What a message wants by all that it shows, the rules' decision among it. */
	judge(reading: Reading, byRules: Decision): Judgement {
		const sums = this.weigh(reading);
		if (sums === undefined) return byRules;
		for (const [intent, weight] of weightsOfOperator(reading.found)) add(sums, intent, weight);
		const isFragment = reading.words.length <= LONGEST_FRAGMENT;
		add(sums, byRules.intent, (isFragment ? RULES_COUNT_IN_FRAGMENT : RULES_COUNT) * byRules.confidence);
		const best = sums.indexOf(Math.max(...sums));
		const intent = INTENTS[best] ?? 'unknown';
		const confidence = Math.round(shareOf(sums, best) * 100) / 100;
		const leastSure = isFragment ? LEAST_SURE_OF_FRAGMENT : LEAST_SURE;
		if (intent === byRules.intent || (byRules.intent === 'unknown' && confidence < leastSure)) return byRules;
		return { intent, confidence, because: this.reasons(reading, intent, byRules.intent) };
	}

	/** What most spoke for one intent rather than for another. */
	private reasons(reading: Reading, intent: Intent, instead: Intent): MatchedRule {
		const leads = new Map<string, number>();
		tellSigns(reading, (sign, next) => {
			const place = this.placeOf(sign, next);
			if (place === undefined) return;
			const lead =
				(this.table[place + INTENTS.indexOf(intent)] ?? 0) - (this.table[place + INTENTS.indexOf(instead)] ?? 0);
			leads.set(next === undefined ? sign : `${sign} ${next}`, lead);
		});
		const signs = [...leads]
			.sort(([, one], [, other]) => other - one)
			.slice(0, REASONS)
			.filter(([, lead], index) => index === 0 || lead > 0);
		const found = [...new Set(signs.map(([sign]) => signInWords(sign, reading)))].join(' · ');
		return {
			intent,
			rule: `learned from “${found}”`,
			found,
			weight: isNeed(intent) ? WEIGHT_OF_A_NEED : WEIGHT_OF_NONE,
		};
	}
}

/** What an operator's own words weigh; each counts once. */
function weightsOfOperator(found: readonly Found[]): Array<readonly [Intent, number]> {
	const own = new Map<string, readonly [Intent, number]>();
	for (const { meaning, phrase } of found)
		if ('intent' in meaning) own.set(`${meaning.intent} ${phrase}`, [meaning.intent, meaning.weight]);
	return [...own.values()];
}

const isNeed = (intent: Intent): boolean => NEEDS.some((need) => need === intent);

function add(sums: number[], intent: Intent, weight: number): void {
	const position = INTENTS.indexOf(intent);
	sums[position] = (sums[position] ?? 0) + weight;
}

/** Which share of all has one, where sums are on a logarithmic scale. */
function shareOf(sums: readonly number[], position: number): number {
	const one = sums[position] ?? 0;
	return 1 / sums.reduce((total, sum) => total + Math.exp(sum - one), 0);
}

const learned = new Judge(weights);

/** What a message wants, the rules' decision weighed with what labelled messages have taught. */
export const judge = (reading: Reading, byRules: Decision): Judgement => learned.judge(reading, byRules);
