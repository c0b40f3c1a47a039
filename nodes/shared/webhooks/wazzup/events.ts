import type { ChannelEvent } from '../../domain/messages/events';

/** A chat as Wazzup names it. */
export interface WazzupChat {
	readonly chatType: string;
	readonly chatId?: string;
	readonly username?: string;
	readonly phone?: string;
}

/** Wazzup asks for a contact and waits for it: the answer to the request is the contact. */
export interface CreateContactEvent {
	readonly kind: 'create_contact';
	readonly responsibleUserId?: string;
	readonly name?: string;
	readonly chats: readonly WazzupChat[];
	/** `auto`: a new person wrote; `byUser`: somebody clicked. */
	readonly source?: string;
	readonly raw: unknown;
}

/** Wazzup asks for a deal of contacts that it knows, and waits for it. */
export interface CreateDealEvent {
	readonly kind: 'create_deal';
	readonly responsibleUserId?: string;
	readonly contactIds: readonly string[];
	readonly source?: string;
	readonly raw: unknown;
}

/** Wazzup tries the address before it takes it. */
export interface ProbeEvent {
	readonly kind: 'probe';
}

export type WazzupEvent = ChannelEvent | CreateContactEvent | CreateDealEvent | ProbeEvent;
