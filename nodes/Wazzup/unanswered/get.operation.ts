import type { IDataObject } from 'n8n-workflow';

import { userField } from '../fields';
import type { WazzupOperation } from '../services';
import { userOfItem } from '../userOfItem';

export const getUnanswered: WazzupOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get unanswered counter',
	description: 'Count the messages of the last 7 days that wait for an answer of a user',
	properties: [
		userField(
			'User',
			'userId',
			'Whose counter. Empty for the person who is responsible for the customer of the item.',
			false,
		),
	],
	async execute(context, services) {
		const { id: userId } = await userOfItem(context, services);
		const { crm } = context.item.json;
		const { count, type, raw } = await services.client.getUnanswered(userId);
		return {
			...(raw as IDataObject),
			userId,
			count,
			...(type === undefined ? {} : { type }),
			...(crm === undefined ? {} : { crm }),
		};
	},
};
