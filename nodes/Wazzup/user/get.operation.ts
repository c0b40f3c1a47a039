import { getOperation } from '../entity/read';
import { userField } from '../fields';

export const getUser = getOperation({
	one: 'user',
	many: 'users',
	field: userField('User', 'userId', 'Somebody of the team, by the ID in the CRM'),
	calls: (client) => client.users,
});
