import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { CONTACT_FIELDS, DEAL_FIELDS, DEFAULT_MAPPING, type SyncMapping } from '../../shared/domain/sync/mapping';
import { parameter } from '../../shared/n8n/parameters';
import type { OperationContext } from '../../shared/n8n/operation';
import type { SyncRequest } from '../../shared/usecases/wazzup/sync';

const named = (fields: readonly string[]): string => fields.map((field) => `{${field}}`).join(', ');

/** What both operations ask for. */
export const syncFields: INodeProperties[] = [
	{
		displayName:
			'Brings Wazzup to what the CRM says: people of the team as users, contacts, and leads as deals with whether they are closed. Names and responsible persons are those of the CRM; chats that Wazzup found are kept.',
		name: 'syncNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Compare Everything',
				name: 'everything',
				type: 'boolean',
				default: false,
				description: 'Whether to compare every contact and lead, not only those that changed since the last run',
			},
			{
				displayName: 'Contact Link',
				name: 'contactLink',
				type: 'string',
				default: '{inboxLink}',
				description: `Where a contact's name in Wazzup leads. Fields: ${named(CONTACT_FIELDS)}.`,
			},
			{
				displayName: 'Contact Name',
				name: 'contactName',
				type: 'string',
				default: '{name}',
				description: `How a contact is called in Wazzup. Fields: ${named(CONTACT_FIELDS)}.`,
			},
			{
				displayName: 'Contacts Only',
				name: 'withoutDeals',
				type: 'boolean',
				default: false,
				description:
					'Whether to leave leads and their stages out, for a team that works in Wazzup without deals. Wazzup then asks for no contacts or deals of its own.',
			},
			{
				displayName: 'Deal Link',
				name: 'dealLink',
				type: 'string',
				default: '{inboxLink}',
				description: `Where a deal's name in Wazzup leads. Fields: ${named(DEAL_FIELDS)}.`,
			},
			{
				displayName: 'Deal Name',
				name: 'dealName',
				type: 'string',
				default: '{requestType}: {product}',
				description: `How a deal is called in Wazzup. Fields: ${named(DEAL_FIELDS)}.`,
			},
			{
				displayName: 'Default Responsible ID',
				name: 'defaultResponsible',
				type: 'string',
				default: '',
				placeholder: 'e.g. 0198c1f2-…',
				description:
					'Person of the team who is responsible for what is nobody’s. The first supervisor or administrator when empty.',
			},
		],
	},
];

const optionsSchema = z.object({
	everything: z.boolean().default(false),
	withoutDeals: z.boolean().default(false),
	contactName: z.string().default(DEFAULT_MAPPING.contactName),
	dealName: z.string().default(DEFAULT_MAPPING.dealName),
	contactLink: z.string().default(DEFAULT_MAPPING.contactLink),
	dealLink: z.string().default(DEFAULT_MAPPING.dealLink),
	defaultResponsible: z.string().default(''),
});

/** What is to be carried, as the panel says. @throws InvalidInput */
export function syncRequestOf(context: OperationContext, dryRun: boolean): SyncRequest {
	const { everything, withoutDeals, defaultResponsible, ...mapping } = parameter(
		context,
		'options',
		'Options',
		optionsSchema,
	);
	return {
		mapping: mapping satisfies SyncMapping,
		home: context.node.getInstanceBaseUrl(),
		dryRun,
		everything,
		withoutDeals,
		...(defaultResponsible.trim() === '' ? {} : { defaultResponsible: defaultResponsible.trim() }),
	};
}
