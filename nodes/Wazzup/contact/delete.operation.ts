import { deleteOperation } from '../entity/delete';
import { contactField } from '../fields';

export const deleteContact = deleteOperation({
	one: 'contact',
	many: 'contacts',
	field: contactField,
	calls: (client) => client.contacts,
});
