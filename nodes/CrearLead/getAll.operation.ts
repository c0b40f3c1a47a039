import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { isSimplified, limitFields, rowsAskedFor, simplifyField } from '../shared/n8n/getMany';
import { optionsOf, parameter } from '../shared/n8n/parameters';
import { advisorOption, chooseField, chosenOption } from '../shared/n8n/storeLists';
import { optionalTag, tagFilter } from '../shared/n8n/tagFields';
import { listLeads, type LeadRow } from '../shared/store/repositories/leads';
import { leadCard, whole } from '../shared/usecases/cards';
import { stageField, STAGES } from './leadFields';
import type { CrearLeadOperation } from './services';
import { everybodysData } from '../shared/n8n/everybodysData';

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
				{ ...advisorOption, description: 'Only leads of this person' },
				chooseField({
					displayName: 'Contact',
					name: 'contact',
					description: 'Only leads of this customer',
					search: 'searchContacts',
					by: { displayName: 'By ID', placeholder: 'e.g. 0198c1f2-…' },
				}),
				{
					displayName: 'Minimum Score',
					name: 'minScore',
					type: 'number',
					typeOptions: { minValue: 0, maxValue: 100 },
					default: 70,
					description: 'Only leads that are at least this promising, 0 to 100',
				},
				{ ...stageField, description: 'Only leads in this stage' },
				tagFilter,
			],
		},
		simplifyField,
	],
	customerOf: everybodysData,
	async execute(context, { store }) {
		const { advisor, contact, minScore, stage, tag } = parameter(
			context,
			'filters',
			'Filters',
			optionsOf({
				advisor: chosenOption,
				contact: chosenOption,
				minScore: z.coerce.number().optional(),
				stage: z.enum(STAGES).optional(),
				tag: optionalTag,
			}),
		);
		const rows = await rowsAskedFor<LeadRow>(
			context,
			async ({ after, limit }) =>
				await listLeads(store.db, store.workspaceId, {
					contactId: contact,
					advisorId: advisor,
					minScore,
					stage,
					tag,
					before: after?.id,
					limit,
				}),
		);
		return rows.map(isSimplified(context) ? leadCard : whole) as IDataObject[];
	},
};
