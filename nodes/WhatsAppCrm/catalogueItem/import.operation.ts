import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { ItemField } from '../../shared/domain/knowledge/readItem';
import type { OperationContext } from '../../shared/n8n/operation';
import { flag, optionalFlag, optionsOf, parameter } from '../../shared/n8n/parameters';
import { importItems, type ItemImportSettings } from '../../shared/usecases/knowledge/importItems';
import { importColumns } from '../importColumns';
import { changesNow, saveByHandField, SETTINGS_ACTOR, type WhatsAppCrmBatchOperation } from '../services';
import { itemReport } from './itemReport';

const COLUMN_LABELS: Readonly<Record<ItemField, string>> = {
	active: 'Active',
	currency: 'Currency',
	deliveryTime: 'Delivery Time',
	description: 'Description',
	externalId: 'External ID',
	link: 'Link',
	name: 'Name',
	price: 'Price',
	priceValidUntil: 'Price Valid Until',
	promotionFrom: 'Promotion From',
	promotionPrice: 'Promotion Price',
	promotionUntil: 'Promotion Until',
	sku: 'SKU',
	stock: 'Stock',
	variants: 'Variants',
};

const columns = importColumns(COLUMN_LABELS, 'e.g. Precio público');

const optionsSchema = optionsOf({ wholeCatalogue: optionalFlag, ...columns.shape });

function settingsOf(context: OperationContext): ItemImportSettings {
	const { wholeCatalogue, ...options } = parameter(context, 'options', 'Options', optionsSchema);
	return {
		columns: columns.named(options),
		dryRun: !changesNow(context) || parameter(context, 'dryRun', 'Dry Run', flag.default(false)),
		wholeCatalogue: wholeCatalogue === true,
		actor: SETTINGS_ACTOR,
	};
}

export const importCatalogueItems: WhatsAppCrmBatchOperation = {
	value: 'import',
	name: 'Import',
	action: 'Import catalogue items',
	description: 'Take over a list of products, an item each, with a report for every row',
	needsApproval: true,
	properties: [
		{
			displayName:
				'Connect a node that reads the list (Google Sheets, Extract From File …). Columns such as Código, Producto, Precio, Moneda, Existencias, Stock Bogotá or Promoción hasta are recognised by themselves. The same code again updates the product.',
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
				...columns.options,
				{
					displayName: 'Whole Catalogue',
					name: 'wholeCatalogue',
					type: 'boolean',
					default: false,
					description: 'Whether products that the list does not name are not offered any more',
				} satisfies INodeProperties,
			].sort((one, other) => one.displayName.localeCompare(other.displayName)),
		},
	],
	async executeAll(node, items, manual, { store }) {
		const [first] = items;
		if (first === undefined) return [];
		const settings = settingsOf({ node, item: first, itemIndex: 0, manual });
		const outcome = await importItems(
			store,
			items.map(({ json }) => json),
			settings,
		);
		return outcome.map((row, index): INodeExecutionData => {
			const named = index < items.length;
			return {
				json: itemReport(row, named ? index + 1 : null, settings.dryRun),
				pairedItem: { item: named ? index : 0 },
			};
		});
	},
};
