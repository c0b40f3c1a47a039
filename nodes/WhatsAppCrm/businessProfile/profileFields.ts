import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { chooseField } from '../../shared/n8n/storeLists';
import { messageRatesField, modelPricesField } from './costFields';
import { intentOptions, languageOptions, number, text } from './fieldParts';
import { contactHoursField, contactHoursRuleField, contactOnHolidaysField, openingHoursField } from './hoursFields';
import { menuOptionsField } from './menuFields';
import { tagRulesField } from './tagRules';

export const jsonField: INodeProperties = {
	displayName: 'Profile (JSON)',
	name: 'profileJson',
	type: 'json',
	default: '{}',
	description:
		'Any part of the profile as JSON, as Business Profile: Get returns it without Simplify. Menu options are matched by ID and areas by key.',
};

const textField: INodeProperties = chooseField({
	displayName: 'Sentence',
	name: 'key',
	description: 'Which sentence; the list shows what it says now',
	search: 'searchTexts',
	by: { displayName: 'By Key', placeholder: 'e.g. A1' },
});

/** What a consultant fills in for every client. */
export const mainFields: readonly INodeProperties[] = [
	text('Business Name', 'businessName', 'e.g. PROSUMINISTROS', 'As the greeting says it'),
	text('Slogan', 'slogan', 'e.g. Tu aliado en hardware y software.', 'Second line of the greeting'),
	{
		displayName: 'Areas',
		name: 'areas',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add area',
		default: {},
		description: 'The parts of the business that requests go to',
		options: [
			{
				displayName: 'Area',
				name: 'area',
				values: [
					text('Key', 'key', 'e.g. sales', 'Stored with every case; never change it later', { required: true }),
					text('Name', 'name', 'e.g. Comercial', 'As customers read it', { required: true }),
				],
			},
		],
	},
	menuOptionsField,
];

