import type { WhatsAppClient } from '../../clients/whatsapp/client';
import { RequestFailure } from '../../http/failure';
import { linkedNumberOfChannel, type LinkedNumberRow } from '../../store/repositories/linkedNumbers';
import type { Store } from '../../store/store';
import { clientOfNumber } from './clientOfNumber';

/** Until the number is chosen, and after a linking that failed, a channel is the company's. */
const NOT_LINKED: ReadonlyArray<LinkedNumberRow['state']> = ['started', 'exchanging', 'authorized', 'failed'];

/** Answers `clientOfChannel` for many messages of one run, asking the store once a channel. */
export function clientsOfChannels(
	store: Store,
	company: WhatsAppClient,
): (channelId: string) => Promise<WhatsAppClient> {
	const known = new Map<string, Promise<WhatsAppClient>>();
	return async (channelId) => {
		const client = known.get(channelId) ?? clientOfChannel(store, company, channelId);
		known.set(channelId, client);
		return await client;
	};
}

/**
 * Who acts for a number of ours: an advisor's own number has a token of its own, every other is the company's.
 * @throws RequestFailure that nothing is sent with, when the number is not linked any more
 */
export async function clientOfChannel(
	store: Store,
	company: WhatsAppClient,
	channelId: string,
): Promise<WhatsAppClient> {
	const linked = await linkedNumberOfChannel(store.db, store.workspaceId, channelId);
	if (linked === undefined || NOT_LINKED.includes(linked.state)) return company;
	const client = linked.state === 'disconnected' ? undefined : clientOfNumber(store, company.credential, linked);
	if (client !== undefined) return client;
	throw new RequestFailure({
		vendor: 'whatsapp',
		kind: 'rejected',
		message: `The advisor's number ${linked.display_phone_number ?? channelId} is not linked any more`,
		description: 'Link it again, or answer from the company number.',
	});
}
