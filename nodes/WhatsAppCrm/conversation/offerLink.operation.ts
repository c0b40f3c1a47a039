import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from '../../shared/domain/invalidInput';
import type { OperationContext } from '../../shared/n8n/operation';
import { optionalWords, optionsOf, parameter, words } from '../../shared/n8n/parameters';
import { crmItemIfAny, requestIdField, requestIdOf } from '../../shared/n8n/requestId';
import { getAdvisor } from '../../shared/store/repositories/advisors';
import { getContact } from '../../shared/store/repositories/contacts';
import type { Store } from '../../shared/store/store';
import { offerLink, previewLinkOffer, type LinkOffer } from '../../shared/usecases/dialogue/offerLink';
import { readableText } from '../../shared/usecases/send/queueMessage';
import { advisorField } from '../advisor/advisorField';
import type { WhatsAppCrmOperation } from '../services';
import { conversationCustomer, conversationField, existingConversation } from './conversationField';

async function advisorChosen(
	context: OperationContext,
	store: Store,
): Promise<{ readonly name: string; readonly phone: string | null }> {
	const id = parameter(context, 'advisor', 'Advisor', words).trim();
	const advisor = await getAdvisor(store.db, store.workspaceId, id);
	if (advisor) return advisor;
	throw new InvalidInput({
		message: `There is no advisor '${id}' in workspace '${store.workspaceId}'`,
		description: "Choose one from the list in 'Advisor', or check the store credential.",
		parameter: 'Advisor',
	});
}

async function offerOf(context: OperationContext, store: Store): Promise<LinkOffer & { readonly advisorName: string }> {
	const options = parameter(
		context,
		'options',
		'Options',
		optionsOf({ number: optionalWords, requestId: optionalWords }),
	);
	const brought = crmItemIfAny(context);
	const chosen = parameter(context, 'conversation', 'Conversation', words).trim();
	const conversation = await existingConversation(store, chosen === '' ? (brought?.conversationId ?? '') : chosen);
	const advisor = await advisorChosen(context, store);
	const number = options.number ?? advisor.phone ?? undefined;
	if (number === undefined) {
		throw new InvalidInput({
			message: `${advisor.name} has no number of their own to link to`,
			description: "Add a phone with Advisor: Create or Update, or give 'Number' in the options.",
			parameter: 'Number',
		});
	}
	return {
		conversationId: conversation.id,
		number,
		advisorName: advisor.name,
		requestId: `link:${requestIdOf(context, options.requestId, brought?.requestId)}`,
		emissionId: brought?.emissionId,
	};
}

async function shownByHand(store: Store, offer: LinkOffer): Promise<IDataObject> {
	const { conversation, messages } = await previewLinkOffer(store, offer);
	const contact = await getContact(store.db, store.workspaceId, conversation.contact_id);
	return {
		simulated: true,
		offered: true,
		text: messages.map((message) => readableText(message) ?? '').join('\n\n'),
		queued: {
			phoneNumberId: conversation.channel_id,
			to: { waId: contact?.phone?.slice(1) },
			messages: messages as unknown as IDataObject[],
		},
	};
}

export const offerLinkOperation: WhatsAppCrmOperation = {
	value: 'offerLink',
	name: 'Offer Link to Advisor',
	action: 'Offer link to advisor in conversation',
	description:
		"Ask the customer whether they want to go on at an advisor's own number, knowing that it is not on record there",
	properties: [
		{
			displayName:
				'WhatsApp cannot move a conversation to another number. The customer reads that and chooses; the bot answers the choice. Connect this node to WhatsApp Cloud: Send Queued.',
			name: 'offerLinkNotice',
			type: 'notice',
			default: '',
		},
		{ ...conversationField, required: false, description: 'Empty for the conversation that the item comes from' },
		advisorField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Number',
					name: 'number',
					type: 'string',
					default: '',
					placeholder: 'e.g. +57 301 555 0101',
					description: "With its country code. Empty for the advisor's own phone.",
				},
				requestIdField,
			],
		},
	],
	customerOf: conversationCustomer,
	async execute(context, { store }) {
		const offer = await offerOf(context, store);
		const { crm } = context.item.json;
		const carried: IDataObject = typeof crm === 'object' && crm !== null ? { ...(crm as IDataObject) } : {};
		const shown: IDataObject = { advisorName: offer.advisorName, number: offer.number };
		if (context.manual) return { crm: carried, ...shown, ...(await shownByHand(store, offer)) };
		const { contactId, outboxIds, text, offered } = await offerLink(store, offer);
		const { channel_id: channelId } = await existingConversation(store, offer.conversationId);
		return {
			crm: {
				...carried,
				workspaceId: store.workspaceId,
				channelId,
				contactId,
				conversationId: offer.conversationId,
				outboxIds: [...outboxIds],
			},
			...shown,
			offered,
			text,
		};
	},
};
