import type { IDataObject } from 'n8n-workflow';

import { isSimplified, simplifyField } from '../../shared/n8n/getMany';
import { parameter, words } from '../../shared/n8n/parameters';
import { whole } from '../../shared/usecases/cards';
import { existingEntry } from '../../shared/usecases/knowledge/existingKnowledge';
import { entryCard } from '../../shared/usecases/knowledge/knowledgeRows';
import type { WhatsAppCrmOperation } from '../services';
import { entryField } from './entryField';

export const getKnowledgeEntry: WhatsAppCrmOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get knowledge entry',
	description: 'Retrieve one answer of the business by key or ID',
	properties: [entryField, simplifyField],
	async execute(context, { store }) {
		const found = await existingEntry(store, parameter(context, 'entry', 'Entry', words).trim());
		return (isSimplified(context) ? entryCard(found) : whole(found)) as IDataObject;
	},
};
