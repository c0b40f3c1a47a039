import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { ImportField } from '../../shared/domain/identity/personData';
import type { OperationContext } from '../../shared/n8n/operation';
import { flag, optionalFlag, optionsOf, parameter } from '../../shared/n8n/parameters';
import { addTagsField, optionalTags } from '../../shared/n8n/tagFields';
import { importContacts, type ImportedRow, type ImportSettings } from '../../shared/usecases/contacts/importContacts';
import { importColumns } from '../importColumns';
import { changesNow, saveByHandField, type WhatsAppCrmBatchOperation } from '../services';

const COLUMN_LABELS: Readonly<Record<ImportField, string>> = {
	advisor: 'Advisor',
	city: 'City',
	company: 'Company',
	email: 'Email',
	externalId: 'External ID',
	externalUrl: 'External URL',
	identification: 'Identification',
	language: 'Language',
	name: 'Name',
	phone: 'Phone',
	tags: 'Tags',
};

const columns = importColumns(COLUMN_LABELS, 'e.g. Celular del cliente');

const optionsSchema = optionsOf({
	addTags: optionalTags,
	merge: optionalFlag,
	replace: optionalFlag,
	...columns.shape,
});

function settingsOf(context: OperationContext): ImportSettings {
	const { addTags, merge, replace, ...options } = parameter(context, 'options', 'Options', optionsSchema);
	return {
		columns: columns.named(options),
		dryRun: !changesNow(context) || parameter(context, 'dryRun', 'Dry Run', flag.default(false)),
		replace: replace ?? true,
		merge: merge ?? true,
		tags: addTags,
	};
}

function report(row: ImportedRow, index: number, simulated: boolean): IDataObject {
	return {
		...(simulated ? { simulated: true } : {}),
		row: index + 1,
		action: row.action,
		contactId: simulated && row.action === 'created' ? null : (row.contact?.id ?? null),
		name: row.contact?.name ?? null,
		phone: row.contact?.phone ?? null,
		email: row.contact?.email ?? null,
		identification: row.contact?.identification ?? null,
		fixed: row.fixed,
		leftOut: row.leftOut,
		merged: [...row.merged],
		sameAsRow: row.sameAsRow ?? null,
		why: row.why ?? null,
	} as unknown as IDataObject;
}

export const importContactsOperation: WhatsAppCrmBatchOperation = {
	value: 'import',
	name: 'Import',
	action: 'Import contacts',
	description: 'Take over a list of customers, an item each, cleaned and merged, with a report for every row',
	needsApproval: true,
	properties: [
		{
			displayName:
				'Connect a node that reads the list (Google Sheets, Extract From File …). Columns such as Nombre, Celular, Correo, NIT or Empresa are recognised by themselves.',
			name: 'importNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Dry Run',
			name: 'dryRun',
			type: 'boolean',
			default: false,
			description: 'Whether to only say what would become of each row',
		},
		saveByHandField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				addTagsField,
				...columns.options,
				{
					displayName: 'Merge Contacts',
					name: 'merge',
					type: 'boolean',
					default: true,
					description: 'Whether two contacts that a row shows to be one person become one',
				},
				{
					displayName: 'Replace Known Values',
					name: 'replace',
					type: 'boolean',
					default: true,
					description: 'Whether what the list says replaces what is known. Otherwise only gaps are filled.',
				},
			].sort((one, other) => one.displayName.localeCompare(other.displayName)) as INodeProperties[],
		},
	],
	async executeAll(node, items, manual, { store }) {
		const [first] = items;
		if (first === undefined) return [];
		const context: OperationContext = { node, item: first, itemIndex: 0, manual };
		const settings = settingsOf(context);
		const rows = await importContacts(
			store,
			items.map(({ json }) => json),
			settings,
		);
		return rows.map(
			(row, index): INodeExecutionData => ({
				json: report(row, index, settings.dryRun),
				pairedItem: { item: index },
			}),
		);
	},
};
