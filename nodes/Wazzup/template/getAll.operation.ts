import type { IDataObject } from 'n8n-workflow';

import { valuesAskedFor } from '../../shared/clients/wazzup/templates';
import { isSimplified, limitFields, simplifyField } from '../../shared/n8n/getMany';
import { optionalWords, optionsOf, parameter } from '../../shared/n8n/parameters';
import { rowsWanted } from '../entity/read';
import type { WazzupOperation } from '../services';

export const getManyTemplates: WazzupOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many templates',
	description: 'List the templates of the WhatsApp Business API channels',
	properties: [
		...limitFields,
		simplifyField,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					options: [
						{ name: 'Approved', value: 'approved' },
						{ name: 'Archived', value: 'archived' },
						{ name: 'Disabled', value: 'disabled' },
						{ name: 'Paused', value: 'paused' },
						{ name: 'Pending', value: 'pending' },
						{ name: 'Rejected', value: 'rejected' },
					],
					default: 'approved',
				},
			],
		},
	],
	async execute(context, { client }) {
		const { status } = parameter(context, 'filters', 'Filters', optionsOf({ status: optionalWords }));
		const templates = (await client.listTemplates())
			.filter((template) => status === undefined || template.status === status)
			.slice(0, rowsWanted(context));
		if (!isSimplified(context)) return templates.map(({ raw }): IDataObject => ({ ...raw }) as IDataObject);
		return templates.map(
			({ raw: _raw, ...template }): IDataObject => ({ ...template, values: valuesAskedFor(template) }),
		);
	},
};
