import type { PastConversation } from '../../domain/conversation/replay';
import type { HistoryEvent, MessageEvent } from '../../domain/messages/events';
import { getContact } from '../../store/repositories/contacts';
import { messagesOfConversation, type MessageRow } from '../../store/repositories/messages';
import type { Store } from '../../store/store';
import { messageOfRow } from '../emit/items';

/** Messages of one conversation that are looked at; older ones count as what was known before. */
const MOST_MESSAGES = 300;

/** A person of the business wrote it, from the inbox or from the linked phone. */
const isPersons = ({ direction, author }: MessageRow): boolean =>
	direction === 'out' && (author === 'advisor' || author === 'phone');

/** An inbound message as the dialogue reads it; one from the history of a linked number names its customer otherwise. */
function inbound(row: MessageRow): MessageEvent {
	const stored = messageOfRow(row) as MessageEvent | (HistoryEvent & { readonly at: Date });
	if (stored.kind === 'message') return stored;
	return {
		kind: 'message',
		id: stored.id,
		at: stored.at,
		raw: undefined,
		channel: stored.channel,
		from: stored.contact,
		content: stored.content,
	};
}

export interface StoredConversation extends PastConversation {
	/** Vendor's time of the last message, for a test that is not to grow. */
	readonly lastAt: number;
}

/**
 * A stored conversation as it can be played again, from its first message on. Undefined when the customer never wrote, or when
 * everything of it was erased.
 * @param untilAt messages after this time do not belong to it
 */
export async function pastConversation(
	store: Store,
	conversation: { readonly id: string; readonly contact_id: string },
	untilAt?: number,
): Promise<StoredConversation | undefined> {
	const newestFirst = await messagesOfConversation(store.db, store, conversation.id, {
		limit: MOST_MESSAGES,
		...(untilAt === undefined ? {} : { before: untilAt + 1 }),
	});
	const rows = newestFirst.reverse();
	const messages = rows.filter(({ direction }) => direction === 'in').map(inbound);
	const last = rows.at(-1);
	if (messages.length === 0 || last === undefined) return undefined;
	const contact = await getContact(store.db, store.workspaceId, conversation.contact_id);
	// With older messages than these, or brought along from another system, the customer was known when it began.
	const known = contact?.imported === 1 || rows.length === MOST_MESSAGES;
	return {
		contact: {
			contactId: conversation.contact_id,
			phone: contact?.phone ?? undefined,
			profileName: contact?.profile_name ?? undefined,
			...(known ? { name: contact?.name ?? undefined, identification: contact?.identification ?? undefined } : {}),
			returning: known && typeof contact?.name === 'string',
			openCases: [],
		},
		messages,
		personWroteAt: rows.filter(isPersons).map(({ at }) => new Date(at)),
		lastAt: last.at,
	};
}
