import type { ChannelEvent, Identity } from '../../domain/messages/events';
import type { Language } from '../../domain/profile/businessProfile';
import type { JournalRow } from '../../store/repositories/journal';
import type { Mirror } from '../linkedNumbers/mirrors';

/** Which events a trigger node emits. Everything is stored whatever is emitted. */
export interface EmittedEvents {
	readonly messages: boolean;
	readonly statuses: boolean;
	readonly echoes: boolean;
	readonly account: boolean;
}

export interface ReceiveRequest {
	/** The trigger node that received the request. */
	readonly webhookId: string;
	readonly vendor: 'whatsapp' | 'wazzup';
	readonly events: readonly ChannelEvent[];
	readonly emit: EmittedEvents;
	/** Where an event leaves, for a trigger whose outputs are others; undefined: nowhere. Then `emit` is not asked. */
	readonly outputOf?: (event: ChannelEvent) => JournalRow['output'] | undefined;
	/** Only these numbers of ours; absent or empty: all. */
	readonly phoneNumberIds?: readonly string[];
}

export interface ReceiveResult {
	readonly stored: number;
	readonly duplicates: number;
}

/** Where an event came in, and whose number it is. */
export interface Receiving {
	readonly webhookId: string;
	readonly vendor: ReceiveRequest['vendor'];
	/** Set when the number is an advisor's own. */
	readonly mirror?: Mirror;
	/** What the team is told in. */
	readonly language: Language;
}

/** What became of an event. */
export interface Written {
	readonly isNew: boolean;
	readonly contactId?: string;
	readonly conversationId?: string;
	readonly messageId?: string;
}

/** Whom an event is of; undefined: no customer. */
export function personOf(event: ChannelEvent): Identity | undefined {
	switch (event.kind) {
		case 'message':
			return event.from;
		case 'echo':
			return event.to;
		case 'history':
		case 'contact_sync':
			return event.contact;
		default:
			return undefined;
	}
}

/** The bot does not answer what comes in here. */
export const isSilent = (mirror: Mirror | undefined): boolean => mirror !== undefined && !mirror.botAnswers;
