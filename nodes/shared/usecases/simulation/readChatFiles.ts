import { strFromU8, unzipSync } from 'fflate';

import { InvalidInput } from '../../domain/invalidInput';
import type { PastChat } from '../../domain/simulation/chatMessage';
import type { DateOrder } from '../../domain/simulation/exportLine';
import { parseChatExport } from '../../domain/simulation/parseChatExport';

export interface ChatFile {
	readonly filename: string;
	readonly bytes: Uint8Array;
}

export interface ExportReading {
	readonly timeZone: string;
	readonly dateOrder?: DateOrder;
}

/** A year of a busy chat is about 5 MB of text; what is larger is no chat, or a zip made to fill the memory. */
const MOST_TEXT = 64 * 1024 * 1024;
const ZIP = [0x50, 0x4b, 0x03, 0x04];

const isZip = (bytes: Uint8Array): boolean => ZIP.every((byte, index) => bytes[index] === byte);

function decode(bytes: Uint8Array): string {
	// Exports are UTF-8; a file that was saved again on Windows begins with the mark of UTF-16.
	return bytes[0] === 0xff && bytes[1] === 0xfe
		? new TextDecoder('utf-16le').decode(bytes)
		: new TextDecoder('utf-8').decode(bytes);
}

function textsOf({ filename, bytes }: ChatFile): Array<{ readonly title: string; readonly text: string }> {
	if (!isZip(bytes)) return [{ title: filename, text: decode(bytes) }];
	let unpacked = 0;
	const entries = unzipSync(bytes, {
		filter: ({ name, originalSize }) => {
			if (!/\.txt$/iu.test(name) || name.startsWith('__MACOSX/')) return false;
			unpacked += originalSize;
			if (unpacked <= MOST_TEXT) return true;
			throw new InvalidInput({
				message: `'${filename}' unpacks to more than ${MOST_TEXT / 1024 / 1024} MB of text`,
				description: 'Export the chat without media, or give fewer chats at a time.',
				parameter: 'Input Data Field Name',
			});
		},
	});
	return Object.entries(entries).map(([name, text]) => ({
		// On iOS every chat is `_chat.txt`; the archive has the name of the customer.
		title: /(?:^|\/)_chat\.txt$/iu.test(name) ? filename : (name.split('/').at(-1) ?? name),
		text: strFromU8(text),
	}));
}

function opened(file: ChatFile): Array<{ readonly title: string; readonly text: string }> {
	try {
		return textsOf(file);
	} catch (error) {
		if (error instanceof InvalidInput) throw error;
		throw new InvalidInput({
			message: `'${file.filename}' cannot be unpacked: ${error instanceof Error ? error.message : 'it is damaged'}`,
			description: 'Export the chat again from WhatsApp, or unpack the file and give the .txt inside.',
			parameter: 'Input Data Field Name',
		});
	}
}

/** A chat from the text that WhatsApp exported. @throws InvalidInput when there is no message in it. */
export function readChatText(title: string, text: string, reading: ExportReading, parameter: string): PastChat {
	const { messages } = parseChatExport(text, reading);
	if (messages.length > 0) return { title: title.replace(/\.(?:txt|zip)$/iu, ''), messages };
	throw new InvalidInput({
		message: `'${title}' is no chat that WhatsApp exported: no line of it begins with a date and a time`,
		description: 'In WhatsApp open the chat, then More > Export chat > Without media, and give that file as it is.',
		parameter,
	});
}

/** Chats from the files that WhatsApp exports: a .txt, or a .zip with one or several of them. @throws InvalidInput */
export function readChatFiles(files: readonly ChatFile[], reading: ExportReading): PastChat[] {
	return files.flatMap((file) => {
		const texts = opened(file);
		if (texts.length > 0)
			return texts.map(({ title, text }) => readChatText(title, text, reading, 'Input Data Field Name'));
		throw new InvalidInput({
			message: `There is no chat in '${file.filename}'`,
			description: 'A .zip that WhatsApp exports has one .txt inside: export the chat again.',
			parameter: 'Input Data Field Name',
		});
	});
}
