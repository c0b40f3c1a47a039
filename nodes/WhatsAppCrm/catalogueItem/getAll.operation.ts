import type { IDataObject } from 'n8n-workflow';

import { isSimplified, limitFields, rowsAskedFor, simplifyField } from '../../shared/n8n/getMany';
import { optionalFlag, optionsOf, parameter } from '../../shared/n8n/parameters';
import { listItems, type CatalogueItemRow } from '../../shared/store/repositories/knowledge';
import { whole } from '../../shared/usecases/cards';
import { itemCard } from '../../shared/usecases/knowledge/knowledgeRows';
import { activeFilter, type WhatsAppCrmOperation } from '../services';

export const getManyCatalogueItems: WhatsAppCrmOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many catalogue items',
	description: 'Retrieve a list of products, newest first',
	properties: [...limitFields, activeFilter('products'), simplifyField],
	async execute(context, { store }) {
		const { active } = parameter(context, 'filters', 'Filters', optionsOf({ active: optionalFlag }));
		const rows = await rowsAskedFor<CatalogueItemRow>(
			context,
			async ({ after, limit }) => await listItems(store.db, store.workspaceId, { before: after?.id, limit, active }),
		);
		return rows.map(isSimplified(context) ? itemCard : whole) as IDataObject[];
	},
};
