import { z } from 'zod';

import { InvalidInput } from '../../shared/domain/invalidInput';
import { LONGEST_ADDRESS, LONGEST_ID, LONGEST_NAME, withinLimit } from '../../shared/domain/wazzup/limits';
import { flag, parameter, words } from '../../shared/n8n/parameters';
import { idField, nameField } from '../entity/idField';
import { saveOperation } from '../entity/upsert';
import { uriField, userField } from '../fields';

/** Ids from text with commas, or from an expression that gives a list. */
const idList = z
	.union([z.array(z.union([z.string(), z.number()])), words.transform((text) => text.split(','))])
	.transform((ids) => [...new Set(ids.map((id) => String(id).trim()).filter((id) => id !== ''))]);

export const saveDeal = saveOperation({
	one: 'deal',
	many: 'deals',
	properties: [
		idField('deal'),
		nameField('deal', 'e.g. Cotización 1042'),
		userField('Responsible User', 'responsibleUserId', 'Who takes care of the deal; a user that Wazzup knows'),
		{
			displayName: 'Contacts',
			name: 'contacts',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 0198c1f2-…, 0198c1f3-…',
			description: 'IDs of contacts that Wazzup knows, at least one, separated by commas',
		},
		{ ...uriField('deal'), required: true },
		{
			displayName: 'Closed',
			name: 'closed',
			type: 'boolean',
			default: false,
			description: 'Whether the deal is done, won or lost. Wazzup knows no stages of deals.',
		},
	],
	read(context) {
		const contacts = parameter(context, 'contacts', 'Contacts', idList);
		if (contacts.length === 0) {
			throw new InvalidInput({
				message: "'Contacts' is empty",
				description: 'A deal belongs to at least one contact that Wazzup knows.',
				parameter: 'Contacts',
			});
		}
		return {
			id: withinLimit(parameter(context, 'id', 'ID', words), 'ID', LONGEST_ID),
			responsibleUserId: withinLimit(
				parameter(context, 'responsibleUserId', 'Responsible User', words),
				'Responsible User',
				LONGEST_ID,
			),
			name: withinLimit(parameter(context, 'name', 'Name', words), 'Name', LONGEST_NAME),
			uri: withinLimit(parameter(context, 'uri', 'Link', words), 'Link', LONGEST_ADDRESS),
			contacts,
			closed: parameter(context, 'closed', 'Closed', flag),
		};
	},
	calls: (client) => client.deals,
});
