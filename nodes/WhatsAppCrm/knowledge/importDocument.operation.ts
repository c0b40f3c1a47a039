import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { LANGUAGES } from '../../shared/domain/profile/businessProfile';
import { optionsOf, parameter, words } from '../../shared/n8n/parameters';
import { areaOption, chosenOption } from '../../shared/n8n/storeLists';
import { importDocument } from '../../shared/usecases/knowledge/saveEntry';
import { changesNow, languageField, saveByHandField, SETTINGS_ACTOR, type WhatsAppCrmOperation } from '../services';

export const importKnowledgeDocument: WhatsAppCrmOperation = {
	value: 'importDocument',
	name: 'Import Document',
	action: 'Import document',
	description: 'Cut a document into passages that the bot answers with; the same name again replaces it',
	needsApproval: true,
	properties: [
		{
			displayName:
				'Connect <b>Extract From File</b> and use its text here. The document is cut at its headings and empty lines: a policy or a list of questions and answers gives good passages, a contract does not.',
			name: 'documentNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Document Name',
			name: 'source',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Política de garantías',
			description: 'The same name later replaces the document',
		},
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 6 },
			default: '',
			required: true,
			placeholder: 'e.g. # Garantía …',
			description: 'What the document says',
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [{ ...areaOption, description: 'The area that keeps the document up to date' }, languageField],
		},
		saveByHandField,
	],
	async execute(context, { store }) {
		const more = parameter(
			context,
			'additionalFields',
			'Additional Fields',
			optionsOf({ area: chosenOption, language: z.enum(LANGUAGES).optional() }),
		);
		const saves = changesNow(context);
		const { source, passages, removed } = await importDocument(
			store,
			{
				source: parameter(context, 'source', 'Document Name', words),
				text: parameter(context, 'text', 'Text', words),
				...more,
			},
			SETTINGS_ACTOR,
			saves,
		);
		return passages.map(
			({ entry, action }) =>
				({
					...(saves ? {} : { simulated: true }),
					document: source,
					passages: passages.length,
					removed,
					action,
					title: entry.title,
					answer: entry.answer,
				}) as IDataObject,
		);
	},
};
