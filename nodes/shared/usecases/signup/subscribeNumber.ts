import { InvalidInput } from '../../domain/invalidInput';
import { RequestFailure } from '../../http/failure';
import type { LinkedNumberRow } from '../../store/repositories/linkedNumbers';
import { receiverOf } from '../linkedNumbers/receiver';
import { detailOf, isPassing, LinkingWait, move, requiredClient, type LinkingContext } from './linkingStep';

/** Lets Meta deliver what happens on the number to the trigger that receives for the company. */
export async function subscribeNumber(context: LinkingContext, row: LinkedNumberRow): Promise<void> {
	const { store, credential } = context;
	const client = requiredClient(context, row);
	const wabaId = row.waba_id ?? '';
	const url = context.receiverUrl ?? row.receiver_url ?? (await receiverOf(store))?.url;
	if (url === undefined) throw new LinkingWait('no_receiver');
	try {
		const ours = (await client.listSubscribedApps(wabaId)).find(({ appId }) => appId === credential.appId);
		if (ours?.overrideCallbackUrl !== url) {
			// Meta refuses an override before the subscription, and a plain subscription takes an override away.
			if (ours === undefined) await client.subscribeAccount(wabaId);
			await client.subscribeAccount(wabaId, { callbackUrl: url, verifyToken: credential.verifyToken });
		}
	} catch (error) {
		if (error instanceof InvalidInput) throw new LinkingWait('receiver_unreachable');
		if (!(error instanceof RequestFailure) || isPassing(error)) throw error;
		if (error.code === '2200' || error.code === '100') throw new LinkingWait('receiver_unreachable', detailOf(error));
		throw error;
	}
	await move(context, row, { state: 'subscribed', receiver_url: url });
}
