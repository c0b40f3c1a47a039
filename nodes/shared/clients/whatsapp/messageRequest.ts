import type { Identity } from '../../domain/messages/events';
import { InvalidInput } from '../../domain/invalidInput';
import { LIMITS, type SendableMediaType } from '../../domain/messages/limits';
import { numberedLines, paragraphs } from '../../domain/messages/numberedText';
import type { Choice, OutboundMessage } from '../../domain/messages/outbound';

/** A file that Meta has (`mediaId`, from an upload) or fetches itself (`link`). Exactly one of both. */
export interface MediaSource {
	readonly mediaId?: string;
	readonly link?: string;
}

export type MessageHeader =
	| { readonly type: 'text'; readonly text: string }
	| (MediaSource & { readonly type: 'image' | 'video' | 'document'; readonly filename?: string });

export interface ContactCard {
	readonly formattedName: string;
	readonly firstName: string;
	readonly lastName?: string;
	readonly phones: ReadonlyArray<{ readonly phone: string; readonly type?: string; readonly waId?: string }>;
	readonly emails?: ReadonlyArray<{ readonly email: string; readonly type?: string }>;
	readonly company?: string;
	readonly title?: string;
	readonly urls?: ReadonlyArray<{ readonly url: string; readonly type?: string }>;
}

/**
 * All that can be said on WhatsApp: what any channel can say, and what only WhatsApp shows. With `otherwise:
 * 'numbered_text'`, buttons or a list that do not fit their limits leave as text with numbered options.
 */
export type WhatsAppMessage =
	| OutboundMessage
	| {
			readonly type: 'buttons';
			readonly text: string;
			readonly buttons: readonly Choice[];
			readonly header?: MessageHeader;
			readonly footer?: string;
			readonly otherwise?: 'numbered_text' | 'stop';
	  }
	| {
			readonly type: 'list';
			readonly text: string;
			/** On the button that opens the list. */
			readonly label: string;
			readonly sections: ReadonlyArray<{ readonly title?: string; readonly rows: readonly Choice[] }>;
			readonly headerText?: string;
			readonly footer?: string;
			readonly otherwise?: 'numbered_text' | 'stop';
	  }
	| (MediaSource & { readonly type: 'voice' })
	| {
			readonly type: 'location';
			readonly latitude: number;
			readonly longitude: number;
			readonly name?: string;
			readonly address?: string;
	  }
	| { readonly type: 'contacts'; readonly contacts: readonly ContactCard[] }
	/** An empty `emoji` takes the reaction back. */
	| { readonly type: 'reaction'; readonly messageId: string; readonly emoji: string };

export interface MessageAddress {
	readonly phoneNumberId: string;
	readonly to: Identity;
	readonly message: WhatsAppMessage;
	/** Comes back with every delivery status: our outbox id. */
	readonly callbackData?: string;
	/** wamid of the message that this one answers. */
	readonly replyTo?: string;
}

/** A call as it leaves, without host and token. */
export interface PreparedRequest {
	readonly method: 'POST';
	/** Below the base URL with its version. */
	readonly path: string;
	readonly body: Readonly<Record<string, unknown>>;
}

/**
 * The exact request that sends a message. Pure: manual mode shows what this gives.
 *
 * @throws InvalidInput when a documented limit is broken, naming the parameter.
 */
export function buildMessageRequest(input: MessageAddress): PreparedRequest {
	const { phoneNumberId, to, message, callbackData, replyTo } = input;
	requireId(phoneNumberId, 'Phone Number', /^\d{1,32}$/);
	if (callbackData !== undefined) checkLength(callbackData, 'Callback Data', LIMITS.callbackData);
	return {
		method: 'POST',
		path: `/${phoneNumberId}/messages`,
		body: {
			messaging_product: 'whatsapp',
			recipient_type: 'individual',
			...addressOf(to, message),
			...contentOf(message),
			...(replyTo === undefined || replyTo === '' ? {} : { context: { message_id: replyTo } }),
			...(callbackData === undefined ? {} : { biz_opaque_callback_data: callbackData }),
		},
	};
}

/**
 * How the request names the person. A number always carries its `+`: without it Meta takes the digits for a national
 * number of the sender's country (MD/messages/send-messages).
 */
