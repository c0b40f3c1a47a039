import type { IDataObject } from 'n8n-workflow';

import { isSimplified, simplifyField } from '../shared/n8n/getMany';
import { parameter, words } from '../shared/n8n/parameters';
import { leadField } from '../shared/n8n/storeLists';
import { leadCard, whole } from '../shared/usecases/cards';
import { existingLead } from '../shared/usecases/leads/changeLeadStage';
import type { CrearLeadOperation } from './services';

export const getLeadOperation: CrearLeadOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get lead',
	description: 'Retrieve one lead',
	properties: [leadField, simplifyField],
	customerOf: async (context, { store }) =>
		(await existingLead(store.db, store, parameter(context, 'lead', 'Lead', words).trim())).contact_id,
	async execute(context, { store }) {
		const leadId = parameter(context, 'lead', 'Lead', words).trim();
		const found = await existingLead(store.db, store, leadId);
		return (isSimplified(context) ? leadCard(found) : whole(found)) as IDataObject;
	},
};
