import { limitFields, rowsAskedFor } from '../../shared/n8n/getMany';
import { parameter, words } from '../../shared/n8n/parameters';
import { listAudit, type AuditRow } from '../../shared/store/repositories/auditLog';
import { auditCsv } from '../../shared/usecases/audit/auditCsv';
import { outputField } from '../outputField';
import type { WhatsAppCrmOperation } from '../services';
import { auditFilters, auditFiltersOf } from './auditFilters';
import { everybodysData } from '../../shared/n8n/everybodysData';

export const exportAuditLog: WhatsAppCrmOperation = {
	value: 'export',
	name: 'Export',
	action: 'Export audit log',
	description: 'Write what happened to a CSV file, newest first, with the digests that prove it',
	properties: [
		outputField,
		...limitFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [...auditFilters],
		},
	],
	customerOf: everybodysData,
	async execute(context, { store }) {
		const field = parameter(context, 'outputField', 'Put Output File in Field', words).trim();
		const filters = await auditFiltersOf(context, store);
		const rows = await rowsAskedFor<AuditRow>(
			context,
			async ({ after, limit }) => await listAudit(store.db, store.workspaceId, { ...filters, before: after, limit }),
		);
		const day = new Date(store.now()).toISOString().slice(0, 10);
		const file = await context.node.helpers.prepareBinaryData(
			Buffer.from(auditCsv(rows), 'utf8'),
			`audit-log-${store.workspaceId}-${day}.csv`,
			'text/csv',
		);
		return [{ json: { lines: rows.length, fileName: file.fileName ?? null }, binary: { [field]: file } }];
	},
};
