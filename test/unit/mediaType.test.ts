import { strToU8, zipSync } from 'fflate';

import { MEDIA_LIMITS } from '../../nodes/shared/domain/messages/limits';
import { mediaTypeOf } from '../../nodes/shared/domain/messages/mediaType';
import * as fc from '../support/properties';

const hex = (digits: string): Uint8Array => Buffer.from(digits, 'hex');
const text = (content: string): Uint8Array => Buffer.from(content, 'latin1');
const utf8 = (content: string): Uint8Array => Buffer.from(content, 'utf8');
const office = (folder: string): Uint8Array =>
	zipSync({ '[Content_Types].xml': strToU8('<Types/>'), [`${folder}document.xml`]: strToU8('<x/>') });
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const SLIDES = 'application/vnd.openxmlformats-officedocument.presentationml.presentation';
const OLE = hex('d0cf11e0a1b11ae1');

describe('P3: what a file is say its bytes', () => {
	test.each([
		['image/jpeg', hex('ffd8ffe000104a464946'), ''],
		['image/png', hex('89504e470d0a1a0a'), ''],
		['image/gif', text('GIF89a'), ''],
		['image/webp', text('RIFF\0\0\0\0WEBPVP8 '), ''],
		['audio/ogg', text('OggS\0\x02'), ''],
		['audio/amr', text('#!AMR\n'), ''],
		['audio/mpeg', text('ID3\x03'), ''],
		['audio/mpeg', hex('fffb9064'), ''],
		['audio/aac', hex('fff15080'), ''],
		['audio/mp4', text('\0\0\0\x20ftypM4A '), ''],
		['video/mp4', text('\0\0\0\x20ftypisom'), ''],
		['video/3gpp', text('\0\0\0\x20ftyp3gp4'), ''],
		['application/pdf', text('%PDF-1.7'), ''],
		['application/msword', OLE, 'carta.DOC'],
		['application/vnd.ms-excel', OLE, 'lista.xls'],
		['application/vnd.ms-powerpoint', OLE, 'charla.ppt'],
		[WORD, office('word/'), ''],
		[EXCEL, office('xl/'), ''],
		[SLIDES, office('ppt/'), ''],
		['text/plain', utf8('uno;dos\nñandú;3'), 'lista.csv'],
	])('%s', (expected, bytes, filename) => {
		expect(mediaTypeOf(bytes, filename)).toBe(expected);
	});

	test.each([
		['an SVG, whatever it is called', utf8('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'foto.png'],
		['a page that calls itself text', utf8('<!doctype html><script>alert(1)</script>'), 'nota.txt'],
		['text with a script further down', utf8('Hola\n<script>alert(1)</script>'), 'nota.txt'],
		['text with control characters', utf8('hola\u0000mundo'), 'nota.txt'],
		['text that is no UTF-8', hex('e9e8ff'), 'nota.txt'],
		['text that is not called so', utf8('hola'), 'hola'],
		['an old Office file that is none of the three', OLE, 'virus.msi'],
		['an archive that is no Office file', zipSync({ 'word.txt': strToU8('x') }), 'a.docx'],
		['an archive with a folder of the name and nothing else', zipSync({ 'word/a.js': strToU8('x') }), 'a.docx'],
		['a program', text('MZ\x90\0'), 'factura.pdf'],
		['nothing', new Uint8Array(), 'a.txt'],
	])('%s is nothing that WhatsApp takes or a browser shows', (_what, bytes, filename) => {
		expect(mediaTypeOf(bytes, filename)).toBeUndefined();
	});

	test('whatever comes, the answer is a type that WhatsApp knows, or none', () => {
		const known = new Set<string>(Object.values(MEDIA_LIMITS).flatMap(({ mimeTypes }) => [...mimeTypes]));
		known.add('image/gif');
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 400 }), fc.string({ maxLength: 20 }), (bytes, filename) => {
				const found = mediaTypeOf(bytes, filename);
				return found === undefined || known.has(found);
			}),
		);
	});
});
