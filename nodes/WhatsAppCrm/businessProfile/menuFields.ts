import type { INodeProperties } from 'n8n-workflow';

import { caseTypeOrNone, intentOptions, languageOptions, text } from './fieldParts';

const answerTypeOptions = [
	{ name: 'Advisor', value: 'advisor', description: 'A person of the team, by name' },
	{ name: 'Amount', value: 'amount', description: 'Money, also as in “300 mil”' },
	{ name: 'Buttons', value: 'choice', description: 'One of the buttons below' },
	{ name: 'City', value: 'city' },
	{ name: 'Date', value: 'date', description: 'Also as in “el viernes”' },
	{ name: 'Email', value: 'email' },
	{ name: 'Identification', value: 'identification', description: 'A document of the country' },
	{ name: 'Name', value: 'name' },
	{ name: 'Number', value: 'number', description: 'Also as in “una docena”' },
	{ name: 'Phone', value: 'phone' },
	{ name: 'Product', value: 'product' },
	{ name: 'Text', value: 'text', description: 'Anything the customer writes' },
];

const buttonFields: INodeProperties = {
	displayName: 'Buttons',
	name: 'buttons',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	displayOptions: { show: { type: ['choice'] } },
	placeholder: 'Add button',
	default: {},
	description: 'What the customer may choose: two to ten',
	options: [
		{
			displayName: 'Button',
			name: 'button',
			values: [
				text('Area Key', 'area', 'e.g. support', 'Where it leads, when that is not the area of the menu option'),
				{
					displayName: 'Case Type',
					name: 'caseType',
					type: 'options',
					options: caseTypeOrNone('Same as the Menu Option'),
					default: '',
					description: 'Kind of case that it leads to',
				},
				text('Keywords', 'keywords', 'e.g. soporte, técnico', 'Other words that mean it, separated by commas'),
				text('Title', 'title', 'e.g. Soporte técnico', 'At most 20 characters: WhatsApp allows no more'),
			],
		},
	],
};

const questionFields: INodeProperties = {
	displayName: 'Questions',
	name: 'questions',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add question',
	default: {},
	description:
		'What is asked before the case is made, in this order. Empty: the option keeps the questions it has, and a new one asks for the details.',
	options: [
		{
			displayName: 'Question',
			name: 'question',
			values: [
				{
					displayName: 'Answer Type',
					name: 'type',
					type: 'options',
					options: answerTypeOptions,
					default: 'text',
					description: 'What the answer must look like',
				},
				{
					displayName: 'Attempts',
					name: 'attempts',
					type: 'number',
					typeOptions: { minValue: 1, maxValue: 3 },
					default: 2,
					description: 'How often it is asked before the conversation goes on without it',
				},
				buttonFields,
				text('Field', 'field', 'e.g. serialNumber', 'Name of the answer in the case; made from the words when empty'),
				text(
					'If the Answer Does Not Fit',
					'wrong',
					'e.g. El serial tiene 8 números 😊',
					'Said instead of the question then',
				),
				text('Question', 'words', 'e.g. ¿Cuál es el serial del equipo?', 'What the customer reads', {
					typeOptions: { rows: 2 },
				}),
			],
		},
	],
};

const translationFields: INodeProperties = {
	displayName: 'Translations',
	name: 'translations',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add translation',
	default: {},
	description: 'Button and menu line in other languages of the bot',
	options: [
		{
			displayName: 'Translation',
			name: 'translation',
			values: [
				text('Button', 'title', 'e.g. 4. Warranty', 'At most 20 characters: WhatsApp allows no more'),
				{
					displayName: 'Language',
					name: 'language',
					type: 'options',
					options: languageOptions,
					default: 'en',
					description: 'Language of these words',
				},
				text('Menu Line', 'label', 'e.g. Ask for a warranty', 'The line of the menu'),
			],
		},
	],
};

export const menuOptionsField: INodeProperties = {
	displayName: 'Menu Options',
	name: 'menuOptions',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add menu option',
	default: {},
	description:
		'Options of the first menu to add or to change, known by their ID. What is left empty stays as it is; a new option without questions asks for the details in one sentence.',
	options: [
		{
			displayName: 'Menu Option',
			name: 'option',
			values: [
				text('Area Key', 'area', 'e.g. sales', 'Where its requests go; empty to leave it as it is'),
				text('Button', 'title', 'e.g. 1. Cotización', 'At most 20 characters: WhatsApp allows no more'),
				{
					displayName: 'Case Type',
					name: 'caseType',
					type: 'options',
					options: caseTypeOrNone('Leave as It Is'),
					default: '',
					description: 'Kind of case that it makes; Other for a new option that says nothing',
				},
				text(
					'Confirmation',
					'confirmation',
					'e.g. Listo, tu garantía quedó con el número {case_number}.',
					'Said when the case is registered, with its number; empty for the usual sentence',
					{ typeOptions: { rows: 2 } },
				),
				text('ID', 'id', 'e.g. quotation', 'Stored with every case; never change it later', { required: true }),
				{
					displayName: 'Intents',
					name: 'intents',
					type: 'multiOptions',
					options: intentOptions,
					default: [],
					description: 'Needs in free words that lead here; the first option of the menu with the intent wins',
				},
				text(
					'Keywords',
					'keywords',
					'e.g. garantía, devolución',
					'Words that choose it from the menu, separated by commas',
				),
				text('Menu Line', 'label', 'e.g. Solicitar una cotización', 'The line of the menu'),
				questionFields,
				translationFields,
			],
		},
	],
};

export const keepOtherOptionsField: INodeProperties = {
	displayName: 'Keep Other Menu Options',
	name: 'keepOtherOptions',
	type: 'boolean',
	default: true,
	description:
		'Whether options that are not listed in Menu Options stay in the menu; otherwise the list is the whole menu',
};
