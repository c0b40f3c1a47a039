import { metricsFor } from '../../metrics/metricsFor';
import { assertMay } from '../viewer';
import type { AnswerOf } from './query';

/** The figures of the desk, day by day. */
export const metrics: AnswerOf<'metrics'> = async ({ store, viewer }, { from, to }) => {
	assertMay(viewer, 'seeMetrics');
	return await metricsFor(store, { from, to });
};
