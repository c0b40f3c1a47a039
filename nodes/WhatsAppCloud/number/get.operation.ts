import { linkedNumberById } from '../../shared/usecases/linkedNumbers/linkedNumberById';
import type { WhatsAppCloudOperation } from '../services';
import { linkedNumberField, linkedNumberIdOf } from './numberFields';
import { numberItem } from './numberItem';

export const getNumber: WhatsAppCloudOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get number',
	description: "Retrieve an advisor's linked number: how far it is linked, and what is wrong with it",
	properties: [linkedNumberField],
	async execute(context, { withStore }) {
		const linkedNumberId = linkedNumberIdOf(context);
		return await withStore(async (store) => await numberItem(store, await linkedNumberById(store, linkedNumberId)));
	},
};