export const moreFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [
		text('Address', 'address', 'e.g. Calle 12 # 34-56, Bogotá', 'Answers where the business is'),
		text(
			'Advisor Template',
			'advisorTemplate',
			'e.g. advisor_notice',
			'Approved template for advisors who have not written for 24 hours: name, need, case, waiting time',
		),
		{
			displayName: 'Advisors Attend by WhatsApp',
			name: 'bridgeEnabled',
			type: 'boolean',
			default: false,
			description:
				'Whether advisors get a card on their own WhatsApp and attend the customer from there, through the company’s number',
		},
		number(
			'Alert: Errors (%)',
			'alertErrorPercent',
			0.5,
			'Errors for every hundred messages, from which the team is told',
		),
		number('Alert: Minimum Messages', 'alertMinimumMessages', 20, 'Hours with fewer messages, as usual, say nothing'),
		number('Alert: Volume From (%)', 'alertVolumeFromPercent', 70, 'Share of the usual messages of an hour'),
		number('Alert: Volume Up To (%)', 'alertVolumeToPercent', 130, 'Share of the usual messages of an hour'),
		{
			displayName: 'Announce Hours',
			name: 'announceHours',
			type: 'boolean',
			default: false,
			description: 'Whether a customer who writes outside the opening hours is told when somebody is there',
		},
		number('Answer Delay (Milliseconds)', 'answerDelayMs', 1500, 'Wait after the last message of a burst'),
		{
			displayName: 'Answer From Knowledge',
			name: 'knowledgeAnswers',
			type: 'boolean',
			default: true,
			description: 'Whether questions are answered from the catalogue, the knowledge entries and the address',
		},
		number(
			'Answer Minimum Score',
			'knowledgeMinimumScore',
			0.6,
			'How well an answer must fit, 0.3 to 1; higher answers less and surer',
		),
		number(
			'Approval Time (Hours)',
			'approvalHours',
			24,
			'How long people have to decide on what an assistant asks for, and the workflow to do it after their yes; 1 to 168',
		),
		text(
			'Case Number Pattern',
			'numberPattern',
			'e.g. PS-{YYYY}-{000001}',
			'{YYYY}, {YY}, {MM}, {DD} and the counter with its digits',
		),
		number('Close After (Minutes)', 'closeMinutes', 720, 'When an unanswered conversation is closed'),
		number(
			'Collection Every (Days)',
			'collectionEveryDays',
			1,
			"Between two reminders of payments to the same customer: 1 for once a day, 0 for any number. Makes 'Contact Hours' own ones.",
		),
		contactHoursField,
		contactHoursRuleField,
		contactOnHolidaysField,
		text('Country', 'country', 'e.g. CO', 'Two letters; documents, telephones and money are read as there'),
		number(
			'First Payment Reminder (Minutes)',
			'firstPaymentReminderMinutes',
			120,
			'After the link, or after a try that failed; only in the contact hours',
		),
		text(
			'First Purchase Text',
			'firstPurchaseText',
			'e.g. ¡Te damos la bienvenida a {business}! 🎉',
			'Below the receipt of the first purchase; without this field a sentence of ours',
			{ typeOptions: { rows: 2 } },
		),
		number('First Reminder (Minutes)', 'firstReminderMinutes', 15, 'After this silence'),
		text(
			'Holidays',
			'holidays',
			'e.g. 2026-12-25, 2027-01-01',
			'Days on which the business is closed, separated by commas',
		),
		text('Hours in Words', 'hoursInWords', 'e.g. lunes a viernes de 8:00 a. m. a 5:30 p. m.', 'As customers read them'),
		number('Keep Files (Days)', 'keepFilesDays', 0, 'After which they are erased; 0 keeps them, at least 30'),
		number(
			'Keep Inactive Contacts (Days)',
			'keepContactsDays',
			0,
			'After which they are erased; 0 keeps them, at least 30',
		),
		number('Keep Messages (Days)', 'keepMessagesDays', 0, 'After which they are erased; 0 keeps them, at least 30'),
		{
			displayName: 'Keywords',
			name: 'keywords',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add keyword',
			default: {},
			options: [
				{
					displayName: 'Keyword',
					name: 'keyword',
					values: [
						{
							displayName: 'Intent',
							name: 'intent',
							type: 'options',
							options: intentOptions,
							default: 'quotation',
							description: 'What the words mean',
						},
						text('Phrase', 'phrase', 'e.g. cotiz*', 'Ending with * for any ending'),
						number('Weight', 'weight', 3, '3 decides alone, 1 only helps, 0 switches a built-in phrase off'),
					],
				},
			],
		},
		{
			displayName: 'Language',
			name: 'language',
			type: 'options',
			options: languageOptions,
			default: 'es',
			description: 'The language in which the bot begins',
		},
		{
			displayName: 'Languages',
			name: 'languages',
			type: 'multiOptions',
			options: languageOptions,
			default: ['es'],
			description: 'Languages that the bot answers in; the customer’s own is chosen among them',
		},
		{
			displayName: 'Lead Rule',
			name: 'leadRule',
			type: 'options',
			options: [
				{ name: 'All Quotations', value: 'all', description: 'General information too' },
				{ name: 'Formal Quotations', value: 'formal', description: 'General information only lights the button' },
				{ name: 'Never', value: 'never' },
			],
			default: 'formal',
			description: 'Which cases make a lead by themselves',
		},
		messageRatesField,
		modelPricesField,
		number(
			'Next Payment Reminder (Minutes)',
			'nextPaymentReminderMinutes',
			1_440,
			'Between one reminder of a payment and the next',
		),
		{
			displayName: 'Notify By',
			name: 'notifyBy',
			type: 'multiOptions',
			options: [
				{ name: 'WhatsApp', value: 'whatsapp', description: 'To the advisor’s own number' },
				{ name: 'Workflow', value: 'workflow', description: 'As an item on Handoff, for e-mail or a chat tool' },
			],
			default: ['workflow'],
			description: 'How advisors are told, in this order; the bell of the inbox always rings',
		},
		text(
			'Numbers',
			'channels',
			'e.g. 106540352242922',
			'Phone number IDs that the bot answers, separated by commas; all when empty',
		),
		openingHoursField,
		text(
			'Payment Reminder Template',
			'paymentReminderTemplate',
			'e.g. payment_reminder',
			'The approved template for who has not written for 24 hours, with name, reason, amount and link',
		),
		number('Payment Reminders', 'paymentReminders', 2, 'How often a customer is reminded of a payment; 0 for never'),
		text('Privacy Policy URL', 'privacyUrl', 'e.g. https://example.com/privacidad', 'Said in the first message'),
		number('Second Reminder (Minutes)', 'secondReminderMinutes', 120, 'After this silence'),
		{
			displayName: 'Show Stock',
			name: 'knowledgeShowStock',
			type: 'options',
			options: [
				{ name: 'Nothing', value: 'none' },
				{ name: 'Numbers', value: 'numbers', description: 'How many there are' },
				{ name: 'Yes or No', value: 'yesNo', description: 'Whether there are any, and where' },
			],
			default: 'yesNo',
			description: 'What customers are told of the stock',
		},
		{
			displayName: 'Start',
			name: 'start',
			type: 'options',
			options: [
				{ name: 'Data First', value: 'data', description: 'Name and identification, then the menu' },
				{ name: 'Menu First', value: 'menu', description: 'The menu at once; data before the case is made' },
			],
			default: 'data',
			description: 'What a new customer is asked first',
		},
		tagRulesField,
		text(
			'Test Numbers',
			'testNumbers',
			'e.g. +57 300 123 4567',
			'Who may really receive when a node is run by hand, separated by commas',
		),
		{
			displayName: 'Texts',
			name: 'texts',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add text',
			default: {},
			options: [
				{
					displayName: 'Text',
					name: 'text',
					values: [
						{
							displayName: 'Language',
							name: 'language',
							type: 'options',
							options: languageOptions,
							default: 'es',
							description: 'Language of the words',
						},
						textField,
						text('Words', 'words', 'e.g. ¡Hola! Bienvenido a {business}', 'What the customer reads', {
							typeOptions: { rows: 3 },
						}),
					],
				},
			],
		},
		text('Time Zone', 'timeZone', 'e.g. America/Bogota', 'For hours, reminders and case numbers'),
		number('Turns Without Progress', 'stalledTurns', 6, 'After which a person takes over'),
		number(
			'Waiting Time (Minutes)',
			'waitingMinutes',
			30,
			'How long a customer may wait for a person before the team is told again; 0 for never',
		),
		{
			displayName: 'Waiting Time in Opening Hours Only',
			name: 'waitingInHoursOnly',
			type: 'boolean',
			default: true,
			description: 'Whether nights, weekends and holidays do not count as waiting',
		},
	],
};

/** A JSON object, also when the field holds it as text. */
export const jsonObject = z.preprocess((value, context) => {
	if (typeof value !== 'string') return value ?? {};
	if (value.trim() === '') return {};
	try {
		return JSON.parse(value) as unknown;
	} catch (error) {
		const reason = error instanceof Error ? error.message : 'unreadable';
		context.addIssue({ code: 'custom', message: `it is not JSON (${reason})` });
		return z.NEVER;
	}
}, z.record(z.unknown()));
