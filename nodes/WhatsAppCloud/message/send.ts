import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { buildMessageRequest, type WhatsAppMessage } from '../../shared/clients/whatsapp/messageRequest';
import { readRecipient } from '../../shared/domain/messages/recipient';
import { simulated } from '../../shared/n8n/manualMode';
import type { OperationContext } from '../../shared/n8n/operation';
import { optionalFlag, optionalWords, optionsOf, parameter, words } from '../../shared/n8n/parameters';
import { windowClosed } from '../../shared/usecases/send/serviceWindow';
import { phoneNumberField, phoneNumberIdOf } from '../phoneNumberField';
import type { WhatsAppCloudServices } from '../services';

/** From which number to whom: the first fields of everything that is sent. */
export const addressFields: readonly INodeProperties[] = [
	phoneNumberField,
	{
		displayName: 'To',
		name: 'to',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. +57 300 123 4567',
		description: 'Phone number with country code, WhatsApp ID or WhatsApp user ID (BSUID) of the person',
	},
];

const defaultCountry: INodeProperties = {
	displayName: 'Default Country',
	name: 'defaultCountry',
	type: 'string',
	default: '',
	placeholder: 'e.g. CO',
	description: "Two-letter country of numbers in 'To' that have no country code",
};

const callbackData: INodeProperties = {
	displayName: 'Callback Data',
	name: 'callbackData',
	type: 'string',
	default: '',
	placeholder: 'e.g. order-1042',
	description: 'Text of yours that comes back with every delivery status of this message',
};

const replyTo: INodeProperties = {
	displayName: 'Reply to Message ID',
	name: 'replyTo',
	type: 'string',
	default: '',
	placeholder: 'e.g. wamid.HBgMNTcz…',
	description: 'Shows the message as an answer to this one',
};

const ignoreWindow: INodeProperties = {
	displayName: 'Ignore 24-Hour Window',
	name: 'ignoreWindow',
	type: 'boolean',
	default: false,
	description:
		'Whether to send even when the store says that the person last wrote more than 24 hours ago. WhatsApp delivers only templates then.',
};

/** The collection at the end of every send that needs an open window; `more` are the operation's own. */
export function sendOptions(more: readonly INodeProperties[] = []): INodeProperties {
	return templateOptions([ignoreWindow, ...more]);
}

/** The same without the window: a template is delivered at any time. */
export function templateOptions(more: readonly INodeProperties[] = []): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [callbackData, defaultCountry, replyTo, ...more].sort((one, other) =>
			one.displayName.localeCompare(other.displayName),
		),
	};
}

const optionsSchema = optionsOf({
	callbackData: optionalWords,
	defaultCountry: words,
	ignoreWindow: optionalFlag,
	replyTo: optionalWords,
});

/**
 * Sends one message to the person of the item. By hand only a test number of the business profile gets it; for anybody
 * else the answer shows the exact request. The ids of the conversation travel on with the item.
 */
export async function send(
	context: OperationContext,
	{ client, clientFor, isTestRecipient, isWindowClosed }: WhatsAppCloudServices,
	message: WhatsAppMessage,
): Promise<IDataObject> {
	const options = parameter(context, 'options', 'Options', optionsSchema);
	const address = {
		phoneNumberId: phoneNumberIdOf(context),
		to: readRecipient(parameter(context, 'to', 'To', words), options.defaultCountry),
		message,
		callbackData: options.callbackData,
		replyTo: options.replyTo,
	};
	const { crm } = context.item.json;
	const carried = crm === undefined ? {} : { crm };
	if (context.manual && !(await isTestRecipient(address.to))) {
		const request = buildMessageRequest(address);
		return {
			...simulated({ method: request.method, url: `${client.root}${request.path}`, body: request.body }),
			...carried,
		};
	}
	if (message.type !== 'template' && options.ignoreWindow !== true) {
		if (await isWindowClosed(address.phoneNumberId, address.to)) throw windowClosed();
	}
	const sent = await (await clientFor(address.phoneNumberId)).sendMessage(address);
	return {
		messageId: sent.wamid,
		status: sent.messageStatus ?? 'accepted',
		phoneNumberId: address.phoneNumberId,
		...(sent.waId === undefined ? {} : { waId: sent.waId }),
		...(sent.userId === undefined ? {} : { userId: sent.userId }),
		...carried,
	};
}
