import { customerName } from '../../domain/identity/knownName';
import { LIMITS, MEDIA_LIMITS, type SendableMediaType } from '../../domain/messages/limits';
import type { OutboundMessage } from '../../domain/messages/outbound';
import type { MessageContent } from '../../domain/messages/events';
import type { Language } from '../../domain/profile/businessProfile';
import { getAttachment, type AttachmentRow } from '../../store/repositories/attachments';
import { openBridgeOf } from '../../store/repositories/bridges';
import { getContact } from '../../store/repositories/contacts';
import type { ConversationRow } from '../../store/repositories/conversations';
import { getMessage, type MessageRow } from '../../store/repositories/messages';
import { kindInWords } from '../../text/bridgeTexts';
import { messageOfRow } from '../emit/items';
import { canReadFreely, conversationWithAdvisor, queueToAdvisor } from './advisorConversation';
import { cardMessage } from './deliver';
import { NotYet, type BridgeWork } from './work';

/** Types of message that say nothing by themselves. */
const SAYS_NOTHING = new Set(['reaction', 'system', 'edit', 'revoke', 'unsupported', 'unknown']);

const place = ({ latitude, longitude, name, address }: NonNullable<MessageContent['location']>): string =>
	[name, address, `https://maps.google.com/?q=${latitude},${longitude}`]
		.filter((part) => part !== undefined)
		.join('\n');

/** What can be passed on of a message that is no file: its words, a place as a link. */
export function wordsOfMessage(row: MessageRow, language: Language): string | undefined {
	const { type, text, location, media, contacts } = messageOfRow(row).content;
	if (media !== undefined || SAYS_NOTHING.has(type)) return undefined;
	if (location !== undefined) return place(location);
	if (text !== undefined && text !== '') return text;
	return contacts === undefined ? undefined : kindInWords('contacts', language);
}

/** What WhatsApp does not show as this kind goes as a document. */
function sendableAs(type: string, mimeType: string): SendableMediaType {
	const plain = (mimeType.split(';')[0] ?? '').trim().toLowerCase();
	for (const kind of ['image', 'video', 'audio', 'sticker'] as const)
		if (kind === type && (MEDIA_LIMITS[kind].mimeTypes as readonly string[]).includes(plain)) return kind;
	return 'document';
}

/** A file of one conversation as it goes to the other; undefined once it is lost. */
export function fileMessage(attachment: AttachmentRow, caption: string | null): OutboundMessage | undefined {
	if (attachment.state === 'pending') throw new NotYet('The file has not come from WhatsApp yet');
	if (attachment.state !== 'stored' || attachment.sha256 === null) return undefined;
	const mimeType = attachment.mime_type ?? 'application/octet-stream';
	const mediaType = sendableAs(attachment.type === 'voice' ? 'audio' : attachment.type, mimeType);
	const hasCaption = mediaType === 'image' || mediaType === 'video' || mediaType === 'document';
	return {
		type: 'media',
		mediaType,
		stored: { sha256: attachment.sha256, mimeType },
		...(hasCaption && caption !== null && caption !== '' ? { caption } : {}),
		...(mediaType === 'document' && attachment.filename !== null ? { filename: attachment.filename } : {}),
	};
}

interface Passing {
	readonly conversation: ConversationRow;
	readonly own: ConversationRow;
	readonly advisorId: string;
	readonly name: string;
}

async function passing(work: BridgeWork, conversationId: string, contactId: string): Promise<Passing | undefined> {
	const { tx, store } = work;
	const conversation = await work.conversation(conversationId);
	const bridge = conversation && (await openBridgeOf(tx, store.workspaceId, conversation.id));
	if (!conversation || !bridge) return undefined;
	const own = await conversationWithAdvisor(tx, store, contactId, {
		channelId: conversation.channel_id,
		webhookId: conversation.webhook_id,
	});
	const contact = await getContact(tx, store.workspaceId, conversation.contact_id);
	return { conversation, own, advisorId: bridge.advisor_id, name: customerName(contact) };
}

async function queue(
	work: BridgeWork,
	{ conversation, own, advisorId, name }: Passing,
	message: OutboundMessage,
): Promise<void> {
	const { tx, store, desk } = work;
	const id = store.newId();
	// Whoever holds a customer but has not written for a day gets a card again: answering it opens WhatsApp's window.
	const free = canReadFreely(own, store.now());
	const need =
		'text' in message
			? message.text
			: kindInWords('mediaType' in message ? message.mediaType : '', desk.profile.language);
	const queued = await queueToAdvisor(tx, store, own, {
		id,
		kind: free ? 'relay' : 'card',
		request_id: work.taskId,
		advisorId,
		about: { conversationId: conversation.id, contactId: conversation.contact_id },
		message: free ? message : cardMessage(desk.profile, { name, need }, { id, answerable: true, free }),
		owner: desk.owner,
		wakeAt: work.wakeAt,
	});
	if (queued) work.queuedIn.push(own);
}

/** What a customer wrote in one turn, in one bubble under their name, to whoever attends them. */
export async function relay(
	work: BridgeWork,
	task: { readonly conversationId: string; readonly messageIds: readonly string[] },
	contactId: string,
): Promise<void> {
	const found = await passing(work, task.conversationId, contactId);
	if (found === undefined) return;
	const { store, tx, desk } = work;
	const words: string[] = [];
	for (const id of task.messageIds) {
		const row = await getMessage(tx, store.workspaceId, id);
		const said = row && wordsOfMessage(row, desk.profile.language);
		if (said !== undefined) words.push(said);
	}
	if (words.length === 0) return;
	await queue(work, found, { type: 'text', text: `*${found.name}*\n${words.join('\n')}`.slice(0, LIMITS.text) });
}

/** A customer's file to whoever attends them, once it has come from WhatsApp. */
export async function relayFile(
	work: BridgeWork,
	task: { readonly conversationId: string; readonly attachmentId: string },
	contactId: string,
): Promise<void> {
	const found = await passing(work, task.conversationId, contactId);
	const attachment = await getAttachment(work.tx, work.store.workspaceId, task.attachmentId);
	if (found === undefined || !attachment) return;
	const label = attachment.caption === null ? `*${found.name}*` : `*${found.name}*\n${attachment.caption}`;
	const lost = {
		type: 'text' as const,
		text: `*${found.name}*\n${kindInWords(attachment.type, work.desk.profile.language)} ⚠️`,
	};
	await queue(work, found, fileMessage(attachment, label) ?? lost);
}
