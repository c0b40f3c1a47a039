import type { IDataObject } from 'n8n-workflow';

import { isSimplified, simplifyField } from '../../shared/n8n/getMany';
import { parameter, words } from '../../shared/n8n/parameters';
import { contactCard, whole } from '../../shared/usecases/cards';
import { existingContact } from '../../shared/usecases/contacts/exportPerson';
import type { WhatsAppCrmOperation } from '../services';
import { contactCustomer, contactOption } from './contactField';

export const getContactOperation: WhatsAppCrmOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get contact',
	description: 'Retrieve one customer by phone, WhatsApp ID or ID',
	properties: [{ ...contactOption, required: true }, simplifyField],
	customerOf: contactCustomer,
	async execute(context, { store }) {
		const key = parameter(context, 'contact', 'Contact', words).trim();
		const found = await existingContact(store.db, store, key);
		return (isSimplified(context) ? contactCard(found) : whole(found)) as IDataObject;
	},
};
