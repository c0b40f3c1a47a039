import type { Intent } from '../../nodes/shared/domain/classifier/types';
import batches from '../fixtures/classifierEvaluation.json';

/** Messages by the intent that a reasonable advisor would give them. */
export type Labelled = Readonly<Partial<Record<Intent, readonly string[]>>>;

/** Messages that were written and labelled before any rule had seen them, with what the rules made of them then. */
export interface EvaluationBatch {
	readonly batch: string;
	/** Percent, at first sight. */
	readonly firstSight?: { readonly accuracy: number; readonly macroF1: number };
	readonly messages: Labelled;
}

export const evaluationBatches: readonly EvaluationBatch[] = batches;

/** All batches in one. */
export const evaluation: Labelled = evaluationBatches.reduce<Record<string, readonly string[]>>((all, { messages }) => {
	for (const [intent, texts] of Object.entries(messages)) all[intent] = [...(all[intent] ?? []), ...texts];
	return all;
}, {});
