import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { InvalidInput } from '../../shared/domain/invalidInput';
import { ITEM_FIELDS } from '../../shared/domain/knowledge/readItem';
import { optionalFlag, optionalWords, optionsOf, parameter, words } from '../../shared/n8n/parameters';
import { importItems } from '../../shared/usecases/knowledge/importItems';
import { changesNow, saveByHandField, SETTINGS_ACTOR, type WhatsAppCrmOperation } from '../services';
import { itemReport } from './itemReport';

const text = (displayName: string, name: string, placeholder: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder,
	description,
});

const fieldsSchema = optionsOf({
	active: optionalFlag,
	...Object.fromEntries(
		ITEM_FIELDS.filter((field) => field !== 'active' && field !== 'sku').map((field) => [field, optionalWords]),
	),
});

/** The form's own names are the columns. */
const columns = Object.fromEntries(ITEM_FIELDS.map((field) => [field, field]));

export const createOrUpdateCatalogueItem: WhatsAppCrmOperation = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update catalogue item',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	// Everybody who asks afterwards is answered with it: not for a model alone.
	needsApproval: true,
	properties: [
		{
			...text('SKU', 'sku', 'e.g. HP-107W', 'Code of the product; it is known again by it'),
			required: true,
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [
				{
					displayName: 'Active',
					name: 'active',
					type: 'boolean',
					default: true,
					description: 'Whether customers are told of it',
				},
				text('Currency', 'currency', 'e.g. COP', 'Three letters; the business’s own when empty'),
				text('Delivery Time', 'deliveryTime', 'e.g. 2 días hábiles', 'As customers read it'),
				text('Description', 'description', 'e.g. Láser, wifi, 20 ppm', 'Words that it is found by too'),
				text('External ID', 'externalId', 'e.g. 1042', 'ID of the product in another system'),
				text('Link', 'link', 'e.g. https://example.com/hp-107w', 'Page of the product'),
				text('Name', 'name', 'e.g. Impresora HP LaserJet 107w', 'As customers read it'),
				text('Price', 'price', 'e.g. 650000', 'As it is sold today'),
				text('Price Valid Until', 'priceValidUntil', 'e.g. 2026-12-31', 'Afterwards the price is not said any more'),
				text('Promotion From', 'promotionFrom', 'e.g. 2026-12-01', 'First day of the promotion'),
				text('Promotion Price', 'promotionPrice', 'e.g. 590000', 'Said only with a last day'),
				text('Promotion Until', 'promotionUntil', 'e.g. 2026-12-24', 'Last day of the promotion'),
				text('Stock', 'stock', 'e.g. 12', 'How many there are'),
				text('Variants', 'variants', 'e.g. Negro, Blanco', 'Separated by commas'),
			],
		},
		saveByHandField,
	],
	async execute(context, { store }) {
		const sku = parameter(context, 'sku', 'SKU', words).trim();
		const fields = parameter(context, 'additionalFields', 'Additional Fields', fieldsSchema);
		const row = { sku, ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) };
		const saves = changesNow(context);
		const [outcome] = await importItems(store, [row], { columns, dryRun: !saves, actor: SETTINGS_ACTOR });
		if (outcome === undefined || outcome.action === 'refused')
			throw new InvalidInput({
				message: `The catalogue item '${sku}' cannot be saved: ${outcome?.why ?? 'nothing was said of it'}`,
				description: "Check 'SKU', 'Name' and 'Price'.",
				parameter: 'SKU',
			});
		const { row: _row, ...report } = itemReport(outcome, null, !saves);
		return report as IDataObject;
	},
};
