import { metricsLock, metricsMark, saveMetricsMark } from '../../store/repositories/metricRows';
import type { Store } from '../../store/store';
import { expireApprovals } from '../approvals/expireApprovals';
import { checkAlerts } from './checkAlerts';

/** Several triggers and processes look after the same desk: one of them a minute is enough, ms. */
const PAUSE = 55_000;

const MARK = 'watched';

/**
 * The minute's look at the desk: what nobody decided in time is ended, figures brought up to date, what is unusual told. Returns false when somebody else has just looked.
 */
export async function watchDesk(store: Store): Promise<boolean> {
	const isMine = await store.transaction(async (tx) => {
		await store.lock(tx, metricsLock(store.workspaceId));
		const last = Number((await metricsMark(tx, store.workspaceId, MARK)) ?? 0);
		if (store.now() - last < PAUSE) return false;
		await saveMetricsMark(tx, store.workspaceId, MARK, String(store.now()));
		return true;
	});
	if (!isMine) return false;
	await expireApprovals(store);
	await checkAlerts(store);
	return true;
}
