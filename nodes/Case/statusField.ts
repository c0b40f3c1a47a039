import type { INodeProperties } from 'n8n-workflow';

export const statusField: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'options',
	options: [
		{ name: 'Closed', value: 'closed' },
		{ name: 'In Progress', value: 'in_progress' },
		{ name: 'Incomplete', value: 'incomplete' },
		{ name: 'Open', value: 'open' },
		{ name: 'Resolved', value: 'resolved' },
		{ name: 'Waiting', value: 'waiting' },
	],
	default: 'open',
	description: 'Where the case stands',
};
