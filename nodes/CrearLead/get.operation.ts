import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from '../shared/domain/invalidInput';
import { isSimplified, simplifyField } from '../shared/n8n/getMany';
import { parameter, words } from '../shared/n8n/parameters';
import { chooseField } from '../shared/n8n/storeLists';
import { getLead } from '../shared/store/repositories/leads';
import { leadCard, whole } from '../shared/usecases/cards';
import type { CrearLeadOperation } from './services';

export const getLeadOperation: CrearLeadOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get lead',
	description: 'Retrieve one lead',
	properties: [
		chooseField({
			displayName: 'Lead',
			name: 'lead',
			description: 'The lead',
			search: 'searchLeads',
			by: { displayName: 'By ID', placeholder: 'e.g. 0198c1f2-…' },
			required: true,
		}),
		simplifyField,
	],
	async execute(context, { store }) {
		const leadId = parameter(context, 'lead', 'Lead', words).trim();
		const found = await getLead(store.db, store.workspaceId, leadId);
		if (found) return (isSimplified(context) ? leadCard(found) : whole(found)) as IDataObject;
		throw new InvalidInput({
			message: `There is no lead '${leadId}' in workspace '${store.workspaceId}'`,
			description: "Choose one from the list in 'Lead', or check the store credential.",
			parameter: 'Lead',
		});
	},
};
