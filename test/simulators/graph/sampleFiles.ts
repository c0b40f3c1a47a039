import { basename, extname } from 'node:path';

/** Small genuine files: a telephone never sends bytes that do not fit their type. */
const png = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64',
);
const jpeg = Buffer.from(
	'/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVN//2Q==',
	'base64',
);
const webp = Buffer.from('UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA', 'base64');
const pdf = Buffer.from(
	[
		'%PDF-1.4',
		'1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj',
		'2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj',
		'3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj',
		'trailer<</Root 1 0 R>>',
		'%%EOF',
		'',
	].join('\n'),
	'latin1',
);
const ogg = Buffer.concat([
	Buffer.from('OggS', 'latin1'),
	Buffer.from([0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 19]),
	Buffer.from('OpusHead', 'latin1'),
	Buffer.from([1, 1, 0x38, 1, 0x80, 0xbb, 0, 0, 0, 0, 0]),
]);
const mp4 = Buffer.concat([
	Buffer.from([0, 0, 0, 0x18]),
	Buffer.from('ftypmp42', 'latin1'),
	Buffer.from([0, 0, 0, 0]),
	Buffer.from('mp42isom', 'latin1'),
]);
const zip = Buffer.from('504b0506000000000000000000000000000000000000', 'hex');

const samples: Readonly<Record<string, { readonly mimeType: string; readonly bytes: Buffer }>> = {
	'.jpg': { mimeType: 'image/jpeg', bytes: jpeg },
	'.jpeg': { mimeType: 'image/jpeg', bytes: jpeg },
	'.png': { mimeType: 'image/png', bytes: png },
	'.webp': { mimeType: 'image/webp', bytes: webp },
	'.pdf': { mimeType: 'application/pdf', bytes: pdf },
	'.txt': { mimeType: 'text/plain', bytes: Buffer.from('Lista de productos\n', 'utf8') },
	'.doc': { mimeType: 'application/msword', bytes: zip },
	'.docx': { mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', bytes: zip },
	'.xls': { mimeType: 'application/vnd.ms-excel', bytes: zip },
	'.xlsx': { mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', bytes: zip },
	'.ogg': { mimeType: 'audio/ogg; codecs=opus', bytes: ogg },
	'.mp3': { mimeType: 'audio/mpeg', bytes: Buffer.from('ID3\u0004\u0000\u0000\u0000\u0000\u0000\u0000', 'latin1') },
	'.mp4': { mimeType: 'video/mp4', bytes: mp4 },
};

export interface SentFile {
	readonly bytes: Uint8Array;
	readonly mimeType: string;
	readonly filename: string;
}

/** The bytes as given, or the sample that the ending of a name stands for. */
export function fileOf(file: Uint8Array | string, fallback: string, mimeType?: string, filename?: string): SentFile {
	const name = filename ?? (typeof file === 'string' ? basename(file) : fallback);
	const sample = samples[extname(name).toLowerCase()] ?? samples[extname(fallback)];
	return {
		bytes: typeof file === 'string' ? sample.bytes : file,
		mimeType: mimeType ?? sample.mimeType,
		filename: name,
	};
}
