import type { IDataObject } from 'n8n-workflow';

import { withStoreIfAny } from '../../shared/n8n/storeIfAny';
import {
	starterSetStatus,
	templateUse,
	type TemplateUse,
} from '../../shared/usecases/starterTemplates/starterSetStatus';
import type { WhatsAppCloudOperation } from '../services';
import { starterLanguages, starterLanguagesField } from './starterLanguages';

export const getStarterSetStatus: WhatsAppCloudOperation = {
	value: 'getStarterSetStatus',
	name: 'Get Starter Set Status',
	action: 'Get starter set status of templates',
	description: 'Say of each template of the starter set whether it is approved, why not, and how often it is read',
	properties: [starterLanguagesField],
	async execute(context, { client }) {
		const rows = await starterSetStatus(client, starterLanguages(context));
		const use = await withStoreIfAny<ReadonlyMap<string, TemplateUse>>(
			context.node,
			new Map<string, TemplateUse>(),
			async (store) => await templateUse(store),
		);
		return rows.map((row): IDataObject => {
			const used = use.get(row.name);
			return { ...row, ...(used === undefined ? {} : { last30Days: { ...used } }) };
		});
	},
};
