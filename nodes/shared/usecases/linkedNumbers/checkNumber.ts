import type { WhatsAppCredential } from '../../clients/whatsapp/credential';
import type { PhoneNumber } from '../../clients/whatsapp/phoneNumbers';
import { RequestFailure } from '../../http/failure';
import { updateLinkedNumber, type LinkedNumberRow } from '../../store/repositories/linkedNumbers';
import type { Store } from '../../store/store';
import { clientOfNumber } from './clientOfNumber';
import { endLinking } from './endLinking';

/** How often a linked number is looked after, ms. */
const CHECK_INTERVAL = 3_600_000;

/**
 * Looks after a linked number: news of its account go to the app's own callback, which may be somebody else's, so its
 * end is noticed here at the latest.
 * @returns what Meta says of it; undefined when it cannot be asked any more
 * @throws RequestFailure when Meta does not answer
 */
export async function checkNumber(
	store: Store,
	credential: WhatsAppCredential,
	row: LinkedNumberRow,
): Promise<PhoneNumber | undefined> {
	const client = clientOfNumber(store, credential, row);
	if (client === undefined || row.channel_id === null) return undefined;
	try {
		const number = await client.getPhoneNumber(row.channel_id);
		const wasOnApp = row.contacts !== 'too_late' || row.history !== 'off';
		if (number.isOnBusinessApp === false && wasOnApp) {
			await endLinking(store, row, { state: 'disconnected', problem: 'inactive', actor: 'channel' });
			return number;
		}
		await updateLinkedNumber(store.db, store, row.id, {
			verified_name: number.verifiedName ?? row.verified_name,
			facts: JSON.stringify(number),
			attempts: 0,
			due_at: store.now() + CHECK_INTERVAL,
			...(row.problem === 'meta_unavailable' ? { problem: null, problem_detail: null } : {}),
		});
		return number;
	} catch (error) {
		if (!(error instanceof RequestFailure) || error.kind !== 'unauthorized') throw error;
		await endLinking(store, row, {
			state: 'unlinked',
			problem: 'token_revoked',
			actor: 'channel',
		});
		return undefined;
	}
}
