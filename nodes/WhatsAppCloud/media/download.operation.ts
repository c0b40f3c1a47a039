import { optionalWords, optionsOf, parameter, words } from '../../shared/n8n/parameters';
import type { WhatsAppCloudOperation } from '../services';
import { mediaIdField, mediaIdOf } from './mediaIdField';

export const downloadMedia: WhatsAppCloudOperation = {
	value: 'download',
	name: 'Download',
	action: 'Download media',
	description: 'Fetch a file that a person sent, checked against its size and SHA-256',
	properties: [
		mediaIdField,
		{
			displayName: 'Put Output File in Field',
			name: 'outputField',
			type: 'string',
			default: 'data',
			required: true,
			placeholder: 'e.g. data',
			hint: 'The name of the output field to put the file in',
			description: 'Name of the output field with the file',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'File Name',
					name: 'filename',
					type: 'string',
					default: '',
					placeholder: 'e.g. cotizacion.pdf',
					description: 'Name of the output file. Empty for the media ID with the ending of its type.',
				},
				{
					displayName: 'SHA-256',
					name: 'sha256',
					type: 'string',
					default: '',
					placeholder: 'e.g. 2f4b…',
					description: 'Digest from the incoming message, checked besides what WhatsApp says when asked',
				},
			],
		},
	],
	async execute(context, { client }) {
		const mediaId = mediaIdOf(context);
		const outputField = parameter(context, 'outputField', 'Put Output File in Field', words).trim();
		const options = parameter(
			context,
			'options',
			'Options',
			optionsOf({ filename: optionalWords, sha256: optionalWords }),
		);
		const file = await client.downloadMedia({ mediaId, sha256: options.sha256 });
		const binary = await context.node.helpers.prepareBinaryData(file.bytes, options.filename, file.mimeType);
		// n8n knows the usual ending of the type, and only then a name that opens on a desktop can be made.
		binary.fileName ??= [mediaId, binary.fileExtension].filter((part) => part !== undefined).join('.');
		const { crm } = context.item.json;
		return [
			{
				json: {
					mediaId,
					mimeType: file.mimeType,
					size: file.size,
					sha256: file.sha256,
					...(crm === undefined ? {} : { crm }),
				},
				binary: { [outputField]: binary },
			},
		];
	},
};
