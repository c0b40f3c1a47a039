import { checkMedia, mediaTypeOf } from '../../shared/clients/whatsapp/media';
import { simulated } from '../../shared/n8n/manualMode';
import { fileOfItem, inputDataField } from '../fileOfItem';
import { phoneNumberField, phoneNumberIdOf } from '../phoneNumberField';
import type { WhatsAppCloudOperation } from '../services';

export const uploadMedia: WhatsAppCloudOperation = {
	value: 'upload',
	name: 'Upload',
	action: 'Upload media',
	description: 'Store a file at WhatsApp for 30 days, to send it by its ID any number of times',
	properties: [phoneNumberField, inputDataField],
	async execute(context, { client, clientFor }) {
		const phoneNumberId = phoneNumberIdOf(context);
		const { mimeType, filename, size, open } = await fileOfItem(context);
		checkMedia(mediaTypeOf(mimeType), mimeType, size);
		if (context.manual) {
			return simulated({
				method: 'POST',
				url: `${client.root}/${phoneNumberId}/media`,
				body: { messaging_product: 'whatsapp', type: mimeType, file: `${filename} (${size} bytes)` },
			});
		}
		const own = await clientFor(phoneNumberId);
		const { mediaId } = await own.uploadMedia({ phoneNumberId, mimeType, filename, size, bytes: await open() });
		return { mediaId, mimeType, filename, size };
	},
};
