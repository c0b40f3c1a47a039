import type { INodeProperties } from 'n8n-workflow';

import type { OperationContext } from '../../shared/n8n/operation';
import { optionsOf, parameter, words } from '../../shared/n8n/parameters';
import { existingContact } from '../../shared/usecases/contacts/exportPerson';
import type { WhatsAppCrmServices } from '../services';
import { chooseField, chosenOption } from '../../shared/n8n/storeLists';

export const contactOption: INodeProperties = chooseField({
	displayName: 'Contact',
	name: 'contact',
	description: 'The customer',
	search: 'searchContacts',
	by: { displayName: 'By Phone or ID', placeholder: 'e.g. +57 300 123 4567' },
});

/** The customer that the parameter 'Contact' names. */
export async function contactCustomer(context: OperationContext, { store }: WhatsAppCrmServices): Promise<string> {
	return (await existingContact(store.db, store, parameter(context, 'contact', 'Contact', words).trim())).id;
}

/** The one customer that the filter 'Contact' leaves; undefined without it. */
export async function filteredCustomer(
	context: OperationContext,
	{ store }: WhatsAppCrmServices,
): Promise<string | undefined> {
	const { contact } = parameter(context, 'filters', 'Filters', optionsOf({ contact: chosenOption }));
	return contact === undefined ? undefined : (await existingContact(store.db, store, contact)).id;
}
