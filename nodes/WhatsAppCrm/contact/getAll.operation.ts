import type { IDataObject } from 'n8n-workflow';

import { isSimplified, limitFields, rowsAskedFor, simplifyField } from '../../shared/n8n/getMany';
import { optionsOf, parameter } from '../../shared/n8n/parameters';
import { advisorOption, chosenOption } from '../../shared/n8n/storeLists';
import { listContacts, type ContactRow } from '../../shared/store/repositories/contacts';
import { contactCard, whole } from '../../shared/usecases/cards';
import type { WhatsAppCrmOperation } from '../services';

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
			options: [{ ...advisorOption, description: 'Only customers of this person' }],
		},
		simplifyField,
	],
	async execute(context, { store }) {
		const { advisor } = parameter(context, 'filters', 'Filters', optionsOf({ advisor: chosenOption }));
		const rows = await rowsAskedFor<ContactRow>(
			context,
			async ({ after, limit }) =>
				await listContacts(store.db, store.workspaceId, { ownerAdvisorId: advisor, before: after?.id, limit }),
		);
		return rows.map(isSimplified(context) ? contactCard : whole) as IDataObject[];
	},
};
