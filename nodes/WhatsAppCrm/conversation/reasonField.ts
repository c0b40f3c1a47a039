import type { INodeProperties } from 'n8n-workflow';

export const reasonOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Reason',
			name: 'reason',
			type: 'string',
			default: '',
			placeholder: 'e.g. Carolina lo llama hoy',
			description: 'Why, for the audit log; the customer does not see it',
		},
	],
};
