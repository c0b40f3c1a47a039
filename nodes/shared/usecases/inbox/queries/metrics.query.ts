import { assertMay } from '../viewer';
import type { AnswerOf } from './query';

/** The figures of the desk, day by day. */
export const metrics: AnswerOf<'metrics'> = async ({ viewer }, { from, to }) => {
	assertMay(viewer, 'seeMetrics');
	return await Promise.resolve({ from, to, metrics: [], daily: [], breakdowns: [], alerts: [] });
};
