import { lookupTable } from '../lookupTable';
import type { ChatMediaType } from './chatMessage';

/**
 * What WhatsApp itself writes into an export, in the languages of its application. Phrases are compared without marks of
 * direction and case.
 */

const MEDIA_NOTES: ReadonlyArray<readonly [RegExp, ChatMediaType]> = [
	[/^(?:imagen omitida|foto omitida|image omitted|photo omitted|imagem (?:ocultada|omitida|oculta))$/iu, 'image'],
	[/^(?:v[ií]deo omitid[oa]|video omitted|v[ií]deo (?:ocultado|oculto)|nota de v[ií]deo omitida)$/iu, 'video'],
	[/^(?:audio omitido|audio omitted|[aá]udio (?:ocultado|omitido|oculto))$/iu, 'voice'],
	[/^(?:sticker omitido|sticker omitted|figurinha (?:omitida|ocultada))$/iu, 'sticker'],
	[/^(?:gif omitido|gif omitted|gif (?:ocultado|oculto))$/iu, 'video'],
	[/^(?:documento omitido|document omitted|documento (?:ocultado|oculto))$/iu, 'document'],
	[/^(?:tarjeta de contacto omitida|contact card omitted|cart[aã]o d[eo] contato (?:omitido|ocultado))$/iu, 'contact'],
	[
		/^<(?:multimedia omitido|archivo multimedia omitido|medios omitidos|media omitted|m[ií]dia (?:oculta|omitida)|arquivo de m[ií]dia (?:oculto|omitido))>$/iu,
		'unknown',
	],
];

/** iOS names the file before the note: "factura.pdf • 2 páginas documento omitido". */
const NAMED_DOCUMENT = /^(.+?\.\w{2,5})(?:\s*•.*)?\s+(?:documento (?:omitido|ocultado|oculto)|document omitted)$/iu;
/** iOS with files: "<adjunto: 00000012-PHOTO-2024-03-12.jpg>". */
const ANGLE_ATTACHMENT = /^<(?:adjunto|attached|anexado)\s?:\s*(.+)>$/iu;
/** Android with files: "IMG-20240312-WA0001.jpg (archivo adjunto)". */
const ROUND_ATTACHMENT = /^(.+\.\w{2,5})\s\((?:archivo adjunto|file attached|arquivo anexado)\)$/iu;
const LOCATION =
	/^(?:ubicaci[oó]n(?: en tiempo real)?|location|live location shared|localiza[cç][aã]o)\s?:\s*https?:/iu;

const DELETED =
	/^(?:eliminaste este mensaje|(?:se elimin[oó]|este mensaje fue eliminado|se ha eliminado) ?(?:este mensaje)?|you deleted this message|this message was deleted|(?:mensagem apagada|voc[eê] apagou esta mensagem|es[st]a mensagem foi apagada))\.?$/iu;

const EDITED =
	/\s*<(?:se edit[oó] este mensaje|este mensaje fue editado|this message was edited|(?:es[st]a )?mensagem (?:foi )?editada)\.?>\s*$/iu;

const SYSTEM_START =
	/^(?:(?:los )?mensajes y (?:las )?llamadas est[aá]n cifrad|los mensajes est[aá]n protegidos|messages and calls are end-to-end|messages to this (?:chat|group)|as mensagens e (?:as )?(?:liga[cç][oõ]es|chamadas) s[aã]o protegidas|as mensagens s[aã]o protegidas|tu c[oó]digo de seguridad|cambi[oó] (?:tu|el) c[oó]digo de seguridad|your security code|o seu c[oó]digo de seguran[cç]a|(?:se )?(?:est[aá]|has) usa(?:ndo|do) una duraci[oó]n|este (?:chat|contacto|negocio|mensaje temporal)|this (?:business|chat|contact) |esta (?:empresa|conversa|conta)|(?:videollamada|llamada(?: de voz)?(?: grupal)?)(?: perdida|, | de grupo perdida|$)|(?:missed (?:group )?(?:voice|video) call)|(?:voice|video) call, |(?:chamada de (?:voz|v[ií]deo)|liga[cç][aã]o(?: de (?:voz|v[ií]deo))?)(?: perdida|, )|bloqueaste a este contacto|desbloqueaste a este contacto|you (?:blocked|unblocked) this contact|voc[eê] (?:bloqueou|desbloqueou) )/iu;

