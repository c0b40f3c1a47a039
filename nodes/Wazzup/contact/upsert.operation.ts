import { LONGEST_ADDRESS, LONGEST_ID, LONGEST_NAME, withinLimit } from '../../shared/domain/wazzup/limits';
import { optionalWords, optionsOf, parameter, words } from '../../shared/n8n/parameters';
import { chatsField, chatsOf } from '../chats';
import { idField, nameField } from '../entity/idField';
import { saveOperation } from '../entity/upsert';
import { uriField, userField } from '../fields';

export const saveContact = saveOperation({
	one: 'contact',
	many: 'contacts',
	properties: [
		idField('contact'),
		nameField('contact', 'e.g. Ana Pérez'),
		userField('Responsible User', 'responsibleUserId', 'Who takes care of the contact; a user that Wazzup knows'),
		{ ...chatsField, required: true },
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [uriField('contact')],
		},
	],
	read(context) {
		const { uri } = parameter(context, 'additionalFields', 'Additional Fields', optionsOf({ uri: optionalWords }));
		return {
			id: withinLimit(parameter(context, 'id', 'ID', words), 'ID', LONGEST_ID),
			responsibleUserId: withinLimit(
				parameter(context, 'responsibleUserId', 'Responsible User', words),
				'Responsible User',
				LONGEST_ID,
			),
			name: withinLimit(parameter(context, 'name', 'Name', words), 'Name', LONGEST_NAME),
			contactData: chatsOf(context),
			...(uri === undefined ? {} : { uri: withinLimit(uri, 'Link', LONGEST_ADDRESS) }),
		};
	},
	calls: (client) => client.contacts,
});
