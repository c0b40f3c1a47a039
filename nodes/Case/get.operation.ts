import type { IDataObject } from 'n8n-workflow';

import { isSimplified, simplifyField } from '../shared/n8n/getMany';
import { parameter, words } from '../shared/n8n/parameters';
import { caseField } from '../shared/n8n/storeLists';
import { caseCard, whole } from '../shared/usecases/cards';
import { filesOfCase, historyOfCase } from '../shared/usecases/cases/caseHistory';
import { existingCase } from '../shared/usecases/cases/changeCase';
import { caseCustomer } from './caseCustomer';
import type { CaseOperation } from './services';

export const getCase: CaseOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get case',
	description: 'Retrieve one case by its number or ID, with its history and files',
	properties: [caseField, simplifyField],
	customerOf: caseCustomer,
	async execute(context, { store }) {
		const found = await existingCase(store.db, store, parameter(context, 'case', 'Case', words));
		return {
			...(isSimplified(context) ? caseCard(found) : whole(found)),
			history: await historyOfCase(store.db, found),
			attachments: await filesOfCase(store.db, found),
		} as unknown as IDataObject;
	},
};
