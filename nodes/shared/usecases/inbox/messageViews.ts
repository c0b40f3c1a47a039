import type { Failure } from '../../domain/failures/failure';
import type { AttachmentView, DeliveryStatus, MessageView, PersonOfTeam } from '../../domain/inbox/views';
import type { MessageContent, MessageEvent, VendorError } from '../../domain/messages/events';
import type { OutboundMessage } from '../../domain/messages/outbound';
import type { AttachmentRow } from '../../store/repositories/attachments';
import {
	attachmentsByMessage,
	doubtfulSends,
	messagesAbout,
	messagesByVendorId,
} from '../../store/repositories/inboxLookups';
import type { MessageRow } from '../../store/repositories/messages';
import type { OutboxRow } from '../../store/repositories/outbox';
import type { Executor, Store } from '../../store/store';
import { ABOUT_ANOTHER } from '../receive/changedMessage';
import { failureOfErrors } from '../failures/readFailure';
import { commandOf } from './requestOf';
import { teamNames } from './teamNames';

const DELIVERY: ReadonlySet<string> = new Set<DeliveryStatus>([
	'queued',
	'accepted',
	'sent',
	'delivered',
	'read',
	'failed',
]);

/** The ticks of a message of ours. */
export function deliveryOf(message: MessageRow, isUnknown: boolean): DeliveryStatus | undefined {
	if (message.direction === 'in') return undefined;
	if (isUnknown) return 'unknown';
	const status = message.delivery_status;
	if (status === 'played') return 'read';
	if (status === 'cancelled') return 'failed';
	return status !== null && DELIVERY.has(status) ? (status as DeliveryStatus) : undefined;
}

/** The first words, in one line. */
export function previewOf(message: Pick<MessageRow, 'text'>, length: number): string {
	const line = (message.text ?? '').replace(/\s+/g, ' ').trim();
	const letters = [...line];
	return letters.length > length ? `${letters.slice(0, length - 1).join('')}…` : line;
}

type StoredContent =
	| { readonly kind: 'received'; readonly content: MessageContent; readonly context?: MessageEvent['context'] }
	| { readonly kind: 'queued'; readonly message: OutboundMessage };

/** What came and what a phone of ours wrote is stored as its event, what we queue as the message. */
function contentOf(row: MessageRow): StoredContent {
	const parsed = JSON.parse(row.content) as { content?: MessageContent; context?: MessageEvent['context'] };
	if (parsed.content !== undefined) return { kind: 'received', content: parsed.content, context: parsed.context };
	return { kind: 'queued', message: parsed as unknown as OutboundMessage };
}

function quotedVendorId(row: MessageRow): string | undefined {
	const stored = contentOf(row);
	return stored.kind === 'received' ? stored.context?.messageId : stored.message.replyTo;
}

const failureOf = ({ error }: MessageRow): Failure | undefined =>
	error === null ? undefined : failureOfErrors(JSON.parse(error) as ReadonlyArray<Partial<VendorError>>);

/** A contact's card as Meta sends it. */
interface SharedCard {
	readonly name?: { readonly formatted_name?: string };
	readonly phones?: ReadonlyArray<{ readonly phone?: string }>;
}

function cardsOf(contacts: readonly unknown[]): MessageView['contacts'] {
	return (contacts as readonly SharedCard[]).map(({ name, phones }) => ({
		name: name?.formatted_name ?? '',
		phones: (phones ?? []).flatMap(({ phone }) => (phone === undefined ? [] : [phone])),
	}));
}

export function attachmentViewOf(row: AttachmentRow, transcript?: string | null): AttachmentView {
	const kind = row.type === 'voice' ? 'audio' : row.type;
	return {
		id: row.id,
		kind: kind === 'image' || kind === 'audio' || kind === 'video' || kind === 'sticker' ? kind : 'document',
		...(row.filename === null ? {} : { filename: row.filename }),
		...(row.mime_type === null ? {} : { mimeType: row.mime_type }),
		...(row.size === null ? {} : { size: row.size }),
		state: row.state,
		...(transcript === null || transcript === undefined ? {} : { transcript }),
	};
}

function said(stored: StoredContent): Partial<MessageView> {
	if (stored.kind === 'received') {
		const { location, contacts } = stored.content;
		return {
			...(location === undefined ? {} : { location }),
			...(contacts === undefined ? {} : { contacts: cardsOf(contacts) }),
		};
	}
	const { message } = stored;
	switch (message.type) {
		case 'choices':
			return { choices: message.choices.map(({ title }) => title) };
		case 'url_button':
			return { link: { label: message.label, url: message.url } };
		case 'template':
			return { template: message.name };
		default:
			return {};
	}
}

