import { everybodysData } from '../../shared/n8n/everybodysData';
import { getOperation } from '../entity/read';
import { contactField } from '../fields';

export const getContact = getOperation({
	one: 'contact',
	many: 'contacts',
	field: contactField,
	customerOf: everybodysData,
	calls: (client) => client.contacts,
});