function addressOf(to: Identity, message: WhatsAppMessage): { readonly to: string } | { readonly recipient: string } {
	const digits = to.waId?.replace(/^\+/, '');
	if (digits !== undefined && digits !== '') {
		requireId(digits, 'To', /^\d{5,20}$/);
		return { to: `+${digits}` };
	}
	const userId = to.userId ?? to.parentUserId;
	if (userId === undefined || userId === '') {
		throw new InvalidInput({
			message: "'To' is empty: the person has neither a phone number nor a WhatsApp user id",
			description: 'Give a phone number with its country code, or the user id from an incoming message.',
			parameter: 'To',
		});
	}
	if (message.type === 'template' && message.category === 'authentication') {
		throw new InvalidInput({
			message: "'To' is a WhatsApp user id, and authentication templates need a phone number",
			description: 'Ask for the number first, for example with Request Contact.',
			parameter: 'To',
		});
	}
	return { recipient: userId };
}

type Content = Readonly<Record<string, unknown>> & { readonly type: string };

function contentOf(message: WhatsAppMessage): Content {
	switch (message.type) {
		case 'text':
			return textContent(message.text, message.previewUrl);
		case 'choices':
			return choicesContent(message);
		case 'buttons':
			return message.otherwise === 'numbered_text' && buttonsMisfit(message) !== undefined
				? numberedText(message.text, message.buttons, message.footer, headerWords(message.header))
				: buttonsContent(message);
		case 'list': {
			const rows = message.sections.flatMap((section) => section.rows);
			return message.otherwise === 'numbered_text' && listMisfit(message) !== undefined
				? numberedText(message.text, rows, message.footer, message.headerText)
				: listContent(message);
		}
		case 'url_button':
			return urlButtonContent(message);
		case 'location_request':
			return interactive({
				type: 'location_request_message',
				body: { text: requireText(message.text, 'Text', LIMITS.body) },
				action: { name: 'send_location' },
			});
		case 'contact_request':
			return interactive({
				type: 'request_contact_info',
				body: { text: requireText(message.text, 'Text', LIMITS.body) },
				action: { name: 'request_contact_info' },
			});
		case 'media':
			return mediaContent(message.mediaType, message, message.caption, message.filename);
		case 'voice':
			return { type: 'audio', audio: { ...mediaSource(message), voice: true } };
		case 'location':
			return locationContent(message);
		case 'contacts':
			return contactsContent(message.contacts);
		case 'reaction':
			return {
				type: 'reaction',
				reaction: { message_id: requireText(message.messageId, 'Message ID', LIMITS.text), emoji: message.emoji },
			};
		case 'template':
			return templateContent(message);
	}
}

function textContent(text: string, previewUrl?: boolean): Content {
	return {
		type: 'text',
		text: {
			body: requireText(text, 'Text', LIMITS.text),
			...(previewUrl === undefined ? {} : { preview_url: previewUrl }),
		},
	};
}

/** On the button that opens a list when the sender gave no label: the word is the same in Spanish and Portuguese. */
const DEFAULT_LIST_LABEL = 'Menú';

type Choices = Extract<WhatsAppMessage, { type: 'choices' }>;

/** Buttons where they fit, else a list, else numbered text: the person can always choose. */
function choicesContent(message: Choices): Content {
	const { text, choices, footer } = message;
	const buttons = { type: 'buttons', text, buttons: choices, footer } as const;
	const explained = choices.some((choice) => choice.description !== undefined && choice.description !== '');
	if (!explained && buttonsMisfit(buttons) === undefined) return buttonsContent(buttons);
	const list = {
		type: 'list',
		text,
		label: message.listLabel ?? DEFAULT_LIST_LABEL,
		sections: [{ rows: choices }],
		footer,
	} as const;
	if (listMisfit(list) === undefined) return listContent(list);
	return numberedText(text, choices, footer);
}

/** `undefined` when it can be shown as it is, else the reason that it cannot. */
function misfit(build: () => unknown): InvalidInput | undefined {
	try {
		build();
		return undefined;
	} catch (error) {
		if (error instanceof InvalidInput) return error;
		throw error;
	}
}

type Buttons = Extract<WhatsAppMessage, { type: 'buttons' }>;
type List = Extract<WhatsAppMessage, { type: 'list' }>;

const buttonsMisfit = (message: Buttons): InvalidInput | undefined => misfit(() => buttonsContent(message));
const listMisfit = (message: List): InvalidInput | undefined => misfit(() => listContent(message));

function buttonsContent({ text, buttons, header, footer }: Buttons): Content {
	requireCount(buttons.length, 'Buttons', LIMITS.buttons);
	requireDistinct(
		buttons.map((button) => button.title.trim()),
		'Button Title',
	);
	requireDistinct(
		buttons.map((button) => button.id),
		'Button ID',
	);
	return interactive({
		type: 'button',
		...headerPart(header),
		body: { text: requireText(text, 'Text', LIMITS.body) },
		...footerPart(footer),
		action: {
			buttons: buttons.map((button) => ({
				type: 'reply',
				reply: {
					id: requireText(button.id, 'Button ID', LIMITS.buttonId),
					title: requireText(button.title, 'Button Title', LIMITS.buttonTitle),
				},
			})),
		},
	});
}

