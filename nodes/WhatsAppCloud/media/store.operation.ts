import { storedMediaFields, storeMediaOfItems } from '../../shared/n8n/storedMedia';
import { clientOfChannel } from '../../shared/usecases/linkedNumbers/clientOfChannel';
import type { WhatsAppCloudBatchOperation } from '../services';

/** Brings a customer's file from Meta, where it is gone after days, into the store. What failed is due again later. */
export const storeMedia: WhatsAppCloudBatchOperation = {
	value: 'store',
	name: 'Store',
	action: 'Store media of customer',
	description:
		'Fetch the file that a customer sent and keep it for their case; a file that is kept is not fetched again',
	properties: storedMediaFields,
	executeAll: async (node, items, manual, { client, withStore }) =>
		await storeMediaOfItems(node, items, manual, {
			withStore,
			fetcherOf:
				(store) =>
				async ({ mediaId, channelId }) => {
					const own = await clientOfChannel(store, client, channelId);
					return await own.downloadMedia({ mediaId, phoneNumberId: channelId });
				},
		}),
};