const SYSTEM_INSIDE =
	/(?:cre[oó] (?:el|este) grupo|a[nñ]adi[oó] a |te a[nñ]adi[oó]|sali[oó] del grupo|cambi[oó] (?:el asunto|la descripci[oó]n|el [ií]cono|la foto|su n[uú]mero|los ajustes)|cambi[oó] a un nuevo n[uú]mero|created (?:the |this )?group|changed (?:the subject|the group|this group|their phone number)|added you|left the group|criou (?:o|este) grupo|mudou o (?:nome|assunto)|mudou de n[uú]mero|adicionou voc[eê]|saiu do grupo|es un contacto|is a contact|[eé] um contato)/iu;

/** Whether a line is WhatsApp's own. `author` is what stands before its first colon: a new subject may contain one. */
export function isUnnamedNote(line: string, author: string): boolean {
	return SYSTEM_START.test(line) || SYSTEM_INSIDE.test(author);
}

/** Whether WhatsApp says something in the name of a person, as on iOS. Only for text that WhatsApp marked. */
export function isNamedNote(text: string): boolean {
	const [first = ''] = text.split('\n');
	return SYSTEM_START.test(first) || SYSTEM_INSIDE.test(first);
}

const BY_EXTENSION = lookupTable<ChatMediaType>({
	jpg: 'image',
	jpeg: 'image',
	png: 'image',
	heic: 'image',
	webp: 'sticker',
	mp4: 'video',
	mov: 'video',
	'3gp': 'video',
	gif: 'video',
	opus: 'voice',
	ogg: 'voice',
	m4a: 'audio',
	mp3: 'audio',
	aac: 'audio',
	wav: 'audio',
	vcf: 'contact',
});

function mediaOfFile(filename: string): ChatMediaType {
	const extension = filename.split('.').at(-1)?.toLowerCase() ?? '';
	return BY_EXTENSION.get(extension) ?? 'document';
}

export interface ReadNote {
	readonly text: string;
	readonly media?: { readonly type: ChatMediaType; readonly filename?: string };
	readonly edited?: boolean;
	readonly deleted?: boolean;
}

function mediaLine(line: string): ReadNote['media'] {
	const omitted = MEDIA_NOTES.find(([note]) => note.test(line));
	if (omitted !== undefined) return { type: omitted[1] };
	const filename = (NAMED_DOCUMENT.exec(line) ?? ANGLE_ATTACHMENT.exec(line) ?? ROUND_ATTACHMENT.exec(line))?.[1];
	if (filename !== undefined) return { type: mediaOfFile(filename), filename: filename.trim() };
	return LOCATION.test(line) ? { type: 'location' } : undefined;
}

/** Separates what a person wrote from what WhatsApp wrote about it: omitted files, taken back, edited. */
export function readNotes(written: string): ReadNote {
	const text = written.replace(EDITED, '');
	const edited = text !== written ? { edited: true } : {};
	if (DELETED.test(text)) return { text: '', deleted: true };
	// A file is named in the first line (Android writes the caption below) or, on iOS, in the last one.
	const lines = text.split('\n');
	const [first = ''] = lines;
	const media = mediaLine(first.trim());
	if (media !== undefined) return { text: lines.slice(1).join('\n').trim(), media, ...edited };
	const last = lines.length > 1 ? mediaLine((lines.at(-1) ?? '').trim()) : undefined;
	if (last !== undefined) return { text: lines.slice(0, -1).join('\n').trim(), media: last, ...edited };
	return { text, ...edited };
}
