import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { CASE_TYPES, LANGUAGES } from '../../shared/domain/profile/businessProfile';
import { INTENTS } from '../../shared/domain/classifier/types';
import { optionalWords, optionsOf, parameter, rowsOf, words } from '../../shared/n8n/parameters';
import type { OperationContext } from '../../shared/n8n/operation';
import type { ProfileChanges } from '../../shared/usecases/fillProfile';

export const jsonField: INodeProperties = {
	displayName: 'Profile (JSON)',
	name: 'profileJson',
	type: 'json',
	default: '{}',
	description:
		'Any part of the profile as JSON, as Business Profile: Get returns it without Simplify. Menu options are matched by ID and areas by key.',
};

const text = (
	displayName: string,
	name: string,
	placeholder: string,
	description: string,
	rest: Partial<INodeProperties> = {},
): INodeProperties => ({ displayName, name, type: 'string', default: '', placeholder, description, ...rest });

const number = (displayName: string, name: string, value: number, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'number',
	typeOptions: { minValue: 0 },
	default: value,
	description,
});

const caseTypeOptions = [
	{ name: 'Billing', value: 'billing' },
	{ name: 'Documents', value: 'documents' },
	{ name: 'Information', value: 'information' },
	{ name: 'Order Status', value: 'order_status' },
	{ name: 'Other', value: 'other' },
	{ name: 'Quotation', value: 'quotation' },
	{ name: 'Support', value: 'support' },
];

const intentOptions = [
	{ name: 'Billing', value: 'billing' },
	{ name: 'Documents', value: 'documents' },
	{ name: 'Greeting', value: 'greeting' },
	{ name: 'Human', value: 'human' },
	{ name: 'Opt Out', value: 'opt_out' },
	{ name: 'Order Status', value: 'order_status' },
	{ name: 'Quotation', value: 'quotation' },
	{ name: 'Support', value: 'support' },
	{ name: 'Thanks', value: 'thanks' },
	{ name: 'Unknown', value: 'unknown' },
];

const languageOptions = [
	{ name: 'English', value: 'en' },
	{ name: 'Portuguese (Brazil)', value: 'pt-BR' },
	{ name: 'Spanish', value: 'es' },
];

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
	{
		displayName: 'Menu Options',
		name: 'menuOptions',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add menu option',
		default: {},
		description:
			'The options of the first menu. An option that the profile has keeps its questions; a new one asks for the details in one sentence.',
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
						options: caseTypeOptions,
						default: 'other',
						description: 'Kind of case that it makes',
					},
					text('ID', 'id', 'e.g. quotation', 'Stored with every case; never change it later', { required: true }),
					text('Menu Line', 'label', 'e.g. Solicitar una cotización', 'The line of the menu'),
				],
			},
		],
	},
];

export const moreFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [
		number('Answer Delay (Milliseconds)', 'answerDelayMs', 1500, 'Wait after the last message of a burst'),
		text(
			'Case Number Pattern',
			'numberPattern',
			'e.g. PS-{YYYY}-{000001}',
			'{YYYY}, {YY}, {MM}, {DD} and the counter with its digits',
		),
		number('Close After (Minutes)', 'closeMinutes', 720, 'When an unanswered conversation is closed'),
		text('Country', 'country', 'e.g. CO', 'Two letters; documents, telephones and money are read as there'),
		number('First Reminder (Minutes)', 'firstReminderMinutes', 15, 'After this silence'),
		text('Hours in Words', 'hoursInWords', 'e.g. lunes a viernes de 8:00 a. m. a 5:30 p. m.', 'As customers read them'),
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
		text(
			'Numbers',
			'channels',
			'e.g. 106540352242922',
			'Phone number IDs that the bot answers, separated by commas; all when empty',
		),
		text('Privacy Policy URL', 'privacyUrl', 'e.g. https://example.com/privacidad', 'Said in the first message'),
		number('Second Reminder (Minutes)', 'secondReminderMinutes', 120, 'After this silence'),
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
						text('Key', 'key', 'e.g. A1', 'Which sentence, by its name in the documentation'),
						{
							displayName: 'Language',
							name: 'language',
							type: 'options',
							options: languageOptions,
							default: 'es',
							description: 'Language of the words',
						},
						text('Words', 'words', 'e.g. ¡Hola! Bienvenido a {business}', 'What the customer reads', {
							typeOptions: { rows: 3 },
						}),
					],
				},
			],
		},
		text('Time Zone', 'timeZone', 'e.g. America/Bogota', 'For hours, reminders and case numbers'),
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

