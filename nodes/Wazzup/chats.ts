import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import type { ContactChat } from '../shared/clients/wazzup/contacts';
import { InvalidInput } from '../shared/domain/invalidInput';
import { normalizeChatId } from '../shared/domain/wazzup/chatTypes';
import type { OperationContext } from '../shared/n8n/operation';
import { optionalWords, parameter, rowsOf, words } from '../shared/n8n/parameters';
import { chatIdField, chatTypeField, readChatType } from './fields';

/** The chats of a person. */
export const chatsField: INodeProperties = {
	displayName: 'Chats',
	name: 'chats',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Chat',
	default: {},
	description: 'Where the person writes from; at least one',
	options: [
		{
			displayName: 'Chat',
			name: 'chat',
			values: [
				chatIdField,
				chatTypeField,
				{
					displayName: 'Phone',
					name: 'phone',
					type: 'string',
					default: '',
					placeholder: 'e.g. 573001234567',
					description: 'Telegram and MAX only, while the chat ID is not known',
				},
				{
					displayName: 'User Name',
					name: 'username',
					type: 'string',
					default: '',
					placeholder: 'e.g. ana_perez',
					description: 'Telegram and MAX only, while the chat ID is not known',
				},
			],
		},
	],
};

const chatRow = z.object({
	chatId: optionalWords,
	chatType: words,
	phone: optionalWords,
	username: optionalWords,
});

/** The chats of the item. @throws InvalidInput when there is none, or one cannot be written to. */
export function chatsOf(context: OperationContext): readonly ContactChat[] {
	const rows = parameter(context, 'chats', 'Chats', rowsOf('chat', chatRow));
	if (rows.length === 0) {
		throw new InvalidInput({
			message: "'Chats' is empty",
			description: 'Add the phone number or account that the person writes from.',
			parameter: 'Chats',
		});
	}
	return rows.map(({ chatId, chatType: type, phone, username }) => {
		const chatType = readChatType(type);
		const id = chatId === undefined ? undefined : normalizeChatId(chatType, chatId);
		if (id === undefined && (chatId !== undefined || (phone ?? username) === undefined)) {
			throw new InvalidInput({
				message: `'Chats': '${chatId ?? ''}' is not the ID of a chat on ${chatType}`,
				description: 'Use the phone number with its country code, or the ID from Wazzup Trigger.',
				parameter: 'Chats',
			});
		}
		return {
			chatType,
			...(id === undefined ? {} : { chatId: id }),
			...(phone === undefined ? {} : { phone: phone.replace(/\D/g, '') }),
			...(username === undefined ? {} : { username: username.replace(/^@/, '') }),
		};
	});
}