interface Around {
	readonly attachments: ReadonlyMap<string, AttachmentRow>;
	readonly sends: ReadonlyMap<string, Pick<OutboxRow, 'state' | 'possible_duplicate'>>;
	readonly about: ReadonlyMap<string, readonly MessageRow[]>;
	readonly quoted: ReadonlyMap<string, MessageRow>;
	readonly person: (id: string | null) => PersonOfTeam | undefined;
}

/** The newest reaction of each side; one without an emoji takes the one before back. */
function reactionsOf(about: readonly MessageRow[]): MessageView['reactions'] {
	const latest = new Map<MessageRow['author'], string | undefined>();
	for (const row of about) {
		if (row.type !== 'reaction') continue;
		const stored = contentOf(row);
		latest.set(row.author, stored.kind === 'received' ? stored.content.reaction?.emoji : undefined);
	}
	return [...latest].flatMap(([author, emoji]) => (emoji === undefined || emoji === '' ? [] : [{ author, emoji }]));
}

function quoteOf(row: MessageRow, around: Around): MessageView['quoted'] {
	const vendorId = quotedVendorId(row);
	if (vendorId === undefined) return undefined;
	const original = around.quoted.get(vendorId);
	if (!original) return { preview: '' };
	return {
		id: original.id,
		author: original.author,
		preview: original.deleted_at === null ? previewOf(original, 100) : '',
	};
}

const EXPLAINED: ReadonlySet<MessageRow['author']> = new Set(['bot']);

function viewOf(row: MessageRow, around: Around): MessageView {
	const about = around.about.get(row.vendor_id ?? '') ?? [];
	// An edit or deletion may have overtaken the message it is about.
	const deleted = row.deleted_at !== null || about.some(({ type }) => type === 'revoke');
	const edit = row.edited_at === null ? about.findLast(({ type }) => type === 'edit') : undefined;
	const attachment = around.attachments.get(row.id);
	const send = around.sends.get(row.id);
	const status = deliveryOf(row, send?.state === 'unknown');
	const failure = status === 'failed' ? failureOf(row) : undefined;
	const quoted = quoteOf(row, around);
	const advisor = around.person(row.advisor_id);
	const requestId = commandOf(row);
	const reactions = reactionsOf(about);
	const text = edit?.text ?? row.text;
	return {
		id: row.id,
		kind: 'message',
		direction: row.direction,
		author: row.author,
		...(advisor === undefined ? {} : { advisor }),
		...(requestId === undefined ? {} : { requestId }),
		type: row.type,
		...(deleted || text === null || row.transcript_at !== null ? {} : { text }),
		at: new Date(row.at).toISOString(),
		...(status === undefined ? {} : { status }),
		...(failure === undefined ? {} : { failure }),
		...(send?.possible_duplicate === 1 ? { possibleDuplicate: true } : {}),
		...(row.edited_at !== null || edit !== undefined ? { edited: true } : {}),
		...(deleted ? { deleted: true } : {}),
		...(quoted === undefined ? {} : { quoted }),
		...(attachment === undefined || deleted
			? {}
			: { attachment: attachmentViewOf(attachment, row.transcript_at === null ? undefined : row.text) }),
		...(deleted ? {} : said(contentOf(row))),
		...(reactions === undefined || reactions.length === 0 ? {} : { reactions }),
		...(EXPLAINED.has(row.author) && row.request_id !== null ? { explainable: true } : {}),
	};
}

/** Messages of one conversation as the thread shows them; a handful of questions however many they are. */
export async function messageViews(
	executor: Executor,
	store: Store,
	rows: readonly MessageRow[],
): Promise<MessageView[]> {
	const [first] = rows;
	if (first === undefined) return [];
	const { workspaceId } = store;
	const vendorIds = rows.flatMap(({ vendor_id }) => (vendor_id === null ? [] : [vendor_id]));
	const quotedIds = rows.flatMap((row) => quotedVendorId(row) ?? []);
	const about = new Map<string, MessageRow[]>();
	for (const row of await messagesAbout(executor, first.conversation_id, vendorIds)) {
		const id = row.about_vendor_id ?? '';
		about.set(id, [...(about.get(id) ?? []), row]);
	}
	const quoted = await messagesByVendorId(executor, workspaceId, first.channel_id, quotedIds);
	const around: Around = {
		attachments: await attachmentsByMessage(
			executor,
			workspaceId,
			rows.map(({ id }) => id),
		),
		sends: await doubtfulSends(
			executor,
			workspaceId,
			rows.filter(({ direction }) => direction === 'out').map(({ id }) => id),
		),
		about,
		// A quote never leads out of its conversation.
		quoted: new Map(
			quoted.flatMap((row) =>
				row.conversation_id === first.conversation_id && row.vendor_id !== null ? [[row.vendor_id, row] as const] : [],
			),
		),
		person: await teamNames(executor, workspaceId),
	};
	return rows.map((row) => viewOf(row, around));
}

/** Kinds of message that are no lines of the thread. */
export const NOT_IN_THREAD: readonly string[] = [...ABOUT_ANOTHER, 'system'];
