import type { IDataObject } from 'n8n-workflow';

import { isSimplified, limitFields, rowsAskedFor, simplifyField } from '../../shared/n8n/getMany';
import { optionalFlag, optionalWords, optionsOf, parameter } from '../../shared/n8n/parameters';
import { listEntries, type KnowledgeEntryRow } from '../../shared/store/repositories/knowledge';
import { whole } from '../../shared/usecases/cards';
import { entryCard } from '../../shared/usecases/knowledge/knowledgeRows';
import { activeFilter, type WhatsAppCrmOperation } from '../services';

export const getManyKnowledgeEntries: WhatsAppCrmOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many knowledge entries',
	description: 'Retrieve a list of the business’s answers, newest first',
	properties: [
		...limitFields,
		activeFilter('answers', {
			displayName: 'Document',
			name: 'source',
			type: 'string',
			default: '',
			placeholder: 'e.g. Política de garantías',
			description: 'Only passages of this document',
		}),
		simplifyField,
	],
	async execute(context, { store }) {
		const { active, source } = parameter(
			context,
			'filters',
			'Filters',
			optionsOf({ active: optionalFlag, source: optionalWords }),
		);
		const rows = await rowsAskedFor<KnowledgeEntryRow>(
			context,
			async ({ after, limit }) =>
				await listEntries(store.db, store.workspaceId, { before: after?.id, limit, active, source }),
		);
		return rows.map(isSimplified(context) ? entryCard : whole) as IDataObject[];
	},
};