const commaList = words.transform((value) => {
	const entries = value
		.split(',')
		.map((entry) => entry.trim())
		.filter((entry) => entry !== '');
	return entries.length === 0 ? undefined : entries;
});

const areaRow = z.object({ key: words, name: words });
const optionRow = z.object({
	id: words,
	title: optionalWords.optional(),
	label: optionalWords.optional(),
	area: optionalWords.optional(),
	caseType: z.enum(CASE_TYPES).optional(),
});
const keywordRow = z.object({ intent: z.enum(INTENTS), phrase: words, weight: z.coerce.number().default(3) });
const textRow = z.object({ key: words, language: z.enum(LANGUAGES).default('es'), words });

const moreSchema = optionsOf({
	answerDelayMs: z.coerce.number().optional(),
	numberPattern: optionalWords.optional(),
	closeMinutes: z.coerce.number().optional(),
	country: optionalWords.optional(),
	firstReminderMinutes: z.coerce.number().optional(),
	hoursInWords: optionalWords.optional(),
	keywords: rowsOf<z.infer<typeof keywordRow>>('keyword', keywordRow).optional(),
	language: z.enum(LANGUAGES).optional(),
	leadRule: z.enum(['all', 'formal', 'never']).optional(),
	channels: commaList.optional(),
	privacyUrl: optionalWords.optional(),
	secondReminderMinutes: z.coerce.number().optional(),
	start: z.enum(['data', 'menu']).optional(),
	testNumbers: commaList.optional(),
	texts: rowsOf<z.infer<typeof textRow>>('text', textRow).optional(),
	timeZone: optionalWords.optional(),
});

/** What a new option needs besides its own words: one question for the details, and the standard confirmation. */
const newOption = {
	questions: [{ field: 'details', type: 'text', textKey: 'F2' }],
	confirmation: ['I'],
};

/** Leaves out what was left empty, so that it changes nothing. */
function filled(value: Readonly<Record<string, unknown>>): Record<string, unknown> | undefined {
	const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
	return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

const listOrNothing = <Row>(rows: readonly Row[]): readonly Row[] | undefined => (rows.length === 0 ? undefined : rows);

/**
 * What the form says of the profile.
 * @param knownOptions ids of the options that the profile has, whose questions stay
 */
export function changesOfForm(context: OperationContext, knownOptions: readonly string[]): ProfileChanges {
	const more = parameter(context, 'additionalFields', 'Additional Fields', moreSchema);
	const options = parameter(
		context,
		'menuOptions',
		'Menu Options',
		rowsOf<z.infer<typeof optionRow>>('option', optionRow),
	);
	const texts = more.texts?.reduce<Record<string, Record<string, string>>>((byLanguage, row) => {
		return { ...byLanguage, [row.language]: { ...byLanguage[row.language], [row.key]: row.words } };
	}, {});
	return (
		filled({
			name: parameter(context, 'businessName', 'Business Name', optionalWords),
			slogan: parameter(context, 'slogan', 'Slogan', optionalWords),
			areas: listOrNothing(parameter(context, 'areas', 'Areas', rowsOf<z.infer<typeof areaRow>>('area', areaRow))),
			options: listOrNothing(
				options.map((option) => ({ ...(knownOptions.includes(option.id) ? {} : newOption), ...filled(option) })),
			),
			answerDelayMs: more.answerDelayMs,
			country: more.country,
			language: more.language,
			languages: more.language === undefined ? undefined : [more.language],
			start: more.start,
			timeZone: more.timeZone,
			channels: more.channels,
			testNumbers: more.testNumbers,
			keywords: more.keywords,
			texts: texts && filled(texts),
			hours: filled({ inWords: more.hoursInWords }),
			consent: filled({ privacyUrl: more.privacyUrl }),
			leads: filled({ rule: more.leadRule }),
			cases: filled({ numberPattern: more.numberPattern }),
			times: filled({
				firstReminderMinutes: more.firstReminderMinutes,
				secondReminderMinutes: more.secondReminderMinutes,
				closeMinutes: more.closeMinutes,
			}),
		}) ?? {}
	);
}
