import type { ChatWindowRequest } from '../../shared/clients/wazzup/chatWindow';
import type { ContactChat } from '../../shared/clients/wazzup/contacts';
import { InvalidInput } from '../../shared/domain/invalidInput';
import { chatOfIdentity } from '../../shared/domain/wazzup/chatOfIdentity';
import { crmItemOf } from '../../shared/n8n/crmItem';
import { everybodysData } from '../../shared/n8n/everybodysData';
import type { OperationContext } from '../../shared/n8n/operation';
import { optionalFlag, optionalWords, optionsOf, parameter, words } from '../../shared/n8n/parameters';
import { wazzupChatsOf } from '../../shared/store/repositories/wazzupChats';
import { chatsField, chatsOf } from '../chats';
import { userField } from '../fields';
import type { WazzupOperation, WazzupServices } from '../services';
import { userOfItem } from '../userOfItem';

/** The chats of the customer that the item belongs to, newest first: WhatsApp and other messengers. */
async function chatsOfItem(context: OperationContext, { withStore }: WazzupServices): Promise<readonly ContactChat[]> {
	const { contactId, workspaceId } = crmItemOf(context.node, context.itemIndex);
	const identities = await withStore(
		async (store) => (await wazzupChatsOf(store.db, workspaceId, [contactId])).get(contactId) ?? [],
	);
	const chats = identities.flatMap((identity) => chatOfIdentity(identity) ?? []);
	if (chats.length > 0) return chats;
	throw new InvalidInput({
		message: "The customer of the item has no chat at Wazzup, so 'Chats From' finds none",
		description: "Set 'Chats From' to Fields Below and give the chat ID from Wazzup Trigger.",
		parameter: 'Chats From',
	});
}

const optionsSchema = optionsOf({
	activeChannelId: optionalWords,
	clientType: optionalWords,
	useDealsEvents: optionalFlag,
	useMessageEvents: optionalFlag,
	userName: optionalWords,
});

/** The request of an item: the whole window, or that of one card. */
async function requestOf(context: OperationContext, services: WazzupServices): Promise<ChatWindowRequest> {
	const { activeChannelId, clientType, useDealsEvents, useMessageEvents, userName } = parameter(
		context,
		'options',
		'Options',
		optionsSchema,
	);
	const scope = parameter(context, 'scope', 'Show', words) === 'card' ? 'card' : 'global';
	const fromItem = scope === 'card' && parameter(context, 'chatsFrom', 'Chats From', words) === 'item';
	const chats = scope === 'global' ? undefined : fromItem ? await chatsOfItem(context, services) : chatsOf(context);
	const first = chats?.[0];
	return {
		user: {
			...(await userOfItem(context, services)),
			...(userName === undefined ? {} : { name: userName }),
		},
		scope,
		...(chats === undefined ? {} : { filter: chats }),
		...(activeChannelId === undefined || first?.chatId === undefined
			? {}
			: { activeChat: { channelId: activeChannelId, chatType: first.chatType, chatId: first.chatId } }),
		options: {
			...(clientType === undefined ? {} : { clientType }),
			useDealsEvents: useDealsEvents === true,
			useMessageEvents: useMessageEvents === true,
		},
	};
}

export const getChatWindowLink: WazzupOperation = {
	value: 'getLink',
	name: 'Get Link',
	action: 'Get chat window link',
	description: "Get an address that shows Wazzup's chats in an iframe: all of a user, or those of one card",
	customerOf: everybodysData,
	properties: [
		userField(
			'User',
			'userId',
			'Who will look at it: the chats of this user are shown, and messages carry the name. Empty for the person who is responsible for the customer of the item.',
			false,
		),
		{
			displayName: 'Show',
			name: 'scope',
			type: 'options',
			options: [
				{ name: 'All Chats', value: 'global', description: 'Every chat that the user may see' },
				{ name: 'One Card', value: 'card', description: 'The chats of one contact or deal' },
			],
			default: 'global',
			description: 'Which chats are in the window',
		},
		{
			displayName: 'Chats From',
			name: 'chatsFrom',
			type: 'options',
			options: [
				{ name: 'Fields Below', value: 'fields' },
				{ name: 'Item', value: 'item', description: 'Every chat of the customer that the item belongs to' },
			],
			default: 'fields',
			displayOptions: { show: { scope: ['card'] } },
			description: 'Whose chats the card has',
		},
		{ ...chatsField, displayOptions: { show: { scope: ['card'], chatsFrom: ['fields'] } } },
		{
			displayName:
				'The address is made for this user: whoever has it reads the chats. Put it into an iframe with allow="microphone *; clipboard-write *".',
			name: 'chatWindowNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Active Channel ID',
					name: 'activeChannelId',
					type: 'string',
					default: '',
					placeholder: 'e.g. 7f3a0d54-3a4b-4c7e-9d3e-1b2c3d4e5f60',
					description: 'Opens the first chat of the card on this channel',
				},
				{
					displayName: 'Client Type',
					name: 'clientType',
					type: 'string',
					default: '',
					placeholder: 'e.g. crm',
					description: 'A name of the CRM, for Wazzup',
				},
				{
					displayName: 'Deal Events',
					name: 'useDealsEvents',
					type: 'boolean',
					default: false,
					description:
						'Whether the Deals menu tells the page (WZ_CREATE_ENTITY, WZ_OPEN_ENTITY) instead of asking the CRM by webhook',
				},
				{
					displayName: 'Message Events',
					name: 'useMessageEvents',
					type: 'boolean',
					default: false,
					description: 'Whether the page is told when an answer to a new client asks for a contact',
				},
				{
					displayName: 'User Name',
					name: 'userName',
					type: 'string',
					default: '',
					placeholder: 'e.g. Laura Gómez',
					description: 'For a user that Wazzup does not know yet',
				},
			],
		},
	],
	async execute(context, services) {
		const request = await requestOf(context, services);
		const { crm } = context.item.json;
		const { url, linkedToWazzupUser } = await services.client.openChatWindow(request);
		return {
			url,
			...(typeof linkedToWazzupUser === 'boolean' || typeof linkedToWazzupUser === 'string'
				? { linkedToWazzupUser }
				: {}),
			...(crm === undefined ? {} : { crm }),
		};
	},
};
