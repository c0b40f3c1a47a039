import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { checkMedia } from '../../shared/clients/whatsapp/media';
import type { MediaSource, WhatsAppMessage } from '../../shared/clients/whatsapp/messageRequest';
import type { OperationContext } from '../../shared/n8n/operation';
import { optionalWords, parameter, words } from '../../shared/n8n/parameters';
import { fileOfItem, inputDataField } from '../fileOfItem';
import { phoneNumberIdOf } from '../phoneNumberField';
import type { WhatsAppCloudOperation, WhatsAppCloudServices } from '../services';
import { addressFields, send, sendOptions } from './send';

const shownFor = (mediaTypes: readonly string[]): INodeProperties['displayOptions'] => ({
	show: { mediaType: [...mediaTypes] },
});

const mediaTypes = z.enum(['audio', 'document', 'image', 'sticker', 'video', 'voice']);
const mediaSources = z.enum(['binary', 'mediaId', 'link']);

/** By hand nothing is uploaded either: the shown request carries this in the place of the id. */
const NOT_UPLOADED = 'id of the uploaded file';

async function sourceOf(
	context: OperationContext,
	{ clientFor }: WhatsAppCloudServices,
	mediaType: z.output<typeof mediaTypes>,
): Promise<MediaSource & { readonly filename?: string }> {
	const source = parameter(context, 'mediaSource', 'Media Source', mediaSources);
	if (source === 'mediaId') return { mediaId: parameter(context, 'mediaId', 'Media ID', words).trim() };
	if (source === 'link') return { link: parameter(context, 'link', 'Link', words).trim() };
	const { mimeType, filename, size, open } = await fileOfItem(context);
	checkMedia(mediaType === 'voice' ? 'audio' : mediaType, mimeType, size);
	if (context.manual) return { mediaId: NOT_UPLOADED, filename };
	const phoneNumberId = phoneNumberIdOf(context);
	const client = await clientFor(phoneNumberId);
	const { mediaId } = await client.uploadMedia({ phoneNumberId, mimeType, filename, size, bytes: await open() });
	return { mediaId, filename };
}

export const sendMedia: WhatsAppCloudOperation = {
	value: 'sendMedia',
	name: 'Send Media',
	action: 'Send media message',
	description: 'Send an image, video, audio, voice note, document or sticker',
	properties: [
		...addressFields,
		{
			displayName: 'Media Type',
			name: 'mediaType',
			type: 'options',
			options: [
				{ name: 'Audio', value: 'audio', description: 'AAC, AMR, MP3, MP4 audio or OGG, up to 16 MB' },
				{ name: 'Document', value: 'document', description: 'PDF, text or Office file, up to 100 MB' },
				{ name: 'Image', value: 'image', description: 'JPEG or PNG, up to 5 MB' },
				{ name: 'Sticker', value: 'sticker', description: 'WebP, up to 100 KB or 500 KB when animated' },
				{ name: 'Video', value: 'video', description: 'MP4 or 3GP, up to 16 MB' },
				{ name: 'Voice Note', value: 'voice', description: 'OGG with Opus, shown as a recording' },
			],
			default: 'image',
			description: 'What the person sees it as',
		},
		{
			displayName: 'Media Source',
			name: 'mediaSource',
			type: 'options',
			options: [
				{ name: 'Input Data Field', value: 'binary', description: 'A file of the input item' },
				{ name: 'Link', value: 'link', description: 'A public address that WhatsApp fetches the file from' },
				{ name: 'Media ID', value: 'mediaId', description: 'A file that was uploaded before' },
			],
			default: 'binary',
			description: 'Where the file comes from',
		},
		{ ...inputDataField, displayOptions: { show: { mediaSource: ['binary'] } } },
		{
			displayName: 'Link',
			name: 'link',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://example.com/catalogue.pdf',
			description: 'WhatsApp keeps what it fetched for ten minutes',
			displayOptions: { show: { mediaSource: ['link'] } },
		},
		{
			displayName: 'Media ID',
			name: 'mediaId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 1013859600285441',
			description: 'From Upload, kept for 30 days',
			displayOptions: { show: { mediaSource: ['mediaId'] } },
		},
		{
			displayName: 'Caption',
			name: 'caption',
			type: 'string',
			typeOptions: { rows: 2 },
			default: '',
			placeholder: 'e.g. Tu cotización',
			description: 'Text below the file, up to 1024 characters',
			displayOptions: shownFor(['document', 'image', 'video']),
		},
		{
			displayName: 'File Name',
			name: 'filename',
			type: 'string',
			default: '',
			placeholder: 'e.g. cotizacion.pdf',
			description: 'As the person sees it. Empty for the name of the file.',
			displayOptions: shownFor(['document']),
		},
		sendOptions(),
	],
	async execute(context, services) {
		const mediaType = parameter(context, 'mediaType', 'Media Type', mediaTypes);
		const { filename, ...source } = await sourceOf(context, services, mediaType);
		return await send(context, services, messageOf(context, mediaType, source, filename));
	},
};

function messageOf(
	context: OperationContext,
	mediaType: z.output<typeof mediaTypes>,
	source: MediaSource,
	filename: string | undefined,
): WhatsAppMessage {
	if (mediaType === 'voice') return { type: 'voice', ...source };
	if (mediaType === 'audio' || mediaType === 'sticker') return { type: 'media', mediaType, ...source };
	const caption = parameter(context, 'caption', 'Caption', optionalWords);
	if (mediaType !== 'document') return { type: 'media', mediaType, ...source, caption };
	const given = parameter(context, 'filename', 'File Name', optionalWords);
	return { type: 'media', mediaType, ...source, caption, filename: given ?? filename };
}
