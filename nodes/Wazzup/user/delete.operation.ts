import { deleteOperation } from '../entity/delete';
import { userField } from '../fields';

export const deleteUser = deleteOperation({
	one: 'user',
	many: 'users',
	field: userField('User', 'userId', 'Somebody of the team, by the ID in the CRM'),
	calls: (client) => client.users,
});
