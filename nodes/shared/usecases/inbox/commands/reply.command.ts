import { buildTemplateComponents } from '../../../clients/whatsapp/templateComponents';
import { mayWrite } from '../../../domain/consent/mayWrite';
import type { CommandInput } from '../../../domain/inbox/requests';
import type { TemplateView } from '../../../domain/inbox/views';
import { LIMITS } from '../../../domain/messages/limits';
import type { OutboundMessage } from '../../../domain/messages/outbound';
import { isWindowOpen } from '../../../domain/messages/serviceWindow';
import { insertAttachment } from '../../../store/repositories/attachments';
import { appendAudit } from '../../../store/repositories/auditLog';
import { getChannel } from '../../../store/repositories/channels';
import { getContact, type ContactRow } from '../../../store/repositories/contacts';
import { getConversation, type ConversationRow } from '../../../store/repositories/conversations';
import { getMessage } from '../../../store/repositories/messages';
import { unusedUploads, useUpload, type UploadRow } from '../../../store/repositories/uploads';
import type { StoreTransaction } from '../../../store/store';
import { actOnConversation } from '../../dialogue/conversationMode';
import { queueMessage } from '../../send/queueMessage';
import { Refusal } from '../refusal';
import { mediaKindOf } from '../upload';
import { notFound } from '../viewer';
import { assertFree } from './assertFree';
import type { Command, CommandContext } from './command';
import { followQuotation } from './followQuotation';
import { conversationSubject } from './locate';
import { requestOf } from '../requestOf';

type Reply = CommandInput<'reply'>;

/** A consent of the contact, as the dialogue and imports write it. */
interface StoredConsent {
	readonly at: number;
	readonly kind?: string;
}

function assertMayWrite(
	context: CommandContext,
	contact: ContactRow,
	conversation: ConversationRow,
	template: { readonly category: string } | undefined,
): void {
	const { store, profile } = context;
	const now = store.now();
	if (template === undefined && !isWindowOpen(conversation.last_inbound_at, now)) {
		throw new Refusal(422, {
			message: "The customer's 24 hours are over: WhatsApp delivers only message templates now",
			description: 'Choose an approved template. Once the customer answers, you can write freely again.',
			field: 'template',
			code: 'windowClosed',
		});
	}
	const consents = contact.consent === null ? [] : (JSON.parse(contact.consent) as readonly StoredConsent[]);
	const isMarketing = template?.category.toLowerCase() === 'marketing';
	// Who wrote within the day is answered, also one who wants nothing else from us.
	const answers = isWindowOpen(conversation.last_inbound_at, now) && !isMarketing;
	const permission = mayWrite(
		isMarketing ? 'marketing' : answers ? 'answer' : 'service',
		{
			optedOutAt: contact.opted_out_at ?? undefined,
			marketingSince: consents.find(({ kind }) => kind === 'marketing')?.at,
		},
		new Date(now),
		profile,
	);
	if (permission.allowed) return;
	throw new Refusal(422, {
		message: permission.reason,
		description: isMarketing
			? 'Advertising leaves only to who agreed to it, in the contact hours of the business profile. Use a utility template, or wait.'
			: 'Wait until the person writes.',
		field: 'template',
		code: permission.code,
	});
}

async function templateOf(
	context: CommandContext,
	channelId: string,
	wanted: NonNullable<Reply['template']>,
): Promise<TemplateView | undefined> {
	const known = await context.services.templatesOf?.(channelId);
	if (known === undefined) return undefined;
	const found = known.find(({ name, languageCode }) => name === wanted.name && languageCode === wanted.languageCode);
	if (found) return found;
	throw new Refusal(422, {
		message: `There is no approved template '${wanted.name}' (${wanted.languageCode}) on this number`,
		description: 'Choose one from the list.',
		field: 'template',
		code: 'noSuchTemplate',
		values: { template: wanted.name },
	});
}

function templateMessage(wanted: NonNullable<Reply['template']>, known: TemplateView | undefined): OutboundMessage {
	const names = known?.variables ?? [];
	if (known !== undefined && wanted.values.length !== names.length) {
		throw new Refusal(422, {
			message: `The template '${wanted.name}' has ${names.length} places to fill, and ${wanted.values.length} are filled`,
			description: 'Fill every place.',
			field: 'template.values',
			code: 'templateNotFilled',
			values: { template: wanted.name, places: names.length },
		});
	}
	const isNamed = names.some((name) => !/^\d+$/.test(name));
	const body = wanted.values.map((text, place) => ({ text, ...(isNamed ? { name: names[place] } : {}) }));
	const category = known?.category.toLowerCase();
	return {
		type: 'template',
		name: wanted.name,
		languageCode: wanted.languageCode,
		components: buildTemplateComponents({ body }),
		...(category === 'marketing' || category === 'utility' || category === 'authentication' ? { category } : {}),
	};
}

/** Only pictures, videos and documents carry words; a caption is shorter than a message. */
function fileMessages(
	uploads: readonly UploadRow[],
	text: string | undefined,
): Array<{ message: OutboundMessage; upload?: UploadRow }> {
	const [first] = uploads;
	const firstKind = first && mediaKindOf(first.mime_type);
	const asCaption =
		text !== undefined && firstKind !== undefined && firstKind !== 'audio' && text.length <= LIMITS.caption;
	const files = uploads.map((upload, place) => {
		const mediaType = mediaKindOf(upload.mime_type) ?? 'document';
		const message: OutboundMessage = {
			type: 'media',
			mediaType,
			stored: { sha256: upload.sha256, mimeType: upload.mime_type },
			...(place === 0 && asCaption ? { caption: text } : {}),
			...(mediaType === 'document' ? { filename: upload.filename } : {}),
		};
		return { message, upload };
	});
	const words: Array<{ message: OutboundMessage; upload?: UploadRow }> =
		text === undefined || asCaption ? [] : [{ message: { type: 'text', text } }];
	return [...words, ...files];
}

