import type { IDataObject } from 'n8n-workflow';

import { isSimplified, limitFields, rowsAskedFor, simplifyField } from '../../shared/n8n/getMany';
import { optionalFlag, optionsOf, parameter } from '../../shared/n8n/parameters';
import { advisorOption, chosenOption } from '../../shared/n8n/storeLists';
import { optionalTag, tagFilter } from '../../shared/n8n/tagFields';
import { listContacts, type ContactRow } from '../../shared/store/repositories/contacts';
import { contactCard, whole } from '../../shared/usecases/cards';
import type { WhatsAppCrmOperation } from '../services';
import { everybodysData } from '../../shared/n8n/everybodysData';

export const getManyContacts: WhatsAppCrmOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many contacts',
	description: 'Retrieve a list of customers, newest first',
	properties: [
		...limitFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				{ ...advisorOption, description: 'Only customers of this person' },
				{
					displayName: 'Imported',
					name: 'imported',
					type: 'boolean',
					default: true,
					description: 'Whether only customers who came by an import are returned, or only the others',
				},
				{
					displayName: 'Opted Out',
					name: 'optedOut',
					type: 'boolean',
					default: false,
					description: 'Whether only customers who asked not to be written to are returned, or only the others',
				},
				{
					displayName: 'Registered',
					name: 'registered',
					type: 'boolean',
					default: true,
					description: 'Whether only customers with a case or lead are returned, or only the others',
				},
				tagFilter,
			],
		},
		simplifyField,
	],
	customerOf: everybodysData,
	async execute(context, { store }) {
		const { advisor, ...filters } = parameter(
			context,
			'filters',
			'Filters',
			optionsOf({
				advisor: chosenOption,
				imported: optionalFlag,
				optedOut: optionalFlag,
				registered: optionalFlag,
				tag: optionalTag,
			}),
		);
		const rows = await rowsAskedFor<ContactRow>(
			context,
			async ({ after, limit }) =>
				await listContacts(store.db, store.workspaceId, {
					...filters,
					ownerAdvisorId: advisor,
					before: after?.id,
					limit,
				}),
		);
		return rows.map(isSimplified(context) ? contactCard : whole) as IDataObject[];
	},
};
