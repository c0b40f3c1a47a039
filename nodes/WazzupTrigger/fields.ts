import type { INodeProperties } from 'n8n-workflow';

const showFor = (...subscriptions: string[]): INodeProperties['displayOptions'] => ({
	show: { subscription: subscriptions },
});

export const fields: INodeProperties[] = [
	{
		displayName: 'Subscription',
		name: 'subscription',
		type: 'options',
		options: [
			{
				name: 'Automatic',
				value: 'automatic',
				description: 'The address is set in Wazzup at activation and taken back at deactivation',
			},
			{
				name: 'Manual',
				value: 'manual',
				description: 'Nothing is set in Wazzup: for a second workflow of the account, which works on Due only',
			},
		],
		default: 'automatic',
		description: 'How Wazzup learns to send its webhooks here',
	},
	{
		displayName:
			'A Wazzup account has one address. It carries a secret, because Wazzup signs nothing: treat it like a password. Messages of WhatsApp, Instagram, Telegram and all other channels of the account arrive here.',
		name: 'addressNotice',
		type: 'notice',
		default: '',
		displayOptions: showFor('automatic'),
	},
	{
		displayName: 'Trigger On',
		name: 'triggerOn',
		type: 'multiOptions',
		options: [
			{ name: 'Channel News', value: 'channels', description: 'A channel was connected, lost or blocked' },
			{
				name: 'Contact Requests',
				value: 'createContact',
				description: 'Wazzup asked for a contact, and it has been made',
			},
			{ name: 'Deal Requests', value: 'createDeal', description: 'Somebody pressed "+" in the Deals menu' },
			{ name: 'Messages', value: 'messages', description: 'What customers write, send and tap' },
			{
				name: 'Statuses',
				value: 'statuses',
				description: 'Sent, delivered, read or failed, and what advisors wrote in Wazzup or on the phone',
			},
			{ name: 'Template News', value: 'templates', description: 'A template was approved, rejected or paused' },
		],
		default: ['channels', 'createContact', 'createDeal', 'messages', 'templates'],
		required: true,
		description: 'Which events start the workflow. All of them are stored, whatever you choose.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Replace Existing Address',
				name: 'replaceExisting',
				type: 'boolean',
				default: false,
				description:
					'Whether to replace an address that another workflow or system registered. It is put back when this workflow is deactivated.',
			},
			{
				displayName: 'Sync on Changes',
				name: 'syncOnChanges',
				type: 'boolean',
				default: false,
				description:
					'Whether Due asks for a run of Sync seconds after contacts, leads or the team have changed. Its item belongs to nobody: connect Due to Wazzup Sync, in a workflow of its own with the subscription Manual.',
			},
			{
				displayName: 'Use Test URL While Listening',
				name: 'useTestUrl',
				type: 'boolean',
				default: false,
				description:
					'Whether to send the messages of your customers to the editor while you listen for a test event. They are put back after it, and what came meanwhile is not stored.',
			},
		],
	},
];
