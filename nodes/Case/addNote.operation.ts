import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from '../shared/domain/invalidInput';
import { optionalWords, optionsOf, parameter, words } from '../shared/n8n/parameters';
import { requestIdField, requestIdOf } from '../shared/n8n/requestId';
import { caseField } from '../shared/n8n/storeLists';
import { addCaseNote, existingCase } from '../shared/usecases/cases/changeCase';
import { caseCustomer } from './caseCustomer';
import type { CaseOperation } from './services';

export const addNoteToCase: CaseOperation = {
	value: 'addNote',
	name: 'Add Note',
	action: 'Add note to case',
	description: 'Write an internal note to the audit log of a case; the customer does not see it',
	properties: [
		caseField,
		{
			displayName: 'Note',
			name: 'note',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			required: true,
			placeholder: 'e.g. El cliente prefiere que lo llamen en la tarde',
			description: 'What the team should know',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Author',
					name: 'author',
					type: 'string',
					default: '',
					placeholder: 'e.g. Carolina Rojas',
					description: 'Who says so',
				},
				requestIdField,
			],
		},
	],
	customerOf: caseCustomer,
	async execute(context, { store }) {
		const caseKey = parameter(context, 'case', 'Case', words);
		const text = parameter(context, 'note', 'Note', words).trim();
		if (text === '') {
			throw new InvalidInput({
				message: "'Note' is empty",
				description: 'Write what the team should know, or leave this node out for the item.',
				parameter: 'Note',
			});
		}
		const options = parameter(
			context,
			'options',
			'Options',
			optionsOf({ author: optionalWords, requestId: optionalWords }),
		);
		const { id, number } = await existingCase(store.db, store, caseKey);
		const shown: IDataObject = { caseId: id, number, note: text, author: options.author };
		if (context.manual) return { simulated: true, ...shown };
		const requestId = requestIdOf(context, options.requestId);
		const { added } = await addCaseNote(store, { caseKey: id, text, author: options.author, requestId });
		return { ...shown, added };
	},
};
