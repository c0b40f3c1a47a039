/**
 * What a file is by its own first bytes, whatever its name and the sender say: only that decides whether a browser may show
 * it and whether WhatsApp takes it. Kinds that WhatsApp does not know are not recognised, and nothing that can hold a script
 * (SVG, HTML, XML) is.
 */

const ascii = (text: string): readonly number[] => [...text].map((letter) => letter.charCodeAt(0));

function has(bytes: Uint8Array, expected: readonly number[], offset = 0): boolean {
	return expected.every((value, index) => bytes[offset + index] === value);
}

const textAt = (bytes: Uint8Array, start: number, end: number): string =>
	String.fromCharCode(...bytes.subarray(start, end));

/** Office files are ZIP archives; which of them it is say the names of the entries. */
const OFFICE_FOLDERS: ReadonlyArray<readonly [folder: string, mimeType: string]> = [
	['word/', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
	['xl/', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
	['ppt/', 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
];

const LOCAL_ENTRY = [0x50, 0x4b, 0x03, 0x04];

/** Names of entries are read at most this far into the archive, bytes. */
const ARCHIVE_HEAD = 256 * 1024;

function officeType(bytes: Uint8Array): string | undefined {
	const end = Math.min(bytes.length - 30, ARCHIVE_HEAD);
	let hasContentTypes = false;
	let found: string | undefined;
	for (let at = 0; at <= end; at += 1) {
		if (bytes[at] !== 0x50 || !has(bytes, LOCAL_ENTRY, at)) continue;
		const length = (bytes[at + 26] ?? 0) + (bytes[at + 27] ?? 0) * 256;
		const name = textAt(bytes, at + 30, at + 30 + Math.min(length, 64));
		hasContentTypes ||= name === '[Content_Types].xml';
		found ??= OFFICE_FOLDERS.find(([folder]) => name.startsWith(folder))?.[1];
	}
	return hasContentTypes ? found : undefined;
}

/** ISO base media: MP4, M4A, 3GP. */
function isoMediaType(bytes: Uint8Array): string | undefined {
	if (!has(bytes, ascii('ftyp'), 4)) return undefined;
	const brand = textAt(bytes, 8, 12);
	if (brand.startsWith('3g')) return 'video/3gpp';
	if (brand.startsWith('M4A') || brand.startsWith('M4B')) return 'audio/mp4';
	return /^(isom|iso[2-9]|mp4[12]|avc1|M4V |MSNV|dash|mmp4|qt {2})/.test(brand) ? 'video/mp4' : undefined;
}

function olderOfficeType(filename: string): string | undefined {
	const ending = filename.toLowerCase().split('.').at(-1);
	if (ending === 'doc') return 'application/msword';
	if (ending === 'xls') return 'application/vnd.ms-excel';
	if (ending === 'ppt') return 'application/vnd.ms-powerpoint';
	return undefined;
}

/** Text without control characters that is no markup: a browser that guesses must not find a page in it. */
function isPlainText(bytes: Uint8Array): boolean {
	if (bytes.length === 0 || bytes.some((value) => value < 0x20 && value !== 9 && value !== 10 && value !== 13)) {
		return false;
	}
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		return !/^\s*<[!?a-z]/i.test(text) && !/<(script|html|svg|iframe|body)\b/i.test(text);
	} catch {
		return false;
	}
}

/** @param filename Tells the older Office formats apart, which share one beginning, and says what is meant to be text. */
export function mediaTypeOf(bytes: Uint8Array, filename = ''): string | undefined {
	if (has(bytes, [0xff, 0xd8, 0xff])) return 'image/jpeg';
	if (has(bytes, [0x89, ...ascii('PNG'), 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png';
	if (has(bytes, ascii('GIF87a')) || has(bytes, ascii('GIF89a'))) return 'image/gif';
	if (has(bytes, ascii('RIFF')) && has(bytes, ascii('WEBP'), 8)) return 'image/webp';
	if (has(bytes, ascii('OggS'))) return 'audio/ogg';
	if (has(bytes, ascii('#!AMR'))) return 'audio/amr';
	if (has(bytes, ascii('ID3'))) return 'audio/mpeg';
	if (bytes[0] === 0xff && [0xf1, 0xf9].includes(bytes[1] ?? 0)) return 'audio/aac';
	if (bytes[0] === 0xff && [0xfb, 0xf3, 0xf2].includes(bytes[1] ?? 0)) return 'audio/mpeg';
	if (has(bytes, ascii('%PDF-'))) return 'application/pdf';
	if (has(bytes, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])) return olderOfficeType(filename);
	if (has(bytes, LOCAL_ENTRY)) return officeType(bytes);
	return isoMediaType(bytes) ?? (/\.(txt|csv|log)$/i.test(filename) && isPlainText(bytes) ? 'text/plain' : undefined);
}
