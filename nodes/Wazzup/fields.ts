import type { INodeProperties } from 'n8n-workflow';

import { isChatType, type ChatType } from '../shared/domain/wazzup/chatTypes';
import { InvalidInput } from '../shared/domain/invalidInput';
import { chooseField } from '../shared/n8n/storeLists';

const byId = (placeholder: string) => ({ displayName: 'By ID', placeholder });

export const channelField: INodeProperties = chooseField({
	displayName: 'Channel',
	name: 'channelId',
	description: 'The number or account that writes',
	search: 'searchChannels',
	by: byId('e.g. 7f3a0d54-3a4b-4c7e-9d3e-1b2c3d4e5f60'),
	required: true,
});

/** @param name Stored in workflows; the same for the same meaning, so that a choice survives a switch of operation. */
export const userField = (displayName: string, name: string, description: string, required = true): INodeProperties =>
	chooseField({ displayName, name, description, search: 'searchUsers', by: byId('e.g. 17'), required });

export const contactField: INodeProperties = chooseField({
	displayName: 'Contact',
	name: 'contactId',
	description: 'The contact in Wazzup, by its ID in the CRM',
	search: 'searchContacts',
	by: byId('e.g. 0198c1f2-…'),
	required: true,
});

export const dealField: INodeProperties = chooseField({
	displayName: 'Deal',
	name: 'dealId',
	description: 'The deal in Wazzup, by its ID in the CRM',
	search: 'searchDeals',
	by: byId('e.g. 0198c1f2-…'),
	required: true,
});

export const pipelineField: INodeProperties = chooseField({
	displayName: 'Pipeline',
	name: 'pipelineId',
	description: 'The pipeline in Wazzup',
	search: 'searchPipelines',
	by: byId('e.g. sales'),
	required: true,
});

export const templateField: INodeProperties = chooseField({
	displayName: 'Template',
	name: 'templateId',
	description: 'An approved template of a WhatsApp Business API channel',
	search: 'searchTemplates',
	by: byId('e.g. 5f1b7c2e-…'),
	required: true,
});

export const chatTypeField: INodeProperties = {
	displayName: 'Chat Type',
	name: 'chatType',
	type: 'options',
	options: [
		{ name: 'Avito', value: 'avito' },
		{ name: 'Instagram', value: 'instagram' },
		{ name: 'MAX', value: 'max' },
		{ name: 'MAX Group', value: 'maxgroup' },
		{ name: 'Telegram', value: 'telegram' },
		{ name: 'Telegram Group', value: 'telegroup' },
		{ name: 'Viber', value: 'viber' },
		{ name: 'VK', value: 'vk' },
		{ name: 'WhatsApp', value: 'whatsapp', description: 'Also for a WhatsApp Business API channel' },
		{ name: 'WhatsApp Group', value: 'whatsgroup' },
	],
	default: 'whatsapp',
	description: 'Messenger of the chat',
};

export const chatIdField: INodeProperties = {
	displayName: 'Chat ID',
	name: 'chatId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 573001234567',
	description:
		'The phone number with country code (WhatsApp, Viber), the account (Instagram), else the ID from Wazzup Trigger',
};

export const uriField = (of: string): INodeProperties => ({
	displayName: 'Link',
	name: 'uri',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://crm.example.com/card/42',
	description: `Address of the ${of}'s card: where its name in Wazzup leads. At most 200 characters.`,
});

/** A chat type from an expression. @throws InvalidInput */
export function readChatType(value: string, displayName = 'Chat Type'): ChatType {
	const chatType = value.trim().toLowerCase();
	if (isChatType(chatType)) return chatType;
	throw new InvalidInput({
		message: `'${displayName}' is not known: '${value}'`,
		description: `Choose '${displayName}' from the list.`,
		parameter: displayName,
	});
}
