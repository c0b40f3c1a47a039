import type { WhatsAppCredential } from '../../clients/whatsapp/credential';
import { RequestFailure } from '../../http/failure';
import { updateLinkedNumber, type LinkedNumberRow } from '../../store/repositories/linkedNumbers';
import type { Store } from '../../store/store';
import { clientOfNumber } from './clientOfNumber';
import { endLinking } from './endLinking';
import { linkedNumberById } from './linkedNumberById';

export interface UnlinkRequest {
	readonly linkedNumberId: string;
	readonly actor: string;
}

/**
 * Takes our app off the account, so that Meta sends nothing more of it. Only where the address is ours: somebody else's
 * app and address stay. Meta offers no way to withdraw the permission itself; the person does that on the phone.
 */
async function takeOffAccount(store: Store, credential: WhatsAppCredential, row: LinkedNumberRow): Promise<void> {
	const client = clientOfNumber(store, credential, row);
	if (client === undefined || row.waba_id === null) return;
	try {
		const ours = (await client.listSubscribedApps(row.waba_id)).find(({ appId }) => appId === credential.appId);
		if (ours !== undefined && (row.receiver_url === null || ours.overrideCallbackUrl === row.receiver_url)) {
			await client.unsubscribeAccount(row.waba_id);
		}
	} catch (error) {
		// A permission that is gone already is what was wanted.
		if (!(error instanceof RequestFailure) || error.kind !== 'unauthorized') throw error;
	}
}

/**
 * Unlinks a number: nothing of it is received or sent any more, its conversations stay. Done twice is done once.
 * @throws RequestFailure when Meta could not be told; then nothing was changed
 */
export async function unlinkNumber(
	store: Store,
	credential: WhatsAppCredential,
	request: UnlinkRequest,
): Promise<LinkedNumberRow> {
	const row = await linkedNumberById(store, request.linkedNumberId);
	if (row.state === 'unlinked') return row;
	await takeOffAccount(store, credential, row);
	const ended = await endLinking(store, row, { state: 'unlinked', problem: 'unlinked_here', actor: request.actor });
	if (!ended) {
		// Nothing was linked yet: the attempt is put away without news.
		await updateLinkedNumber(
			store.db,
			store,
			row.id,
			{
				state: 'unlinked',
				problem: null,
				problem_detail: null,
				access_token: null,
				code: null,
				due_at: null,
				unlinked_at: store.now(),
			},
			['started', 'exchanging', 'failed'],
		);
	}
	return await linkedNumberById(store, row.id);
}
