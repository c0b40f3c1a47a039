import { z } from 'zod';

import { buildTemplateComponents, type TemplateFilling } from '../../shared/clients/whatsapp/templateComponents';
import { InvalidInput } from '../../shared/domain/invalidInput';
import { optionalWords, optionsOf, parameter, rowsOf, words } from '../../shared/n8n/parameters';
import type { WhatsAppCloudOperation } from '../services';
import { readTemplateChoice, templateField } from '../templateField';
import { addressFields, send, sendOptions } from './send';

const headerTypes = z.enum(['none', 'text', 'image', 'video', 'document', 'location']);

const parameterRow = z.object({ name: optionalWords, text: words });

const buttonRow = z.object({
	type: z.enum(['url', 'quick_reply', 'copy_code', 'flow']),
	position: z.coerce.number().int().min(1).max(10),
	value: words,
});

const headerSchema = optionsOf({
	text: optionalWords,
	parameterName: optionalWords,
	mediaId: optionalWords,
	link: optionalWords,
	filename: optionalWords,
	latitude: z.coerce.number().optional(),
	longitude: z.coerce.number().optional(),
	locationName: optionalWords,
	address: optionalWords,
});

function headerOf(
	type: z.output<typeof headerTypes>,
	values: z.output<typeof headerSchema>,
): TemplateFilling['header'] {
	switch (type) {
		case 'none':
			return undefined;
		case 'text':
			return { type: 'text', text: values.text ?? '', name: values.parameterName };
		case 'location':
			return {
				type: 'location',
				latitude: values.latitude ?? Number.NaN,
				longitude: values.longitude ?? Number.NaN,
				name: values.locationName ?? '',
				address: values.address ?? '',
			};
		default:
			return { type, mediaId: values.mediaId, link: values.link, filename: values.filename };
	}
}

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
		{
			displayName: 'Header',
			name: 'header',
			type: 'collection',
			placeholder: 'Add value',
			default: {},
			displayOptions: { hide: { headerType: ['none'] } },
			description: 'What the header is filled with',
			options: [
				{
					displayName: 'Address',
					name: 'address',
					type: 'string',
					default: '',
					placeholder: 'e.g. Calle 26 # 59-51, Bogotá',
					displayOptions: { show: { '/headerType': ['location'] } },
				},
				{
					displayName: 'File Name',
					name: 'filename',
					type: 'string',
					default: '',
					placeholder: 'e.g. cotizacion.pdf',
					displayOptions: { show: { '/headerType': ['document'] } },
				},
				{
					displayName: 'Latitude',
					name: 'latitude',
					type: 'number',
					typeOptions: { numberPrecision: 7 },
					default: 0,
					displayOptions: { show: { '/headerType': ['location'] } },
				},
				{
					displayName: 'Link',
					name: 'link',
					type: 'string',
					default: '',
					placeholder: 'e.g. https://example.com/photo.jpg',
					description: 'Public address that WhatsApp fetches the file from',
					displayOptions: { show: { '/headerType': ['document', 'image', 'video'] } },
				},
				{
					displayName: 'Location Name',
					name: 'locationName',
					type: 'string',
					default: '',
					placeholder: 'e.g. Bodega principal',
					displayOptions: { show: { '/headerType': ['location'] } },
				},
				{
					displayName: 'Longitude',
					name: 'longitude',
					type: 'number',
					typeOptions: { numberPrecision: 7 },
					default: 0,
					displayOptions: { show: { '/headerType': ['location'] } },
				},
				{
					displayName: 'Media ID',
					name: 'mediaId',
					type: 'string',
					default: '',
					placeholder: 'e.g. 1013859600285441',
					description: 'From Upload, kept for 30 days',
					displayOptions: { show: { '/headerType': ['document', 'image', 'video'] } },
				},
				{
					displayName: 'Parameter Name',
					name: 'parameterName',
					type: 'string',
					default: '',
					placeholder: 'e.g. customer_name',
					description: 'Only when the template has named parameters',
					displayOptions: { show: { '/headerType': ['text'] } },
				},
				{
					displayName: 'Text',
					name: 'text',
					type: 'string',
					default: '',
					placeholder: 'e.g. Ana',
					displayOptions: { show: { '/headerType': ['text'] } },
				},
			],
		},
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
		sendOptions(),
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
		const headerType = parameter(context, 'headerType', 'Header Type', headerTypes);
		const header = headerType === 'none' ? {} : parameter(context, 'header', 'Header', headerSchema);
		return await send(context, services, {
			type: 'template',
			name: choice.name,
			languageCode: languageCode.trim(),
			components: buildTemplateComponents({
				header: headerOf(headerType, headerSchema.parse(header)),
				body: parameter(context, 'bodyParameters', 'Body Parameters', rowsOf('parameter', parameterRow)),
				buttons: parameter(context, 'buttons', 'Buttons', rowsOf('button', buttonRow)),
			}),
		});
	},
};
