import type { IDataObject } from 'n8n-workflow';

import { isSimplified, limitFields, rowsAskedFor, simplifyField } from '../../shared/n8n/getMany';
import { listAudit, type AuditRow } from '../../shared/store/repositories/auditLog';
import { auditCard, whole } from '../../shared/usecases/cards';
import type { WhatsAppCrmOperation } from '../services';
import { auditFilters, auditFiltersOf } from './auditFilters';
import { everybodysData } from '../../shared/n8n/everybodysData';

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
			options: [...auditFilters],
		},
		simplifyField,
	],
	customerOf: everybodysData,
	async execute(context, { store }) {
		const filters = await auditFiltersOf(context, store);
		const rows = await rowsAskedFor<AuditRow>(
			context,
			async ({ after, limit }) => await listAudit(store.db, store.workspaceId, { ...filters, before: after, limit }),
		);
		return rows.map(isSimplified(context) ? auditCard : whole) as IDataObject[];
	},
};
