import type { Weights } from '../../nodes/shared/domain/classifier/learned';
import { INTENTS, type Intent } from '../../nodes/shared/domain/classifier/types';

/** A labelled message, as the signs that it shows; a sign that is shown twice stands there twice. */
export interface Example {
	readonly intent: Intent;
	readonly signs: readonly string[];
	/** So often it is looked at in each round. */
	readonly times: number;
}

/** Signs that fewer messages show teach nothing about other messages. */
const SHOWN_AT_LEAST = 3;
const ROUNDS = 12;
const STEP = 0.3;
const BIAS_STEP = 0.02;
/** Draws weights towards zero, so that no single sign decides. */
const DECAY = 1e-4;
/** The file's whole numbers are so many to one. */
const SCALE = 40;

/** Numbers that look like chance and are always the same (mulberry32). */
function sequence(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

function shuffle(order: number[], next: () => number): void {
	for (let last = order.length - 1; last > 0; last -= 1) {
		const other = Math.floor(next() * (last + 1));
		[order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
	}
}

function knownSigns(examples: readonly Example[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const { signs } of examples) for (const sign of new Set(signs)) counts.set(sign, (counts.get(sign) ?? 0) + 1);
	const known = [...counts].filter(([, count]) => count >= SHOWN_AT_LEAST).map(([sign]) => sign);
	return new Map(known.sort().map((sign, index) => [sign, index]));
}

/**
 * Learns by logistic regression how much each sign speaks for each intent (Adagrad, one message at a time, always in the
 * same order). The same messages give the same weights.
 */
export function learnWeights(examples: readonly Example[]): Weights {
	const known = knownSigns(examples);
	const width = INTENTS.length;
	const weights = new Float64Array(known.size * width);
	const squares = new Float64Array(known.size * width).fill(1e-8);
	const bias = new Float64Array(width);
	const chances = new Float64Array(width);
	const seen = examples.flatMap(({ intent, signs, times }) => {
		const at = signs.map((sign) => known.get(sign)).filter((index) => index !== undefined);
		return at.length === 0 ? [] : Array.from({ length: times }, () => ({ at, wanted: INTENTS.indexOf(intent) }));
	});
	const next = sequence(20_261_122);
	const order = seen.map((_example, index) => index);
	for (let round = 0; round < ROUNDS; round += 1) {
		shuffle(order, next);
		for (const index of order) {
			const { at, wanted } = seen[index] ?? { at: [], wanted: 0 };
			const share = 1 / Math.sqrt(at.length);
			for (let intent = 0; intent < width; intent += 1) {
				let sum = 0;
				for (const sign of at) sum += weights[sign * width + intent] ?? 0;
				chances[intent] = sum * share + (bias[intent] ?? 0);
			}
			const highest = Math.max(...chances);
			let total = 0;
			for (let intent = 0; intent < width; intent += 1)
				total += chances[intent] = Math.exp((chances[intent] ?? 0) - highest);
			for (let intent = 0; intent < width; intent += 1) {
				const error = (chances[intent] ?? 0) / total - (intent === wanted ? 1 : 0);
				bias[intent] = (bias[intent] ?? 0) - BIAS_STEP * error;
				for (const sign of at) {
					const place = sign * width + intent;
					const slope = error * share + DECAY * (weights[place] ?? 0);
					const square = (squares[place] ?? 0) + slope * slope;
					squares[place] = square;
					weights[place] = (weights[place] ?? 0) - (STEP * slope) / Math.sqrt(square);
				}
			}
		}
	}
	const whole = (values: Float64Array): number[] => Array.from(values, (value) => Math.round(value * SCALE));
	return {
		scale: SCALE,
		bias: whole(bias),
		signs: Object.fromEntries(
			[...known].map(([sign, index]) => [sign, whole(weights.subarray(index * width, (index + 1) * width))]),
		),
	};
}
