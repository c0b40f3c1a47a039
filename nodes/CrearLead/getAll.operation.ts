import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { isSimplified, limitFields, rowsAskedFor, simplifyField } from '../shared/n8n/getMany';
import { optionsOf, parameter } from '../shared/n8n/parameters';
import { chooseField, chosenOption } from '../shared/n8n/storeLists';
import { listLeads, type LeadRow } from '../shared/store/repositories/leads';
import { leadCard, whole } from '../shared/usecases/cards';
import { stageField, STAGES } from './leadFields';
import type { CrearLeadOperation } from './services';

export const getManyLeads: CrearLeadOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many leads',
	description: 'Retrieve a list of leads, newest first',
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
					displayName: 'Contact',
					name: 'contact',
					description: 'Only leads of this customer',
					search: 'searchContacts',
					by: { displayName: 'By ID', placeholder: 'e.g. 0198c1f2-…' },
				}),
				{ ...stageField, description: 'Only leads in this stage' },
			],
		},
		simplifyField,
	],
	async execute(context, { store }) {
		const { contact, stage } = parameter(
			context,
			'filters',
			'Filters',
			optionsOf({ contact: chosenOption, stage: z.enum(STAGES).optional() }),
		);
		const rows = await rowsAskedFor<LeadRow>(
			context,
			async ({ after, limit }) =>
				await listLeads(store.db, store.workspaceId, { contactId: contact, stage, before: after?.id, limit }),
		);
		return rows.map(isSimplified(context) ? leadCard : whole) as IDataObject[];
	},
};
