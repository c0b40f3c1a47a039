import type { INodeProperties } from 'n8n-workflow';

const showFor = (...levels: string[]): INodeProperties['displayOptions'] => ({ show: { subscription: levels } });

const notice = (name: string, displayName: string, displayOptions?: INodeProperties['displayOptions']) =>
	({ displayName, name, type: 'notice', default: '', displayOptions }) satisfies INodeProperties;

/** Measured on n8n 2.41.1: with the expression engine's default, n8n takes a tenth of the webhooks. */
const slowEngineNotice: INodeProperties[] =
	process.env.N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE === 'true'
		? []
		: [
				notice(
					'slowEngineNotice',
					'This n8n takes about 20 messages a second. Start it with <code>N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true</code> to take ten times as many.',
				),
			];

export const fields: INodeProperties[] = [
	...slowEngineNotice,
	{
		displayName: 'Subscription',
		name: 'subscription',
		type: 'options',
		options: [
			{
				name: 'At the App',
				value: 'app',
				description: 'Everything, account and template news included. One address per Meta app.',
			},
			{
				name: 'Automatic per Business Account',
				value: 'businessAccount',
				description: 'Messages, echoes and history of all numbers of the account, beside other workflows of the app',
			},
			{
				name: 'Automatic per Phone Number',
				value: 'phoneNumber',
				description: 'Messages, echoes and history of the chosen numbers, beside other workflows of the app',
			},
			{
				name: 'Manual',
				value: 'manual',
				description: 'You enter the address in the app dashboard of Meta yourself',
			},
		],
		default: 'manual',
		description: 'How Meta learns to send its webhooks here',
	},
	notice(
		'manualNotice',
		'In the app dashboard of Meta open WhatsApp, Configuration. Enter the production URL above as callback URL, the Verify Token of the credential as verify token, and subscribe to <b>messages</b> (and to smb_message_echoes, history and the account fields that you want). Publish this workflow first: Meta asks it for the token.',
		showFor('manual'),
	),
	notice(
		'overrideNotice',
		'Set at activation and taken back at deactivation. Carries messages, statuses, echoes, history and contact sync. Account and template news always go to the address of the app: use <b>At the App</b> in one workflow for those.',
		showFor('businessAccount', 'phoneNumber'),
	),
	notice(
		'appNotice',
		'Set at activation and taken back at deactivation, only if the app has no address yet or has ours. Carries everything, for all accounts of the app.',
		showFor('app'),
	),
	notice(
		'testNotice',
		'While you listen for a test event, messages keep going where they go now. See <b>Use Test URL While Listening</b> in the options.',
		showFor('businessAccount', 'phoneNumber', 'app'),
	),
	{
		displayName: 'Phone Number Names or IDs',
		name: 'phoneNumberIds',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getPhoneNumbers' },
		default: [],
		required: true,
		displayOptions: showFor('phoneNumber'),
		description:
			'The numbers whose messages come here. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Phone Number Names or IDs',
		name: 'phoneNumberIds',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getPhoneNumbers' },
		default: [],
		displayOptions: showFor('app', 'businessAccount', 'manual'),
		description:
			'Only these numbers, or all when empty. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Trigger On',
		name: 'triggerOn',
		type: 'multiOptions',
		options: [
			{
				name: 'Account News',
				value: 'account',
				description: 'Templates, quality, restrictions, contact sync, errors and whatever Meta adds',
			},
			{
				name: 'Echoes',
				value: 'echoes',
				description: 'What somebody wrote in the WhatsApp Business app of a linked number, and its history',
			},
			{ name: 'Messages', value: 'messages', description: 'What customers write, send and tap' },
			{
				name: 'Statuses',
				value: 'statuses',
				description: 'Sent, delivered, read or failed: two or three for each message of yours',
			},
		],
		default: ['account', 'echoes', 'messages'],
		required: true,
		description: 'Which events start the workflow. All of them are stored, whatever you choose.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: showFor('app', 'businessAccount', 'phoneNumber'),
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
