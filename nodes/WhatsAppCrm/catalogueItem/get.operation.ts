import type { IDataObject } from 'n8n-workflow';

import { isSimplified, simplifyField } from '../../shared/n8n/getMany';
import { parameter, words } from '../../shared/n8n/parameters';
import { whole } from '../../shared/usecases/cards';
import { existingItem } from '../../shared/usecases/knowledge/existingKnowledge';
import { itemCard } from '../../shared/usecases/knowledge/knowledgeRows';
import type { WhatsAppCrmOperation } from '../services';
import { catalogueItemField } from './catalogueItemField';

export const getCatalogueItem: WhatsAppCrmOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get catalogue item',
	description: 'Retrieve one product by SKU or ID',
	properties: [catalogueItemField, simplifyField],
	async execute(context, { store }) {
		const found = await existingItem(store, parameter(context, 'catalogueItem', 'Catalogue Item', words).trim());
		return (isSimplified(context) ? itemCard(found) : whole(found)) as IDataObject;
	},
};
