import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { limitFields, rowsAskedFor } from '../../shared/n8n/getMany';
import { parameter } from '../../shared/n8n/parameters';
import { countTags } from '../../shared/store/repositories/tags';
import type { WhatsAppCrmOperation } from '../services';

interface CountedTag {
	readonly tag: string;
	readonly count: number;
}

export const getManyTags: WhatsAppCrmOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many tags',
	description: 'Retrieve the tags in use and how many contacts, leads or cases carry each',
	properties: [
		{
			displayName: 'Of',
			name: 'kind',
			type: 'options',
			options: [
				{ name: 'Cases', value: 'case' },
				{ name: 'Contacts', value: 'contact' },
				{ name: 'Leads', value: 'lead' },
			],
			default: 'contact',
			description: 'Whose tags are counted',
		},
		...limitFields,
	],
	async execute(context, { store }) {
		const kind = parameter(context, 'kind', 'Of', z.enum(['case', 'contact', 'lead']).default('contact'));
		const rows = await rowsAskedFor<CountedTag>(
			context,
			async ({ after, limit }) => await countTags(store.db, store.workspaceId, kind, { after: after?.tag, limit }),
		);
		return rows.map(({ tag, count }): IDataObject => ({ kind, tag, count }));
	},
};
