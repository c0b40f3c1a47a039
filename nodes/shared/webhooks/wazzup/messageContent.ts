import { lookupTable } from '../../domain/lookupTable';
import type { LocationContent, MediaReference, MessageContent } from '../../domain/messages/events';
import { isRecord, present } from '../meta/present';
import type { WazzupMessagePayload } from './payload';

/** Recorded in a messenger, not sent as a file: what a person said. */
const SPOKEN = /\.(ogg|oga|opus)(\?|$)/i;
/** Wazzup hands WhatsApp's stickers on as pictures. */
const STICKER = /\.(was|webp)(\?|$)/i;

const MEDIA_TYPES = lookupTable<MediaReference['type']>({
	image: 'image',
	video: 'video',
	audio: 'audio',
	document: 'document',
});

function mediaTypeOf(type: string, uri: string): MediaReference['type'] {
	const known = MEDIA_TYPES.get(type) ?? 'document';
	if (known === 'audio' && SPOKEN.test(uri)) return 'voice';
	return known === 'image' && STICKER.test(uri) ? 'sticker' : known;
}

function filenameOf(uri: string): string | undefined {
	if (!URL.canParse(uri)) return undefined;
	const name = new URL(uri).pathname.split('/').at(-1) ?? '';
	try {
		return decodeURIComponent(name) || undefined;
	} catch {
		return name || undefined;
	}
}

const COORDINATES = /(-?\d{1,2}(?:\.\d+)?)\s*[,;]\s*(-?\d{1,3}(?:\.\d+)?)/;

/** Where the text of a location says it. */
function locationIn(words: string | undefined): LocationContent | undefined {
	const found = COORDINATES.exec(words ?? '');
	if (found === null) return undefined;
	return { latitude: Number(found[1]), longitude: Number(found[2]) };
}

/** Names under which the answer to a button may carry what was given with it, the surest first. */
const PAYLOAD_NAMES = ['payload', 'callbackData', 'buttonPayload', 'id'] as const;
const DEEPEST = 4;

/** Wazzup does not document the form of `interactive`: the first payload in it is taken, wherever it is. */
function payloadIn(value: unknown, depth = 0): string | undefined {
	if (depth > DEEPEST) return undefined;
	const parts = Array.isArray(value) ? (value as readonly unknown[]) : isRecord(value) ? Object.values(value) : [];
	if (isRecord(value)) {
		for (const name of PAYLOAD_NAMES) {
			const payload = value[name];
			if (typeof payload === 'string' && payload !== '') return payload;
		}
	}
	for (const part of parts) {
		const payload = payloadIn(part, depth + 1);
		if (payload !== undefined) return payload;
	}
	return undefined;
}

/** What a message of Wazzup says, in the words that every channel shares. */
export function readContent(message: WazzupMessagePayload): MessageContent {
	const { contentUri, interactive } = message;
	const type = message.type?.toLowerCase() ?? 'unknown';
	const words = message.text?.trim() === '' ? undefined : (message.text ?? undefined);
	const payload = payloadIn(interactive);
	if (payload !== undefined) {
		return present({ type: 'reply', text: words, reply: { id: payload, title: words ?? payload, via: 'button' } });
	}
	if (type === 'vcard') {
		return present({ type: 'contacts', text: words, contacts: [{ vcard: words ?? contentUri }] });
	}
	if (contentUri !== undefined) {
		const kind = mediaTypeOf(type, contentUri);
		const media = present<MediaReference>({
			type: kind,
			// Wazzup names a file by its address and by nothing else.
			mediaId: contentUri,
			url: contentUri,
			filename: filenameOf(contentUri),
			caption: words,
		});
		return present({ type: kind, text: words, media });
	}
	if (type === 'geo') {
		const location = locationIn(words);
		return location === undefined ? present({ type: 'unsupported', text: words }) : { type: 'location', location };
	}
	if (type === 'missing_call' || type === 'system') {
		return present({ type: 'system', text: words, system: present({ type, body: words }) });
	}
	if (words !== undefined) return { type: 'text', text: words };
	return { type: type === 'unsupported' || type === 'text' ? 'unsupported' : 'unknown' };
}
