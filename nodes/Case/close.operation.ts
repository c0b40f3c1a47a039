import type { IDataObject } from 'n8n-workflow';

import { optionalWords, optionsOf, parameter, words } from '../shared/n8n/parameters';
import { requestIdField, requestIdOf } from '../shared/n8n/requestId';
import { caseField } from '../shared/n8n/storeLists';
import { caseCard } from '../shared/usecases/cards';
import { changeCaseStatus, existingCase } from '../shared/usecases/cases/changeCase';
import { caseCustomer } from './caseCustomer';
import type { CaseOperation } from './services';

export const closeCase: CaseOperation = {
	value: 'close',
	name: 'Close',
	action: 'Close case',
	description: 'End a case; with the last open one the conversation goes back to the bot',
	properties: [
		caseField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				requestIdField,
				{
					displayName: 'Resolution',
					name: 'resolution',
					type: 'string',
					default: '',
					placeholder: 'e.g. El cliente recibió la cotización y compró',
					description: 'How it ended, for the history; the customer does not see it',
				},
			],
		},
	],
	customerOf: caseCustomer,
	async execute(context, { store }) {
		const caseKey = parameter(context, 'case', 'Case', words).trim();
		const { resolution, requestId } = parameter(
			context,
			'options',
			'Options',
			optionsOf({ resolution: optionalWords, requestId: optionalWords }),
		);
		if (context.manual) {
			const found = await existingCase(store.db, store, caseKey);
			const card = { ...caseCard(found), status: 'closed' };
			return {
				simulated: true,
				...card,
				statusBefore: found.status,
				changed: found.status !== 'closed',
			} as IDataObject;
		}
		const { case: closed, ...change } = await changeCaseStatus(store, {
			caseKey,
			status: 'closed',
			requestId: requestIdOf(context, requestId),
			note: resolution,
		});
		return { ...caseCard(closed), statusBefore: change.before, changed: change.changed } as IDataObject;
	},
};
