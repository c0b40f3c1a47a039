import type { IDataObject } from 'n8n-workflow';

import { simulated } from '../../shared/n8n/manualMode';
import { checkNumber } from '../../shared/usecases/linkedNumbers/checkNumber';
import { linkedNumberById } from '../../shared/usecases/linkedNumbers/linkedNumberById';
import type { WhatsAppCloudOperation } from '../services';
import { linkedNumberField, linkedNumberIdOf } from './numberFields';
import { numberItem } from './numberItem';

export const getNumberStatus: WhatsAppCloudOperation = {
	value: 'getStatus',
	name: 'Get Status',
	action: 'Get status of number',
	description:
		'Ask Meta for the health of a linked number: quality, limits, name, and whether it is still used in the WhatsApp Business app',
	properties: [linkedNumberField],
	async execute(context, { client, withStore }) {
		const linkedNumberId = linkedNumberIdOf(context);
		return await withStore(async (store) => {
			const row = await linkedNumberById(store, linkedNumberId);
			if (context.manual) {
				return {
					...simulated({ method: 'GET', url: `${client.root}/${row.channel_id ?? ''}` }),
					...(await numberItem(store, row)),
				};
			}
			const health = await checkNumber(store, client.credential, row);
			const after = await numberItem(store, await linkedNumberById(store, linkedNumberId));
			return { ...after, health: health === undefined ? null : ({ ...health } as IDataObject) };
		});
	},
};
