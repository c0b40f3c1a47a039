import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from '../../shared/domain/invalidInput';
import { isSimplified, simplifyField } from '../../shared/n8n/getMany';
import { parameter, words } from '../../shared/n8n/parameters';
import { findContact } from '../../shared/store/repositories/contacts';
import { contactCard, whole } from '../../shared/usecases/cards';
import type { WhatsAppCrmOperation } from '../services';
import { contactOption } from './contactField';

export const getContactOperation: WhatsAppCrmOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get contact',
	description: 'Retrieve one customer by phone, WhatsApp ID or ID',
	properties: [{ ...contactOption, required: true }, simplifyField],
	async execute(context, { store }) {
		const key = parameter(context, 'contact', 'Contact', words).trim();
		const found = await findContact(store.db, store.workspaceId, key);
		if (found) return (isSimplified(context) ? contactCard(found) : whole(found)) as IDataObject;
		throw new InvalidInput({
			message: `There is no contact '${key}' in workspace '${store.workspaceId}'`,
			description: "Choose one from the list in 'Contact', or write the phone number with its country code.",
			parameter: 'Contact',
		});
	},
};
