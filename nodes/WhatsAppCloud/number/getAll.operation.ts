import type { IDataObject } from 'n8n-workflow';

import { limitFields, rowsAskedFor } from '../../shared/n8n/getMany';
import { optionsOf, parameter } from '../../shared/n8n/parameters';
import { chooseField, chosenOption } from '../../shared/n8n/storeLists';
import { listLinkedNumbers, type LinkedNumberRow } from '../../shared/store/repositories/linkedNumbers';
import type { WhatsAppCloudOperation } from '../services';
import { numberItem } from './numberItem';

export const getManyNumbers: WhatsAppCloudOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many numbers',
	description: "List the advisors' linked numbers, newest first",
	properties: [
		...limitFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				chooseField({
					displayName: 'Advisor',
					name: 'advisor',
					description: 'Only the numbers of this person',
					search: 'searchAdvisors',
					by: { displayName: 'By ID', placeholder: 'e.g. 0198c1f2-…' },
				}),
			],
		},
	],
	async execute(context, { withStore }) {
		const { advisor } = parameter(context, 'filters', 'Filters', optionsOf({ advisor: chosenOption }));
		return await withStore(async (store) => {
			const rows = await rowsAskedFor<LinkedNumberRow>(
				context,
				async ({ after, limit }) =>
					await listLinkedNumbers(store.db, store.workspaceId, { advisorId: advisor, before: after?.id, limit }),
			);
			const items: IDataObject[] = [];
			for (const row of rows) items.push(await numberItem(store, row));
			return items;
		});
	},
};
