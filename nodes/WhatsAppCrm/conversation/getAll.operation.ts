import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { isSimplified, limitFields, rowsAskedFor, simplifyField } from '../../shared/n8n/getMany';
import { optionsOf, parameter } from '../../shared/n8n/parameters';
import { advisorOption, chosenOption } from '../../shared/n8n/storeLists';
import { listConversations, type ConversationRow } from '../../shared/store/repositories/conversations';
import { conversationCard, whole } from '../../shared/usecases/cards';
import { existingContact } from '../../shared/usecases/contacts/exportPerson';
import { contactOption, filteredCustomer } from '../contact/contactField';
import type { WhatsAppCrmOperation } from '../services';

export const getManyConversations: WhatsAppCrmOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many conversations',
	description: 'Retrieve a list of conversations, newest first',
	properties: [
		...limitFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				{ ...advisorOption, description: 'Only conversations of this person' },
				{ ...contactOption, description: 'Only conversations of this customer' },
				{
					displayName: 'Mode',
					name: 'mode',
					type: 'options',
					options: [
						{ name: 'Bot', value: 'bot', description: 'The bot answers' },
						{ name: 'Closed', value: 'closed', description: 'The customer did not go on, or opted out' },
						{ name: 'Human', value: 'human', description: 'A person answers' },
						{ name: 'Mirrored', value: 'mirrored', description: "From an advisor's own linked number" },
						{ name: 'Waiting', value: 'waiting', description: 'A person was asked to take over' },
					],
					default: 'waiting',
					description: 'Only conversations that are answered like this',
				},
			],
		},
		simplifyField,
	],
	customerOf: filteredCustomer,
	async execute(context, { store }) {
		const { advisor, contact, mode } = parameter(
			context,
			'filters',
			'Filters',
			optionsOf({
				advisor: chosenOption,
				contact: chosenOption,
				mode: z.enum(['bot', 'waiting', 'human', 'mirrored', 'closed']).optional(),
			}),
		);
		const contactId = contact === undefined ? undefined : (await existingContact(store.db, store, contact)).id;
		const rows = await rowsAskedFor<ConversationRow>(
			context,
			async ({ after, limit }) =>
				await listConversations(store.db, store.workspaceId, {
					mode,
					contactId,
					ownerAdvisorId: advisor,
					before: after?.id,
					limit,
				}),
		);
		return rows.map(isSimplified(context) ? conversationCard : whole) as IDataObject[];
	},
};
