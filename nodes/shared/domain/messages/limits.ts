/**
 * What WhatsApp takes, by its documentation (developers.facebook.com/documentation/business-messaging/whatsapp/messages,
 * read September 2026). Lengths are in UTF-16 units: Meta does not say how it counts, an emoji is one or two by any
 * way of counting, and this way never lets through what another would refuse.
 */
export const LIMITS = {
	text: 4096,
	caption: 1024,
	filename: 240,
	link: 2048,
	/** Body of buttons, URL button, location and contact requests. */
	body: 1024,
	listBody: 4096,
	header: 60,
	footer: 60,
	buttons: 3,
	buttonTitle: 20,
	buttonId: 256,
	listLabel: 20,
	listSections: 10,
	/** Over all sections. */
	listRows: 10,
	sectionTitle: 24,
	rowTitle: 24,
	rowId: 200,
	rowDescription: 72,
	urlButtonLabel: 20,
	place: 1000,
	/** The OpenAPI description of Meta allows five cards, its text more. */
	contacts: 5,
	callbackData: 512,
	templateName: 512,
} as const;

const MEGABYTE = 1024 * 1024;

/** Largest file by kind, and what it may be (media page, read September 2026). */
export const MEDIA_LIMITS = {
	image: { bytes: 5 * MEGABYTE, mimeTypes: ['image/jpeg', 'image/png'] },
	video: { bytes: 16 * MEGABYTE, mimeTypes: ['video/mp4', 'video/3gpp'] },
	audio: {
		bytes: 16 * MEGABYTE,
		mimeTypes: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'],
	},
	document: {
		bytes: 100 * MEGABYTE,
		mimeTypes: [
			'text/plain',
			'application/pdf',
			'application/msword',
			'application/vnd.ms-excel',
			'application/vnd.ms-powerpoint',
			'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
			'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
			'application/vnd.openxmlformats-officedocument.presentationml.presentation',
		],
	},
	/** 100 KB when it does not move; whether it moves is not known before reading it. */
	sticker: { bytes: 500 * 1024, mimeTypes: ['image/webp'] },
} as const satisfies Record<string, { readonly bytes: number; readonly mimeTypes: readonly string[] }>;

export type SendableMediaType = keyof typeof MEDIA_LIMITS;
