import type { IDataObject } from 'n8n-workflow';

import { isSimplified, simplifyField } from '../../shared/n8n/getMany';
import { parameter, words } from '../../shared/n8n/parameters';
import { advisorCard, whole } from '../../shared/usecases/cards';
import { existingAdvisor } from '../../shared/usecases/team/deleteAdvisor';
import type { WhatsAppCrmOperation } from '../services';
import { advisorField } from './advisorField';

export const getAdvisorOperation: WhatsAppCrmOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get advisor',
	description: 'Retrieve one person of the team',
	properties: [advisorField, simplifyField],
	async execute(context, { store }) {
		const found = await existingAdvisor(store.db, store, parameter(context, 'advisor', 'Advisor', words).trim());
		return (isSimplified(context) ? advisorCard(found) : whole(found)) as IDataObject;
	},
};
