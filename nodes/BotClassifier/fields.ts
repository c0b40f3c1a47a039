import type { INodeProperties } from 'n8n-workflow';

export const classifierFields: INodeProperties[] = [
	{
		displayName: 'Text Field',
		name: 'textField',
		type: 'string',
		default: 'text',
		required: true,
		placeholder: 'e.g. text',
		hint: 'The name of the field of the input item that holds the message',
		description: 'Which field of the item to read; a path such as body.message reaches into objects',
	},
	{
		displayName: 'Output',
		name: 'outputMode',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'One Output',
				value: 'fields',
				description: 'Every item goes on with the fields intent, confidence, matched and entities',
			},
			{
				name: 'Output per Intent',
				value: 'perIntent',
				description: 'The same, each item on the output of its intent',
			},
		],
		default: 'fields',
		description: 'Where the items go on',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Ask Model Below Confidence',
				name: 'threshold',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
				default: 0.5,
				description: 'A connected model is asked when the rules are less sure; by default as the business profile says',
			},
			{
				displayName: 'Put Output in Field',
				name: 'outputField',
				type: 'string',
				default: '',
				placeholder: 'e.g. classification',
				description: 'Name of a field to put the answer in. Empty for the top of the item.',
			},
		],
	},
];
