import { historySchema } from './payload';

/** How far a history chunk without messages says that the history has come, 0 to 100. */
export function historyProgressOf(chunk: unknown): number | undefined {
	const parsed = historySchema.safeParse(chunk);
	return parsed.success ? parsed.data.metadata?.progress : undefined;
}
