import type { RequestCounter } from '../../clients/wazzup/requestPace';
import { claimRequests, pausedWindow } from '../../domain/wazzup/requestWindow';
import { replaceRequestWindow, requestWindowOf, saveRequestWindow } from '../../store/repositories/requestWindows';
import type { Store } from '../../store/store';

/**
 * Counts an account's requests in the store, so that all nodes and processes on it together stay under Wazzup's limit.
 *
 * @param account Fingerprint of the account's key.
 */
export function countRequests(store: Store, account: string): RequestCounter {
	return {
		claim: async (wanted) =>
			await store.transaction(async (tx) => {
				for (;;) {
					const known = await requestWindowOf(tx, account);
					const claim = claimRequests(known, store.now(), wanted);
					if (claim.granted === 0 || (await replaceRequestWindow(tx, account, known, claim.window))) return claim;
				}
			}),
		pause: async () => {
			await store.transaction(async (tx) => {
				await saveRequestWindow(tx, account, pausedWindow(store.now()));
			});
		},
	};
}
