import type { IDataObject } from 'n8n-workflow';

import { isSimplified, limitFields, rowsAskedFor, simplifyField } from '../../shared/n8n/getMany';
import { optionsOf, parameter } from '../../shared/n8n/parameters';
import { chosenOption } from '../../shared/n8n/storeLists';
import { listAudit, type AuditRow } from '../../shared/store/repositories/auditLog';
import { auditCard, whole } from '../../shared/usecases/cards';
import type { WhatsAppCrmOperation } from '../services';
import { contactOption } from '../contact/contactField';

export const getManyAuditLines: WhatsAppCrmOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many audit log entries',
	description: 'Retrieve what happened, newest first',
	properties: [
		...limitFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [{ ...contactOption, description: 'Only what concerns this customer' }],
		},
		simplifyField,
	],
	async execute(context, { store }) {
		const { contact } = parameter(context, 'filters', 'Filters', optionsOf({ contact: chosenOption }));
		const rows = await rowsAskedFor<AuditRow>(
			context,
			async ({ after, limit }) =>
				await listAudit(store.db, store.workspaceId, { before: after, limit, chain: contact }),
		);
		return rows.map(isSimplified(context) ? auditCard : whole) as IDataObject[];
	},
};
