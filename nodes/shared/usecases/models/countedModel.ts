import { usageOf } from '../../domain/metrics/modelUsage';
import { insertModelCall, type ModelCallOf } from '../../store/repositories/modelCalls';
import type { Store } from '../../store/store';
import type { ModelCall } from './modelReply';

/**
 * A model whose answers are written down for the conversation they were asked for, or for the business alone where there is none (O12). Asked and written outside of every lock
 * and transaction: a model may take seconds. What was asked again after a crash was paid again, and is counted again; an answer
 * that nobody waited for any more is counted when it comes.
 */
export const countedModel =
	(store: Store, model: ModelCall, call: ModelCallOf): ModelCall =>
	async (lines) => {
		const reply = await model(lines);
		await insertModelCall(
			store.db,
			store,
			call,
			usageOf(
				lines.map(({ content }) => content),
				reply,
			),
		);
		return reply;
	};
