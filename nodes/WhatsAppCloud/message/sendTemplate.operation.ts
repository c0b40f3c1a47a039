import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { buildTemplateComponents, type TemplateFilling } from '../../shared/clients/whatsapp/templateComponents';
import { InvalidInput } from '../../shared/domain/invalidInput';
import type { OperationContext } from '../../shared/n8n/operation';
import { amount, optionalWords, parameter, rowsOf, words } from '../../shared/n8n/parameters';
import type { WhatsAppCloudOperation } from '../services';
import { readTemplateChoice, templateField } from '../templateField';
import { addressFields, send, templateOptions } from './send';

const headerTypes = z.enum(['none', 'text', 'image', 'video', 'document', 'location']);

const parameterRow = z.object({ name: optionalWords, text: words });

const buttonRow = z.object({
	type: z.enum(['url', 'quick_reply', 'copy_code', 'flow']),
	position: z.coerce.number().int().min(1).max(10),
	value: words,
});

function headerOf(context: OperationContext): TemplateFilling['header'] {
	const type = parameter(context, 'headerType', 'Header Type', headerTypes);
	const given = (name: string, displayName: string) => parameter(context, name, displayName, optionalWords);
	switch (type) {
		case 'none':
			return undefined;
		case 'text':
			return {
				type,
				text: given('headerText', 'Header Text') ?? '',
				name: given('headerParameterName', 'Header Parameter Name'),
			};
		case 'location':
			return {
				type,
				latitude: parameter(context, 'headerLatitude', 'Header Latitude', amount),
				longitude: parameter(context, 'headerLongitude', 'Header Longitude', amount),
				name: given('headerLocationName', 'Header Location Name') ?? '',
				address: given('headerAddress', 'Header Address') ?? '',
			};
		default:
			return {
				type,
				mediaId: given('headerMediaId', 'Header Media ID'),
				link: given('headerLink', 'Header Link'),
				filename: type === 'document' ? given('headerFilename', 'Header File Name') : undefined,
			};
	}
}

const forHeader = (...types: ReadonlyArray<z.output<typeof headerTypes>>): INodeProperties['displayOptions'] => ({
	show: { headerType: [...types] },
});

/** What the header is filled with; only what its type asks for is shown. */
const headerFields: readonly INodeProperties[] = [
	{
		displayName: 'Header Text',
		name: 'headerText',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Ana',
		description: 'What the placeholder of the header is filled with',
		displayOptions: forHeader('text'),
	},
	{
		displayName: 'Header Parameter Name',
		name: 'headerParameterName',
		type: 'string',
		default: '',
		placeholder: 'e.g. customer_name',
		description: 'Only when the template has named parameters',
		displayOptions: forHeader('text'),
	},
	{
		displayName: 'Header Media ID',
		name: 'headerMediaId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1013859600285441',
		description: "From Upload, kept for 30 days. Empty to use 'Header Link'.",
		displayOptions: forHeader('document', 'image', 'video'),
	},
	{
		displayName: 'Header Link',
		name: 'headerLink',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/photo.jpg',
		description: 'Public address that WhatsApp fetches the file from',
		displayOptions: forHeader('document', 'image', 'video'),
	},
	{
		displayName: 'Header File Name',
		name: 'headerFilename',
		type: 'string',
		default: '',
		placeholder: 'e.g. cotizacion.pdf',
		description: 'As the person sees it',
		displayOptions: forHeader('document'),
	},
	{
		displayName: 'Header Latitude',
		name: 'headerLatitude',
		type: 'number',
		typeOptions: { numberPrecision: 7 },
		default: 0,
		required: true,
		displayOptions: forHeader('location'),
	},
	{
		displayName: 'Header Longitude',
		name: 'headerLongitude',
		type: 'number',
		typeOptions: { numberPrecision: 7 },
		default: 0,
		required: true,
		displayOptions: forHeader('location'),
	},
	{
		displayName: 'Header Location Name',
		name: 'headerLocationName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Bodega principal',
		displayOptions: forHeader('location'),
	},
	{
		displayName: 'Header Address',
		name: 'headerAddress',
		type: 'string',
		default: '',
		placeholder: 'e.g. Calle 26 # 59-51, Bogotá',
		displayOptions: forHeader('location'),
	},
];

