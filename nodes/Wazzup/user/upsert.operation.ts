import { LONGEST_USER_ID, LONGEST_USER_NAME, withinLimit } from '../../shared/domain/wazzup/limits';
import { optionalWords, optionsOf, parameter, words } from '../../shared/n8n/parameters';
import { idField, nameField } from '../entity/idField';
import { saveOperation } from '../entity/upsert';

export const saveUser = saveOperation({
	one: 'user',
	many: 'users',
	properties: [
		idField('user'),
		nameField('user', 'e.g. Laura Gómez'),
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [
				{
					displayName: 'Phone',
					name: 'phone',
					type: 'string',
					default: '',
					placeholder: 'e.g. 573001234567',
					description: 'For the mobile application of Wazzup; a phone number belongs to one user',
				},
			],
		},
	],
	read(context) {
		const { phone } = parameter(context, 'additionalFields', 'Additional Fields', optionsOf({ phone: optionalWords }));
		return {
			id: withinLimit(parameter(context, 'id', 'ID', words), 'ID', LONGEST_USER_ID),
			name: withinLimit(parameter(context, 'name', 'Name', words), 'Name', LONGEST_USER_NAME),
			...(phone === undefined ? {} : { phone: phone.replace(/\D/g, '') }),
		};
	},
	calls: (client) => client.users,
});
