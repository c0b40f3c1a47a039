import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { LANGUAGES } from '../../shared/domain/profile/businessProfile';
import { optionalFlag, optionalWords, optionsOf, parameter, words } from '../../shared/n8n/parameters';
import { areaOption, chosenOption } from '../../shared/n8n/storeLists';
import { entryCard } from '../../shared/usecases/knowledge/knowledgeRows';
import { saveEntry } from '../../shared/usecases/knowledge/saveEntry';
import { changesNow, languageField, saveByHandField, SETTINGS_ACTOR, type WhatsAppCrmOperation } from '../services';

const listed = words.transform((value) =>
	value
		.split(/\n|\|/)
		.map((one) => one.trim())
		.filter((one) => one !== ''),
);

export const createOrUpdateKnowledgeEntry: WhatsAppCrmOperation = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update knowledge entry',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	// Everybody who asks afterwards is answered with it: not for a model alone.
	needsApproval: true,
	properties: [
		{
			displayName: 'Question',
			name: 'title',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. ¿Qué garantía tienen los productos?',
			description: 'As customers ask it; the entry is known again by it unless it has a key',
		},
		{
			displayName: 'Answer',
			name: 'answer',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			required: true,
			placeholder: 'e.g. Un año de garantía con el fabricante.',
			description: 'What the bot says, word for word',
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
					description: 'Whether customers are answered with it',
				},
				{ ...areaOption, description: 'The area that keeps the answer up to date' },
				{
					displayName: 'Key',
					name: 'key',
					type: 'string',
					default: '',
					placeholder: 'e.g. garantia',
					description: 'Known again by it, also when the question changes',
				},
				languageField,
				{
					displayName: 'Other Questions',
					name: 'questions',
					type: 'string',
					typeOptions: { rows: 3 },
					default: '',
					placeholder: 'e.g. ¿Cuánto dura la garantía?',
					description: 'Other ways in which it is asked, one a line',
				},
			],
		},
		saveByHandField,
	],
	async execute(context, { store }) {
		const more = parameter(
			context,
			'additionalFields',
			'Additional Fields',
			optionsOf({
				active: optionalFlag,
				area: chosenOption,
				key: optionalWords,
				language: z.enum(LANGUAGES).optional(),
				questions: listed.optional(),
			}),
		);
		const saves = changesNow(context);
		const { entry, action } = await saveEntry(
			store,
			{
				title: parameter(context, 'title', 'Question', words),
				answer: parameter(context, 'answer', 'Answer', words),
				...more,
			},
			SETTINGS_ACTOR,
			saves,
		);
		return { ...(saves ? {} : { simulated: true }), ...entryCard(entry), action } as IDataObject;
	},
};
