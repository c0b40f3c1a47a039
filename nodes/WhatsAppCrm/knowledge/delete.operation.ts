import type { IDataObject } from 'n8n-workflow';

import { parameter, words } from '../../shared/n8n/parameters';
import { existingEntry } from '../../shared/usecases/knowledge/existingKnowledge';
import { forget } from '../../shared/usecases/knowledge/saveEntry';
import { changesNow, saveByHandField, SETTINGS_ACTOR, type WhatsAppCrmOperation } from '../services';
import { entryField } from './entryField';

export const deleteKnowledgeEntry: WhatsAppCrmOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete knowledge entry',
	description: 'Take an answer out of what the bot knows',
	needsApproval: true,
	properties: [entryField, saveByHandField],
	async execute(context, { store }) {
		const { id, title } = await existingEntry(store, parameter(context, 'entry', 'Entry', words).trim());
		const saves = changesNow(context);
		const deleted = saves && (await forget(store, 'entry', id, SETTINGS_ACTOR));
		return { ...(saves ? {} : { simulated: true }), deleted, entryId: id, title } as IDataObject;
	},
};
