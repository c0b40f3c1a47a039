import { LIMITS } from '../../shared/domain/messages/limits';
import { parameter, words } from '../../shared/n8n/parameters';
import type { WhatsAppCloudOperation } from '../services';
import { bodyField } from './interactiveFields';
import { addressFields, send, sendOptions } from './send';

export const requestContact: WhatsAppCloudOperation = {
	value: 'requestContact',
	name: 'Request Contact',
	action: 'Request phone number of person',
	description: 'Send a text with a button by which a person who hides the number shares it',
	properties: [...addressFields, bodyField(LIMITS.body), sendOptions()],
	async execute(context, services) {
		return await send(context, services, {
			type: 'contact_request',
			text: parameter(context, 'text', 'Text', words),
		});
	},
};