function listContent({ text, label, sections, headerText, footer }: List): Content {
	requireCount(sections.length, 'Sections', LIMITS.listSections);
	const rows = sections.flatMap((section) => section.rows);
	requireCount(rows.length, 'Rows', LIMITS.listRows);
	requireDistinct(
		rows.map((row) => row.id),
		'Row ID',
	);
	return interactive({
		type: 'list',
		...headerPart(headerText === undefined || headerText === '' ? undefined : { type: 'text', text: headerText }),
		body: { text: requireText(text, 'Text', LIMITS.listBody) },
		...footerPart(footer),
		action: {
			button: requireText(label, 'List Label', LIMITS.listLabel),
			sections: sections.map((section) => ({
				...((section.title ?? '') === '' && sections.length === 1
					? {}
					: { title: requireText(section.title ?? '', 'Section Title', LIMITS.sectionTitle) }),
				rows: section.rows.map((row) => ({
					id: requireText(row.id, 'Row ID', LIMITS.rowId),
					title: requireText(row.title, 'Row Title', LIMITS.rowTitle),
					...(row.description === undefined || row.description === ''
						? {}
						: { description: requireText(row.description, 'Row Description', LIMITS.rowDescription) }),
				})),
			})),
		},
	});
}

function numberedText(text: string, choices: readonly Choice[], footer?: string, header?: string): Content {
	requireCount(choices.length, 'Options', Number.MAX_SAFE_INTEGER);
	return textContent(paragraphs(header, requireText(text, 'Text', LIMITS.text), numberedLines(choices), footer));
}

function headerWords(header: MessageHeader | undefined): string | undefined {
	if (header === undefined) return undefined;
	return header.type === 'text' ? header.text : header.link;
}

function urlButtonContent(message: Extract<WhatsAppMessage, { type: 'url_button' }>): Content {
	return interactive({
		type: 'cta_url',
		body: { text: requireText(message.text, 'Text', LIMITS.body) },
		...footerPart(message.footer),
		action: {
			name: 'cta_url',
			parameters: {
				display_text: requireText(message.label, 'Button Label', LIMITS.urlButtonLabel),
				url: requireLink(message.url, 'URL'),
			},
		},
	});
}

function interactive(content: Readonly<Record<string, unknown>>): Content {
	return { type: 'interactive', interactive: content };
}

function headerPart(header: MessageHeader | undefined): { readonly header?: Readonly<Record<string, unknown>> } {
	if (header === undefined) return {};
	if (header.type === 'text') {
		return { header: { type: 'text', text: requireText(header.text, 'Header Text', LIMITS.header) } };
	}
	const filename =
		header.type === 'document' && header.filename !== undefined && header.filename !== ''
			? { filename: header.filename }
			: {};
	return { header: { type: header.type, [header.type]: { ...mediaSource(header), ...filename } } };
}

function footerPart(footer: string | undefined): { readonly footer?: { readonly text: string } } {
	if (footer === undefined || footer === '') return {};
	return { footer: { text: requireText(footer, 'Footer', LIMITS.footer) } };
}

function mediaContent(mediaType: SendableMediaType, source: MediaSource, caption?: string, filename?: string): Content {
	const hasCaption = caption !== undefined && caption !== '';
	if (hasCaption && (mediaType === 'audio' || mediaType === 'sticker')) {
		throw new InvalidInput({
			message: `'Caption' cannot be sent with ${mediaType === 'audio' ? 'an audio' : 'a sticker'}`,
			description: "Leave 'Caption' empty and send the words as a text of their own.",
			parameter: 'Caption',
		});
	}
	const hasFilename = filename !== undefined && filename !== '' && mediaType === 'document';
	return {
		type: mediaType,
		[mediaType]: {
			...mediaSource(source),
			...(hasCaption ? { caption: requireText(caption, 'Caption', LIMITS.caption) } : {}),
			...(hasFilename ? { filename: requireText(filename, 'File Name', LIMITS.filename) } : {}),
		},
	};
}

function mediaSource({ mediaId, link }: MediaSource): { readonly id: string } | { readonly link: string } {
	if (mediaId !== undefined && mediaId !== '') return { id: mediaId };
	if (link !== undefined && link !== '') return { link: requireLink(link, 'Link') };
	throw new InvalidInput({
		message: "Neither 'Media ID' nor 'Link' is given",
		description: 'Upload the file first, or give a public https link to it.',
		parameter: 'Media ID',
	});
}

