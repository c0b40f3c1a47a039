import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { optionalWords, optionsOf, parameter, words } from '../shared/n8n/parameters';
import { requestIdField, requestIdOf } from '../shared/n8n/requestId';
import { caseField } from '../shared/n8n/storeLists';
import { caseCard } from '../shared/usecases/cards';
import { CASE_STATUSES, changeCaseStatus, existingCase } from '../shared/usecases/cases/changeCase';
import { statusField } from './statusField';
import { caseCustomer } from './caseCustomer';
import type { CaseOperation } from './services';

export const updateCaseStatus: CaseOperation = {
	value: 'updateStatus',
	name: 'Update Status',
	action: 'Update status of case',
	description: 'Move a case on and write it to the audit log',
	properties: [
		caseField,
		{ ...statusField, default: 'in_progress' },
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Note',
					name: 'note',
					type: 'string',
					default: '',
					placeholder: 'e.g. Cotización enviada por correo',
					description: 'Why, for the audit log; the customer does not see it',
				},
				requestIdField,
			],
		},
	],
	customerOf: caseCustomer,
	async execute(context, { store }) {
		const caseKey = parameter(context, 'case', 'Case', words);
		const status = parameter(context, 'status', 'Status', z.enum(CASE_STATUSES));
		const options = parameter(
			context,
			'options',
			'Options',
			optionsOf({ note: optionalWords, requestId: optionalWords }),
		);
		if (context.manual) {
			const found = await existingCase(store.db, store, caseKey);
			const card = { ...caseCard(found), status };
			return { simulated: true, ...card, statusBefore: found.status, changed: found.status !== status } as IDataObject;
		}
		const requestId = requestIdOf(context, options.requestId);
		const { case: changed, ...change } = await changeCaseStatus(store, {
			caseKey,
			status,
			requestId,
			note: options.note,
		});
		return { ...caseCard(changed), statusBefore: change.before, changed: change.changed } as IDataObject;
	},
};
