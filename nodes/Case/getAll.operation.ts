import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { isSimplified, limitFields, rowsAskedFor, simplifyField } from '../shared/n8n/getMany';
import { optionsOf, parameter } from '../shared/n8n/parameters';
import { advisorOption, areaOption, chooseField, chosenOption } from '../shared/n8n/storeLists';
import { optionalTag, tagFilter } from '../shared/n8n/tagFields';
import { listCases, type CaseRow } from '../shared/store/repositories/cases';
import { caseCard, whole } from '../shared/usecases/cards';
import { CASE_STATUSES } from '../shared/usecases/cases/changeCase';
import { PRIORITIES, priorityField } from './priorityField';
import { statusField } from './statusField';
import type { CaseOperation } from './services';

export const getManyCases: CaseOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many cases',
	description: 'Retrieve a list of cases, newest first',
	properties: [
		...limitFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				{ ...advisorOption, description: 'Only cases of this person' },
				areaOption,
				chooseField({
					displayName: 'Contact',
					name: 'contact',
					description: 'Only cases of this customer',
					search: 'searchContacts',
					by: { displayName: 'By ID', placeholder: 'e.g. 0198c1f2-…' },
				}),
				{ ...priorityField, description: 'Only cases of this priority' },
				{ ...statusField, description: 'Only cases in this status' },
				tagFilter,
			],
		},
		simplifyField,
	],
	customerOf: async (context) => {
		const { contact } = parameter(context, 'filters', 'Filters', optionsOf({ contact: chosenOption }));
		return await Promise.resolve(contact);
	},
	async execute(context, { store }) {
		const filters = parameter(
			context,
			'filters',
			'Filters',
			optionsOf({
				advisor: chosenOption,
				area: chosenOption,
				contact: chosenOption,
				priority: z.enum(PRIORITIES).optional(),
				status: z.enum(CASE_STATUSES).optional(),
				tag: optionalTag,
			}),
		);
		const rows = await rowsAskedFor<CaseRow>(
			context,
			async ({ after, limit }) =>
				await listCases(store.db, store.workspaceId, {
					area: filters.area,
					contactId: filters.contact,
					advisorId: filters.advisor,
					priority: filters.priority,
					tag: filters.tag,
					status: filters.status,
					before: after?.id,
					limit,
				}),
		);
		return rows.map(isSimplified(context) ? caseCard : whole) as IDataObject[];
	},
};
