import { lookupTable } from '../../domain/lookupTable';
import type { MediaType, MessageContent, VendorError } from '../../domain/messages/events';
import { isRecord, present } from './present';
import {
	buttonSchema,
	cardSchema,
	editSchema,
	errorSchema,
	interactiveSchema,
	locationSchema,
	mediaSchema,
	orderSchema,
	reactionSchema,
	revokeSchema,
	systemSchema,
	textSchema,
} from './payload';

type ContentReader = (body: unknown, message: Readonly<Record<string, unknown>>) => MessageContent | undefined;

/** Errors of a message, a status or a whole change; what is no error object is left out. */
export function readErrors(errors: unknown): readonly VendorError[] | undefined {
	if (!Array.isArray(errors)) return undefined;
	const known = errors.flatMap((error) => {
		const parsed = errorSchema.safeParse(error);
		if (!parsed.success) return [];
		const { code, title, message, error_data: data, href } = parsed.data;
		return [present<VendorError>({ code, title, message, details: data?.details, href })];
	});
	return known.length > 0 ? known : undefined;
}

function mediaReader(declared: MediaType): ContentReader {
	return (body) => {
		const parsed = mediaSchema.safeParse(body);
		if (!parsed.success) return undefined;
		const { id, mime_type: mimeType, sha256, filename, caption, url, animated, voice } = parsed.data;
		const type = declared === 'audio' && voice === true ? 'voice' : declared;
		return present<MessageContent>({
			type,
			text: caption,
			media: present({ type, mediaId: id, mimeType, sha256, filename, caption, url, animated }),
		});
	};
}

/** `response_json` is a string with JSON in it; a Flow may also answer with plain words. */
function parseFlowAnswer(answer: unknown): unknown {
	if (typeof answer !== 'string') return answer;
	try {
		return JSON.parse(answer);
	} catch {
		return answer;
	}
}

const readInteractive: ContentReader = (body) => {
	const parsed = interactiveSchema.safeParse(body);
	if (!parsed.success) return undefined;
	switch (parsed.data.type) {
		case 'button_reply': {
			const { id, title } = parsed.data.button_reply;
			return { type: 'reply', text: title, reply: { id, title, via: 'button' } };
		}
		case 'list_reply': {
			const { id, title } = parsed.data.list_reply;
			return { type: 'reply', text: title, reply: { id, title, via: 'list' } };
		}
		case 'nfm_reply': {
			const { body: label, response_json: answer } = parsed.data.nfm_reply;
			return present<MessageContent>({ type: 'flow_reply', text: label, flowReply: parseFlowAnswer(answer) });
		}
	}
};

const readSystem: ContentReader = (body) => {
	const parsed = systemSchema.safeParse(body);
	if (!parsed.success) return undefined;
	const { type = 'unknown', body: sentence, wa_id: waId, new_wa_id: newWaId, user_id: newUserId } = parsed.data;
	return present<MessageContent>({
		type: 'system',
		text: sentence,
		system: present({ type, body: sentence, newWaId: waId ?? newWaId, newUserId }),
	});
};

const readUnsupported: ContentReader = (_body, message) =>
	present<MessageContent>({ type: 'unsupported', errors: readErrors(message.errors) });

const CONTENT_READERS = lookupTable<ContentReader>({
	text: (body) => {
		const parsed = textSchema.safeParse(body);
		return parsed.success ? { type: 'text', text: parsed.data.body } : undefined;
	},
	image: mediaReader('image'),
	video: mediaReader('video'),
	audio: mediaReader('audio'),
	voice: mediaReader('voice'),
	document: mediaReader('document'),
	sticker: mediaReader('sticker'),
	location: (body) => {
		const parsed = locationSchema.safeParse(body);
		if (!parsed.success) return undefined;
		const { name, address } = parsed.data;
		const words = [name, address].filter((part) => part !== undefined).join(', ');
		return present<MessageContent>({ type: 'location', text: words || undefined, location: present(parsed.data) });
	},
	contacts: (body) => {
		if (!Array.isArray(body)) return undefined;
		const names = body.flatMap((card) => {
			const parsed = cardSchema.safeParse(card);
			const name = parsed.success ? (parsed.data.name?.formatted_name ?? parsed.data.name?.first_name) : undefined;
			return name === undefined ? [] : [name];
		});
		return present<MessageContent>({ type: 'contacts', text: names.join(', ') || undefined, contacts: body });
	},
	interactive: readInteractive,
	button: (body) => {
		const parsed = buttonSchema.safeParse(body);
		if (!parsed.success) return undefined;
		const { payload, text: title } = parsed.data;
		return { type: 'reply', text: title, reply: { id: payload ?? title, title, via: 'template_button' } };
	},
	reaction: (body) => {
		const parsed = reactionSchema.safeParse(body);
		if (!parsed.success) return undefined;
		const { message_id: messageId, emoji } = parsed.data;
		return present<MessageContent>({ type: 'reaction', text: emoji, reaction: present({ messageId, emoji }) });
	},
	order: (body) => {
		const parsed = orderSchema.safeParse(body);
		if (!parsed.success) return undefined;
		const { catalog_id: catalogId, text, product_items: products } = parsed.data;
		const items = products.map((product) => ({
			productRetailerId: product.product_retailer_id,
			quantity: product.quantity,
			itemPrice: product.item_price,
			currency: product.currency,
		}));
		return present<MessageContent>({ type: 'order', text, order: present({ catalogId, text, items }) });
	},
	system: readSystem,
	edit: (body) => {
		const parsed = editSchema.safeParse(body);
		if (!parsed.success) return undefined;
		const { original_message_id: originalMessageId, message } = parsed.data;
		const edited = isRecord(message) && message.type !== 'edit' ? readMessageContent(message) : undefined;
		return present<MessageContent>({ type: 'edit', text: edited?.text, originalMessageId, edited });
	},
	revoke: (body) => {
		const parsed = revokeSchema.safeParse(body);
		if (!parsed.success) return undefined;
		return { type: 'revoke', originalMessageId: parsed.data.original_message_id };
	},
	unsupported: readUnsupported,
	errors: readUnsupported,
	/** History names a file of the past this way; the file itself follows in a webhook of its own. */
	media_placeholder: readUnsupported,
});

/**
 * What one message object says, whatever its direction. A type that we do not know, or a body without what its type
 * needs, is `unknown`: the person still wrote something, so the event is kept.
 */
export function readMessageContent(message: Readonly<Record<string, unknown>>): MessageContent {
	const { type } = message;
	const reader = typeof type === 'string' ? CONTENT_READERS.get(type) : undefined;
	const content = typeof type === 'string' ? reader?.(message[type], message) : undefined;
	return content ?? present<MessageContent>({ type: 'unknown', errors: readErrors(message.errors) });
}