async function takeUploads(
	tx: StoreTransaction,
	context: CommandContext,
	uploadIds: readonly string[],
): Promise<UploadRow[]> {
	const { store, viewer } = context;
	const uploads = await unusedUploads(tx, store.workspaceId, viewer.advisorId, uploadIds);
	for (const upload of uploads) await useUpload(tx, store, upload.id);
	if (uploads.length === uploadIds.length) return uploads;
	throw new Refusal(409, {
		message: 'A file is not there any more',
		description: 'Files wait an hour for their message. Choose it again.',
		field: 'uploadIds',
		code: 'fileGone',
	});
}

async function keepFile(
	tx: StoreTransaction,
	{ store }: CommandContext,
	conversation: ConversationRow,
	messageId: string,
	upload: UploadRow,
): Promise<void> {
	const now = store.now();
	await insertAttachment(tx, {
		id: store.newId(),
		workspace_id: store.workspaceId,
		channel_id: conversation.channel_id,
		contact_id: conversation.contact_id,
		message_id: messageId,
		media_id: null,
		type: mediaKindOf(upload.mime_type) ?? 'document',
		mime_type: upload.mime_type,
		filename: upload.filename,
		caption: null,
		sha256: upload.sha256,
		size: upload.size,
		state: 'stored',
		attempts: 0,
		ready_at: now,
		owner: null,
		claimed_at: null,
		error: null,
		created_at: now,
	});
}

async function quotedId(
	tx: StoreTransaction,
	context: CommandContext,
	conversationId: string,
	messageId: string | undefined,
): Promise<string | undefined> {
	if (messageId === undefined) return undefined;
	const message = await getMessage(tx, context.store.workspaceId, messageId);
	if (!message || message.conversation_id !== conversationId) throw notFound('message');
	return message.vendor_id ?? undefined;
}

/** The inbox's own branch sends through Meta. On a channel of Wazzup the Due of its trigger carries it, at once. */
async function wakeOf(
	tx: StoreTransaction,
	store: CommandContext['store'],
	conversation: ConversationRow,
): Promise<number | undefined> {
	const channel = await getChannel(tx, store.workspaceId, conversation.channel_id);
	return channel?.vendor === 'wazzup' ? store.now() : undefined;
}

/** A person writes to the customer: the bot is silent from then on, and the conversation is theirs (D13, D33). */
export const reply: Command<'reply'> = {
	about: 'customer',
	locate: conversationSubject,
	async prepare(context, input) {
		if (input.text === undefined && input.uploadIds.length === 0 && input.template === undefined) {
			throw new Refusal(422, {
				message: 'There is nothing to send',
				description: 'Write something first.',
				field: 'text',
				code: 'nothingToSend',
			});
		}
		if (input.template === undefined) return {};
		const conversation = await getConversation(context.store.db, context.store.workspaceId, input.conversationId);
		if (!conversation) throw notFound('conversation');
		return { template: await templateOf(context, conversation.channel_id, input.template) };
	},
	async run(tx, context, { contactId }, input) {
		const { store, viewer, profile, actor, template: known } = context;
		const conversation = await getConversation(tx, store.workspaceId, input.conversationId);
		const contact = await getContact(tx, store.workspaceId, contactId);
		if (!conversation || !contact) throw notFound('conversation');
		await assertFree(tx, context, conversation);
		assertMayWrite(context, contact, conversation, input.template && { category: known?.category ?? 'utility' });
		const uploads = await takeUploads(tx, context, input.uploadIds);
		const replyTo = await quotedId(tx, context, conversation.id, input.quotedMessageId);
		const messages: Array<{ message: OutboundMessage; upload?: UploadRow }> =
			input.template === undefined
				? fileMessages(uploads, input.text)
				: [{ message: templateMessage(input.template, known) }];
		const wakeAt = await wakeOf(tx, store, conversation);
		const outboxIds: string[] = [];
		for (const [sequence, { message, upload }] of messages.entries()) {
			const id = await queueMessage(tx, store, conversation, {
				message: sequence === 0 && replyTo !== undefined ? { ...message, replyTo } : message,
				requestId: requestOf(context),
				sequence,
				author: 'advisor',
				advisorId: viewer.advisorId,
				owner: store.bootId,
				wakeAt,
			});
			if (upload) await keepFile(tx, context, conversation, id, upload);
			outboxIds.push(id);
		}
		await actOnConversation(tx, store, profile, conversation, {
			act: 'wrote',
			actor,
			requestId: context.requestId,
			ownerAdvisorId: viewer.advisorId,
		});
		if (uploads.length > 0) await followQuotation(tx, context, conversation);
		await appendAudit(tx, store, {
			contactId,
			actor,
			action: 'message.written',
			subjectKind: 'conversation',
			subjectId: conversation.id,
			payload: {
				messageIds: outboxIds,
				template: input.template?.name,
				requestId: context.requestId,
				from: context.address,
			},
		});
		return {
			answer: { messageIds: outboxIds },
			output: 'reply',
			outboxIds,
			item: { text: input.text, files: uploads.length, template: input.template?.name },
		};
	},
};
