import type { IDataObject } from 'n8n-workflow';

import { parameter, words } from '../../shared/n8n/parameters';
import { existingItem } from '../../shared/usecases/knowledge/existingKnowledge';
import { forget } from '../../shared/usecases/knowledge/saveEntry';
import { changesNow, saveByHandField, SETTINGS_ACTOR, type WhatsAppCrmOperation } from '../services';
import { catalogueItemField } from './catalogueItemField';

export const deleteCatalogueItem: WhatsAppCrmOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete catalogue item',
	description: 'Take a product out of what the bot knows',
	needsApproval: true,
	properties: [catalogueItemField, saveByHandField],
	async execute(context, { store }) {
		const { id, sku, name } = await existingItem(
			store,
			parameter(context, 'catalogueItem', 'Catalogue Item', words).trim(),
		);
		const saves = changesNow(context);
		const deleted = saves && (await forget(store, 'item', id, SETTINGS_ACTOR));
		return { ...(saves ? {} : { simulated: true }), deleted, itemId: id, sku, name } as IDataObject;
	},
};
