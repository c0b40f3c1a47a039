import type { ChannelEvent, Identity, MessageContent, MessageEvent } from '../../domain/messages/events';
import type { MessageRow } from '../../store/repositories/messages';

/** JSON of an item on the canvas. */
export type ItemJson = Record<string, unknown>;

/** Ids of the store that an event belongs to. */
export interface EventOwner {
	readonly workspaceId: string;
	readonly webhookId: string;
	readonly channelId?: string;
	readonly contactId?: string;
	readonly conversationId?: string;
	readonly messageId?: string;
}

function person(identity: Identity): ItemJson {
	return {
		phone: identity.waId === undefined ? undefined : `+${identity.waId}`,
		userId: identity.userId,
		username: identity.username,
		profileName: identity.profileName,
	};
}

function readable(content: MessageContent): ItemJson {
	const { type, text, media, location, contacts, reply, flowReply, reaction, order, originalMessageId, edited } =
		content;
	return { type, text, media, location, contacts, reply, flowReply, reaction, order, originalMessageId, edited };
}

function crmOf(owner: EventOwner): ItemJson {
	return {
		workspaceId: owner.workspaceId,
		webhookId: owner.webhookId,
		channelId: owner.channelId,
		contactId: owner.contactId,
		conversationId: owner.conversationId,
		messageId: owner.messageId,
	};
}

/**
 * The item that a trigger emits for an event: flat fields in an operator's words, `raw` as the vendor sent it, and our
 * ids in `crm`.
 */
export function itemOfEvent(event: ChannelEvent, owner: EventOwner): ItemJson {
	const base: ItemJson = { crm: crmOf(owner), kind: event.kind, id: event.id, at: event.at.toISOString() };
	switch (event.kind) {
		case 'message':
			return {
				...base,
				from: person(event.from),
				...readable(event.content),
				context: event.context,
				referral: event.referral,
				groupId: event.groupId,
				raw: event.raw,
			};
		case 'echo':
			return { ...base, to: person(event.to), ...readable(event.content), raw: event.raw };
		case 'history':
			return {
				...base,
				direction: event.direction,
				contact: person(event.contact),
				...readable(event.content),
				status: event.status,
				progress: event.progress,
				raw: event.raw,
			};
		case 'status':
			return {
				...base,
				messageId: event.messageId,
				status: event.status,
				recipient: person(event.recipient),
				outboxId: event.callbackData,
				errors: event.errors,
				pricing: event.pricing,
				raw: event.raw,
			};
		case 'contact_sync':
			return {
				...base,
				action: event.action,
				contact: { ...person(event.contact), fullName: event.contact.fullName },
				raw: event.raw,
			};
		case 'account':
			return { ...base, field: event.field, event: event.event, wabaId: event.wabaId, raw: event.raw };
		case 'error':
			return { ...base, errors: event.errors, raw: event.raw };
		case 'unknown':
			return { ...base, field: event.field, raw: event.raw };
	}
}

/** What is kept of an inbound message for the turn: the event without the vendor's own object. */
export function storedMessage(event: MessageEvent): string {
	return JSON.stringify({ ...event, raw: undefined });
}

/** An inbound message as the turn reads it: a voice note says its transcript. */
export function messageOfRow({ content, text, transcript_at }: MessageRow): MessageEvent {
	const message = messageOfStored(content);
	if (transcript_at === null || text === null) return message;
	return { ...message, content: { ...message.content, text } };
}

/** The event as the turn wants it. */
export function messageOfStored(content: string): MessageEvent {
	const stored = JSON.parse(content) as Omit<MessageEvent, 'at' | 'raw'> & { readonly at: string };
	return { ...stored, at: new Date(stored.at), raw: undefined };
}
