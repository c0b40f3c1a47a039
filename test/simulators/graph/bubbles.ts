import type { CheckedSend } from './sendRules';
import type { FilledTemplate } from './templateCatalogue';
import type { Bubble, BubbleButton, BubbleMedia, Json } from './types';

type Draft = Omit<Bubble, 'wamid' | 'at' | 'direction' | 'status' | 'reactions' | 'replyTo'>;

const words = (value: unknown): string => (typeof value === 'string' ? value : '');
const part = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);

export type FileFacts = (mediaId: string) => { mimeType: string; filename?: string; sizeBytes: number } | undefined;

function mediaOf(kind: BubbleMedia['kind'], object: Json, facts: FileFacts): BubbleMedia {
	const mediaId = words(object.id) || undefined;
	const known = mediaId ? facts(mediaId) : undefined;
	return {
		kind,
		mediaId,
		link: words(object.link) || undefined,
		mimeType: known?.mimeType,
		filename: words(object.filename) || known?.filename || undefined,
		sizeBytes: known?.sizeBytes,
		voice: object.voice === true || undefined,
	};
}

/** Cards as a telephone shows them: a name and its numbers. */
export function cardsOf(contacts: unknown): NonNullable<Bubble['contacts']> {
	return list(contacts).map((card) => ({
		name: words(part(card.name).formatted_name),
		phones: list(card.phones).map((phone) => words(phone.phone)),
	}));
}

function interactiveBubble(interactive: Json, facts: FileFacts): Draft {
	const header = part(interactive.header);
	const headerType = words(header.type);
	const action = part(interactive.action);
	const parameters = part(action.parameters);
	const common = {
		text: words(part(interactive.body).text),
		header: headerType === 'text' ? words(header.text) : undefined,
		footer: words(part(interactive.footer).text) || undefined,
		media:
			headerType === 'image' || headerType === 'video' || headerType === 'document'
				? mediaOf(headerType, part(header[headerType]), facts)
				: undefined,
	};
	const single = (button: BubbleButton): Draft => ({ ...common, type: words(interactive.type), buttons: [button] });
	switch (words(interactive.type)) {
		case 'button':
			return {
				...common,
				type: 'buttons',
				buttons: list(action.buttons).map((button) => ({
					id: words(part(button.reply).id),
					title: words(part(button.reply).title),
					kind: 'reply' as const,
				})),
			};
		case 'list':
			return {
				...common,
				type: 'list',
				list: {
					button: words(action.button),
					sections: list(action.sections).map((section) => ({
						title: words(section.title) || undefined,
						rows: list(section.rows).map((row) => ({
							id: words(row.id),
							title: words(row.title),
							description: words(row.description) || undefined,
						})),
					})),
				},
			};
		case 'cta_url':
			return single({ id: 'cta_url', title: words(parameters.display_text), kind: 'url', url: words(parameters.url) });
		case 'location_request_message':
			return single({ id: 'send_location', title: 'Enviar ubicación', kind: 'location' });
		case 'request_contact_info':
			return single({ id: 'request_contact_info', title: 'Compartir contacto', kind: 'contact' });
		case 'flow':
			return single({ id: 'flow', title: words(parameters.flow_cta), kind: 'flow' });
		default:
			return single({ id: words(interactive.type), title: 'Ver', kind: 'other' });
	}
}

const templateButtonKinds: Readonly<Record<string, BubbleButton['kind']>> = {
	QUICK_REPLY: 'template_reply',
	URL: 'url',
	OTP: 'copy_code',
	COPY_CODE: 'copy_code',
	PHONE_NUMBER: 'phone',
	REQUEST_CONTACT_INFO: 'contact',
	FLOW: 'flow',
};

/** How the telephone shows what was sent. */
export function bubbleOf(send: CheckedSend, filled: FilledTemplate | undefined, facts: FileFacts): Draft {
	const { content } = send;
	switch (send.type) {
		case 'text':
			return { type: 'text', text: words(content.body) };
		case 'image':
		case 'video':
		case 'audio':
		case 'document':
		case 'sticker':
			return { type: send.type, text: words(content.caption), media: mediaOf(send.type, content, facts) };
		case 'location': {
			const name = words(content.name) || undefined;
			const address = words(content.address) || undefined;
			return {
				type: 'location',
				text: [name, address].filter((line) => line !== undefined).join('\n'),
				location: { latitude: Number(content.latitude), longitude: Number(content.longitude), name, address },
			};
		}
		case 'contacts': {
			const contacts = cardsOf(content.list);
			return { type: 'contacts', text: contacts.map(({ name }) => name).join(', '), contacts };
		}
		case 'reaction':
			return { type: 'reaction', text: words(content.emoji) };
		case 'interactive':
			return interactiveBubble(content, facts);
		case 'template': {
			if (!filled) return { type: 'template', text: words(content.name) };
			const media = filled.headerMedia ? mediaOf(filled.headerMedia.kind, { ...filled.headerMedia }, facts) : undefined;
			return {
				type: 'template',
				template: filled.template.name,
				text: filled.body,
				header: filled.header,
				footer: filled.footer,
				media,
				buttons:
					filled.buttons.length === 0
						? undefined
						: filled.buttons.map((button) => ({
								id: button.payload ?? button.text,
								title: button.text,
								kind: templateButtonKinds[button.type] ?? 'other',
								url: button.url,
							})),
			};
		}
	}
}