function locationContent(message: Extract<WhatsAppMessage, { type: 'location' }>): Content {
	requireBetween(message.latitude, 'Latitude', -90, 90);
	requireBetween(message.longitude, 'Longitude', -180, 180);
	return {
		type: 'location',
		location: {
			latitude: String(message.latitude),
			longitude: String(message.longitude),
			...placePart('name', message.name, 'Location Name'),
			...placePart('address', message.address, 'Address'),
		},
	};
}

function placePart(key: 'name' | 'address', words: string | undefined, displayName: string): Record<string, string> {
	if (words === undefined || words === '') return {};
	checkLength(words, displayName, LIMITS.place);
	return { [key]: words };
}

function contactsContent(contacts: readonly ContactCard[]): Content {
	requireCount(contacts.length, 'Contacts', LIMITS.contacts);
	return {
		type: 'contacts',
		contacts: contacts.map((contact) => ({
			name: {
				formatted_name: requireText(contact.formattedName, 'Contact Name', LIMITS.text),
				first_name: requireText(contact.firstName, 'First Name', LIMITS.text),
				...(contact.lastName === undefined || contact.lastName === '' ? {} : { last_name: contact.lastName }),
			},
			phones: contact.phones.map(({ phone, type, waId }) => ({
				phone,
				...(type === undefined ? {} : { type }),
				...(waId === undefined ? {} : { wa_id: waId }),
			})),
			...(contact.emails === undefined || contact.emails.length === 0 ? {} : { emails: contact.emails }),
			...(contact.company === undefined && contact.title === undefined
				? {}
				: { org: { company: contact.company, title: contact.title } }),
			...(contact.urls === undefined || contact.urls.length === 0 ? {} : { urls: contact.urls }),
		})),
	};
}

function templateContent(message: Extract<WhatsAppMessage, { type: 'template' }>): Content {
	requireId(message.name, 'Template', /^[a-z0-9_]{1,512}$/);
	requireId(message.languageCode, 'Language', /^[a-z]{2,3}(_[A-Za-z]{2,4})?$/);
	return {
		type: 'template',
		template: {
			name: message.name,
			language: { code: message.languageCode },
			...(message.components === undefined || message.components.length === 0
				? {}
				: { components: message.components }),
		},
	};
}

function requireText(text: string, displayName: string, limit: number): string {
	if (text.trim() === '') {
		throw new InvalidInput({
			message: `'${displayName}' is empty`,
			description: `Fill in '${displayName}': WhatsApp sends nothing without it.`,
			parameter: displayName,
		});
	}
	checkLength(text, displayName, limit);
	return text;
}

function checkLength(text: string, displayName: string, limit: number): void {
	if (text.length <= limit) return;
	throw new InvalidInput({
		message: `'${displayName}' has ${text.length} characters, WhatsApp takes ${limit} at most`,
		description: `Shorten '${displayName}' by ${text.length - limit} characters.`,
		parameter: displayName,
	});
}

function requireCount(count: number, displayName: string, most: number): void {
	if (count === 0) {
		throw new InvalidInput({
			message: `'${displayName}' is empty`,
			description: `Add at least one entry to '${displayName}'.`,
			parameter: displayName,
		});
	}
	if (count <= most) return;
	throw new InvalidInput({
		message: `'${displayName}' has ${count} entries, WhatsApp takes ${most} at most`,
		description: `Remove ${count - most} of them.`,
		parameter: displayName,
	});
}

function requireDistinct(values: readonly string[], displayName: string): void {
	const twice = values.find((value, index) => values.indexOf(value) !== index);
	if (twice === undefined) return;
	throw new InvalidInput({
		message: `'${displayName}' is there twice: '${twice}'`,
		description: 'Make each of them different, so that the answer tells which one was chosen.',
		parameter: displayName,
	});
}

function requireBetween(value: number, displayName: string, least: number, most: number): void {
	if (Number.isFinite(value) && value >= least && value <= most) return;
	throw new InvalidInput({
		message: `'${displayName}' is ${value}`,
		description: `Give a number from ${least} to ${most}.`,
		parameter: displayName,
	});
}

function requireId(value: string, displayName: string, form: RegExp): void {
	if (form.test(value)) return;
	throw new InvalidInput({
		message: `'${displayName}' is not valid: '${value}'`,
		description: `Choose '${displayName}' from the list, or copy it from WhatsApp Manager.`,
		parameter: displayName,
	});
}

function requireLink(link: string, displayName: string): string {
	checkLength(link, displayName, LIMITS.link);
	const web = URL.canParse(link) && ['https:', 'http:'].includes(new URL(link).protocol);
	if (web) return link;
	throw new InvalidInput({
		message: `'${displayName}' is not a web address: '${link}'`,
		description: 'Start it with https://',
		parameter: displayName,
	});
}
