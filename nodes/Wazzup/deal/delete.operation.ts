import { deleteOperation } from '../entity/delete';
import { dealField } from '../fields';

export const deleteDeal = deleteOperation({
	one: 'deal',
	many: 'deals',
	field: dealField,
	calls: (client) => client.deals,
});
