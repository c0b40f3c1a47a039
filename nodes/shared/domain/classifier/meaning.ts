import { CONCEPT_WEIGHTS } from './rules';
import type { Intent } from './types';
import type { Concept } from './vocabulary';

/** What a phrase stands for: a concept of the language, or an intent that the operator gave it. */
export type Meaning =
	| { readonly concept: Concept }
	| { readonly intent: Exclude<Intent, 'unknown'>; readonly weight: number };

/** A phrase found in a message. `at` are the positions of its words. */
export interface Found {
	readonly phrase: string;
	readonly at: readonly number[];
	readonly meaning: Meaning;
}

/** The concept that a phrase stands for; none where an operator gave it an intent. */
export const conceptOf = ({ meaning }: Found): Concept | undefined =>
	'concept' in meaning ? meaning.concept : undefined;

/** How much a phrase says by itself. */
export function weightOf({ meaning }: Found): number {
	if ('intent' in meaning) return meaning.weight;
	return CONCEPT_WEIGHTS[meaning.concept]?.[1] ?? 0;
}

/** Where a phrase begins. */
export const beginOf = ({ at }: Found): number => at[0] ?? 0;

/** Where its last word stands. */
export const endOf = ({ at }: Found): number => at.at(-1) ?? 0;
