import { LIMITS } from '../../shared/domain/messages/limits';
import { parameter, words } from '../../shared/n8n/parameters';
import type { WhatsAppCloudOperation } from '../services';
import { bodyField } from './interactiveFields';
import { addressFields, send, sendOptions } from './send';

export const requestLocation: WhatsAppCloudOperation = {
	value: 'requestLocation',
	name: 'Request Location',
	action: 'Request location of person',
	description: 'Send a text with a button by which the person sends a location',
	properties: [...addressFields, bodyField(LIMITS.body), sendOptions()],
	async execute(context, services) {
		return await send(context, services, {
			type: 'location_request',
			text: parameter(context, 'text', 'Text', words),
		});
	},
};
