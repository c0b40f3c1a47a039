import type { INodeProperties } from 'n8n-workflow';

export const fields: INodeProperties[] = [
	{
		displayName:
			'Your team opens the production URL above in a browser. For the first administrator run <b>WhatsApp CRM: Create Login Link</b>; after that, links are made in the settings of the page. The test URL only shows a sample click in the editor.',
		name: 'addressNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName:
			"With a Wazzup credential the page also shows Wazzup's chats: each person sees those that Wazzup gives them, and the number that waits for them. Without one nothing is asked of Wazzup.",
		name: 'wazzupNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Public Address',
		name: 'publicAddress',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://desk.example.com/webhook/4f1c…/inbox',
		description:
			'Where your team reaches the page, if a proxy gives it another address than the production URL above. Used in links.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Allowed Upload Size',
				name: 'uploadMegabytes',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 100 },
				default: 16,
				description: 'Megabytes that a file of an advisor may have. WhatsApp takes documents up to 100.',
			},
			{
				displayName: 'Session Hours',
				name: 'sessionHours',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 168 },
				default: 12,
				description:
					'Hours without use after which somebody must log in again. After seven days everybody must, used or not.',
			},
		],
	},
];
