import { everybodysData } from '../../shared/n8n/everybodysData';
import { getManyOperation } from '../entity/read';

export const getManyContacts = getManyOperation({
	many: 'contacts',
	paged: true,
	customerOf: everybodysData,
	calls: (client) => client.contacts,
});