export const sendTemplate: WhatsAppCloudOperation = {
	value: 'sendTemplate',
	name: 'Send Template',
	action: 'Send template message',
	description: 'Send an approved template, also to a person who has not written within 24 hours',
	properties: [
		...addressFields,
		templateField,
		{
			displayName: 'Language',
			name: 'languageCode',
			type: 'string',
			default: '',
			placeholder: 'e.g. es_CO',
			description: 'Language of a template that is given by name. Empty for the one chosen in the list.',
		},
		{
			displayName: 'Header Type',
			name: 'headerType',
			type: 'options',
			options: [
				{ name: 'Document', value: 'document' },
				{ name: 'Image', value: 'image' },
				{ name: 'Location', value: 'location' },
				{ name: 'None', value: 'none', description: 'The header is missing or has nothing to fill in' },
				{ name: 'Text', value: 'text' },
				{ name: 'Video', value: 'video' },
			],
			default: 'none',
			description: 'What the header of the template asks for',
		},
		...headerFields,
		{
			displayName: 'Body Parameters',
			name: 'bodyParameters',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add Parameter',
			default: {},
			description: 'What the placeholders of the body are filled with, in their order',
			options: [
				{
					displayName: 'Parameter',
					name: 'parameter',
					values: [
						{
							displayName: 'Text',
							name: 'text',
							type: 'string',
							default: '',
							placeholder: 'e.g. Ana',
						},
						{
							displayName: 'Parameter Name',
							name: 'name',
							type: 'string',
							default: '',
							placeholder: 'e.g. customer_name',
							description: 'Only when the template has named parameters; then for every parameter',
						},
					],
				},
			],
		},
		{
			displayName: 'Buttons',
			name: 'buttons',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add Button',
			default: {},
			description: 'Only the buttons of the template that need a value',
			options: [
				{
					displayName: 'Button',
					name: 'button',
					values: [
						{
							displayName: 'Type',
							name: 'type',
							type: 'options',
							options: [
								{ name: 'Copy Code', value: 'copy_code', description: 'The code that is copied' },
								{ name: 'Flow', value: 'flow', description: 'The token of the flow' },
								{ name: 'Quick Reply', value: 'quick_reply', description: 'What comes back when it is tapped' },
								{ name: 'URL', value: 'url', description: 'The end of the address' },
							],
							default: 'url',
						},
						{
							displayName: 'Position',
							name: 'position',
							type: 'number',
							typeOptions: { minValue: 1, maxValue: 10 },
							default: 1,
							description: 'Which button of the template, counted from 1',
						},
						{
							displayName: 'Value',
							name: 'value',
							type: 'string',
							default: '',
							placeholder: 'e.g. order/1042',
						},
					],
				},
			],
		},
		templateOptions(),
	],
	async execute(context, services) {
		const choice = readTemplateChoice(parameter(context, 'template', 'Template', words));
		const languageCode = parameter(context, 'languageCode', 'Language', optionalWords) ?? choice.languageCode;
		if (languageCode === undefined) {
			throw new InvalidInput({
				message: "'Language' is empty",
				description: "Choose the template from the list, or fill in 'Language' as WhatsApp Manager shows it.",
				parameter: 'Language',
			});
		}
		return await send(context, services, {
			type: 'template',
			name: choice.name,
			languageCode: languageCode.trim(),
			components: buildTemplateComponents({
				header: headerOf(context),
				body: parameter(context, 'bodyParameters', 'Body Parameters', rowsOf('parameter', parameterRow)),
				buttons: parameter(context, 'buttons', 'Buttons', rowsOf('button', buttonRow)),
			}),
		});
	},
};
