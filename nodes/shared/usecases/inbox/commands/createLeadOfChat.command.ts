import { normalizeChatId } from '../../../domain/wazzup/chatTypes';
import type { CommandInput } from '../../../domain/inbox/requests';
import type { Identity } from '../../../domain/messages/events';
import { contactOfIdentity } from '../../../store/repositories/contactIdentities';
import { getContact } from '../../../store/repositories/contacts';
import { openLeadOfContact } from '../../../store/repositories/leads';
import { identityOfChat } from '../../../webhooks/wazzup';
import { createLeadInside } from '../../leads/createLead';
import { createContactForWazzup } from '../../wazzup/createContact';
import { insertEmptyLead } from '../../wazzup/createDeal';
import { seenOfContact } from '../access';
import { Refusal } from '../refusal';
import { notFound } from '../viewer';
import type { CustomerCommand } from './command';
import { leadItem } from './leadItem';
import { requestOf } from '../requestOf';

type Chat = CommandInput<'createLeadOfChat'>;

/** @throws Refusal when no such chat can exist */
function identityOf({ chatType, chatId }: Chat): Identity {
	const normalized = normalizeChatId(chatType, chatId);
	if (normalized !== undefined) return identityOfChat(chatType, normalized);
	throw new Refusal(422, {
		message: 'Wazzup named a chat that cannot exist',
		description: 'Open the chat in Wazzup again.',
		field: 'chatId',
		code: 'impossibleChat',
	});
}

/**
 * The "+" of Wazzup's chat window, told by the window instead of by webhook: the lead of that chat's customer. Who presses
 * it is who is logged in here, whatever the window says; a customer has one open lead, so pressing twice opens the same.
 */
export const createLeadOfChat: CustomerCommand<'createLeadOfChat'> = {
	about: 'customer',
	async before({ store, viewer, webhookId }, chat) {
		const identity = identityOf(chat);
		if ((await contactOfIdentity(store.db, store.workspaceId, identity)) !== undefined) return;
		const chatId = identity.waId ?? normalizeChatId(chat.chatType, chat.chatId);
		await createContactForWazzup(store, {
			webhookId,
			event: {
				kind: 'create_contact',
				responsibleUserId: viewer.advisorId,
				chats: [{ chatType: chat.chatType, chatId }],
				source: 'byUser',
				raw: {},
			},
			emit: false,
			home: '',
		});
	},
	async locate(executor, { store, profile, viewer }, chat) {
		const contactId = await contactOfIdentity(executor, store.workspaceId, identityOf(chat));
		if (contactId === undefined) throw notFound('contact');
		const { seen, hasOthers } = await seenOfContact(executor, store, profile, viewer, contactId);
		if (seen.length === 0 && hasOthers) throw notFound('contact');
		return { contactId, conversation: seen[0] };
	},
	async run(tx, context, { contactId, conversation }) {
		const { store, profile, viewer, actor } = context;
		const place = conversation === undefined ? {} : { conversationId: conversation.id };
		const open = await openLeadOfContact(tx, store.workspaceId, contactId);
		if (open) return { answer: { leadId: open.id, action: 'opened', ...place } };
		if (conversation === undefined) {
			const contact = await getContact(tx, store.workspaceId, contactId);
			const event = { responsibleUserId: viewer.advisorId, source: 'byUser' };
			const lead = contact && (await insertEmptyLead(tx, store, contact, event, actor));
			if (!lead) throw notFound('contact');
			return { answer: { leadId: lead.id, action: 'created' } };
		}
		const { lead, action } = await createLeadInside(tx, store, profile, {
			contactId,
			conversationId: conversation.id,
			requestId: requestOf(context),
			actor,
		});
		return { answer: { leadId: lead.id, action, ...place }, output: 'crearLead', item: leadItem(lead, action) };
	},
};
