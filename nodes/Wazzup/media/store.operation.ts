import { storedMediaFields, storeMediaOfItems } from '../../shared/n8n/storedMedia';
import type { WazzupBatchOperation } from '../services';

/** Brings a customer's file from Wazzup, whose links expire, into the store. What failed is due again later. */
export const storeMedia: WazzupBatchOperation = {
	value: 'store',
	name: 'Store',
	action: 'Store media of customer',
	description:
		'Fetch the file that a customer sent and keep it for their case; a file that is kept is not fetched again',
	properties: storedMediaFields,
	executeAll: async (node, items, manual, { client, withStore }) =>
		await storeMediaOfItems(node, items, manual, {
			withStore,
			// Wazzup names a file by its address.
			fetcherOf:
				() =>
				async ({ mediaId }) =>
					await client.downloadMessageFile({ url: mediaId }),
		}),
};
