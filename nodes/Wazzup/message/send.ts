import { createHash } from 'node:crypto';

import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { messageBody, type WazzupContent, type WazzupMessage } from '../../shared/clients/wazzup/messageRequest';
import { simulated } from '../../shared/n8n/manualMode';
import type { OperationContext } from '../../shared/n8n/operation';
import { optionalFlag, optionalWords, optionsOf, parameter, words } from '../../shared/n8n/parameters';
import { crmItemIfAny, requestIdField } from '../../shared/n8n/requestId';
import { channelField, chatIdField, chatTypeField, readChatType } from '../fields';
import type { WazzupServices } from '../services';

/** From which channel to which chat: the first fields of everything that is sent. */
export const addressFields: readonly INodeProperties[] = [channelField, chatTypeField, chatIdField];

/** The collection at the end of every send. */
export const sendOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Clear Unanswered',
			name: 'clearUnanswered',
			type: 'boolean',
			default: false,
			description:
				'Whether the chat counts as answered after this. Leave it off for a bot: the counter tells the team who still waits for a person.',
		},
		{
			displayName: 'Phone',
			name: 'phone',
			type: 'string',
			default: '',
			placeholder: 'e.g. 573001234567',
			description: "Telegram and MAX only, instead of 'Chat ID'",
		},
		{
			displayName: 'Reply to Message ID',
			name: 'refMessageId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 9c2e7f10-…',
			description: 'Shows the message as an answer to this one',
		},
		{
			...requestIdField,
			description:
				'The same request is sent once within 60 seconds, however often it arrives. Empty for one that this run, this node and what is sent make together.',
		},
		{
			displayName: 'Sender User ID',
			name: 'crmUserId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 17',
			description: 'Who of the team writes, as the chat shows it',
		},
		{
			displayName: 'User Name',
			name: 'username',
			type: 'string',
			default: '',
			placeholder: 'e.g. ana_perez',
			description: "Telegram and MAX only, instead of 'Chat ID'",
		},
	],
};

const optionsSchema = optionsOf({
	clearUnanswered: optionalFlag,
	crmUserId: optionalWords,
	phone: optionalWords,
	refMessageId: optionalWords,
	requestId: optionalWords,
	username: optionalWords,
});

/**
 * The id by which Wazzup knows a repeat. n8n's retry of a node comes with the same one; a second round of a loop, another
 * node and another text come with others, so that nothing that shall be sent is taken for a repeat.
 */
function crmMessageIdOf(
	context: OperationContext,
	said: string | undefined,
	message: Omit<WazzupMessage, 'crmMessageId'>,
): string {
	if (said !== undefined) return said;
	const { node, itemIndex } = context;
	const cause = crmItemIfAny(context)?.requestId ?? [
		node.getExecutionId(),
		itemIndex,
		node.evaluateExpression('{{ $runIndex }}', itemIndex),
	];
	return createHash('sha256')
		.update(JSON.stringify([cause, node.getNode().id, messageBody(message)]))
		.digest('hex')
		.slice(0, 40);
}

/** Sends one message to the chat of the item. By hand the answer shows the exact request instead. */
export async function send(
	context: OperationContext,
	{ client }: WazzupServices,
	content: WazzupContent,
): Promise<IDataObject> {
	const { requestId, clearUnanswered, ...options } = parameter(context, 'options', 'Options', optionsSchema);
	const message = {
		channelId: parameter(context, 'channelId', 'Channel', words).trim(),
		chatType: readChatType(parameter(context, 'chatType', 'Chat Type', words)),
		chatId: parameter(context, 'chatId', 'Chat ID', optionalWords),
		...options,
		content,
		clearUnanswered: clearUnanswered === true,
	};
	const ready = { ...message, crmMessageId: crmMessageIdOf(context, requestId, message) };
	const { crm } = context.item.json;
	const carried = crm === undefined ? {} : { crm };
	if (context.manual) {
		return { ...simulated({ method: 'POST', url: `${client.root}/message`, body: messageBody(ready) }), ...carried };
	}
	const { messageId, chatId, alreadySent } = await client.sendMessage(ready);
	return {
		...(messageId === undefined ? {} : { messageId }),
		chatId: chatId ?? message.chatId,
		chatType: message.chatType,
		channelId: message.channelId,
		alreadySent,
		crmMessageId: ready.crmMessageId,
		...carried,
	};
}
