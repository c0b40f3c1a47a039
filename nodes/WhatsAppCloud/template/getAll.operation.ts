import type { MessageTemplate, TemplateQuery } from '../../shared/clients/whatsapp/templates';
import type { WhatsAppClient } from '../../shared/clients/whatsapp/client';
import { amount, flag, optionalWords, optionsOf, parameter } from '../../shared/n8n/parameters';
import type { WhatsAppCloudOperation } from '../services';
import { templateItem } from './accountTemplates';

const LARGEST_PAGE = 100;

async function gather(client: WhatsAppClient, query: TemplateQuery, most: number): Promise<readonly MessageTemplate[]> {
	const found: MessageTemplate[] = [];
	let after: string | undefined;
	do {
		const limit = Math.min(LARGEST_PAGE, most - found.length);
		const page = await client.listTemplates({ ...query, limit, after });
		found.push(...page.rows);
		after = page.nextCursor;
	} while (after !== undefined && found.length < most);
	return found.slice(0, most);
}

export const getManyTemplates: WhatsAppCloudOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many templates',
	description: 'List the message templates of the account',
	properties: [
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			default: false,
			description: 'Whether to return all results or only up to a given limit',
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
			description: 'Max number of results to return',
			displayOptions: { show: { returnAll: [false] } },
		},
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{
					displayName: 'Category',
					name: 'category',
					type: 'options',
					options: [
						{ name: 'Authentication', value: 'AUTHENTICATION' },
						{ name: 'Marketing', value: 'MARKETING' },
						{ name: 'Utility', value: 'UTILITY' },
					],
					default: 'UTILITY',
				},
				{
					displayName: 'Language',
					name: 'language',
					type: 'string',
					default: '',
					placeholder: 'e.g. es_CO',
				},
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. order_update',
				},
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					options: [
						{ name: 'Approved', value: 'APPROVED' },
						{ name: 'Disabled', value: 'DISABLED' },
						{ name: 'Paused', value: 'PAUSED' },
						{ name: 'Pending', value: 'PENDING' },
						{ name: 'Rejected', value: 'REJECTED' },
					],
					default: 'APPROVED',
				},
			],
		},
	],
	async execute(context, { client }) {
		const filters = parameter(
			context,
			'filters',
			'Filters',
			optionsOf({ category: optionalWords, language: optionalWords, name: optionalWords, status: optionalWords }),
		);
		const returnAll = parameter(context, 'returnAll', 'Return All', flag);
		const most = returnAll
			? Number.POSITIVE_INFINITY
			: parameter(context, 'limit', 'Limit', amount.pipe(amount.int().min(1)));
		return (await gather(client, filters, most)).map(templateItem);
	},
};
