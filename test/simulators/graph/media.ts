import { createHash } from 'node:crypto';
import { GraphError, parameterError } from './graphErrors';
import type { Identifiers } from './identifiers';

const MEGABYTE = 1024 * 1024;
const DAY_MS = 24 * 60 * 60 * 1000;
const URL_LIFETIME_MS = 5 * 60 * 1000;

export type MediaKind = 'image' | 'video' | 'audio' | 'document' | 'sticker';

/** MD/business-phone-numbers/media: what may be uploaded and how large. */
const limits: ReadonlyArray<{
	readonly mimeTypes: readonly string[];
	readonly kind: MediaKind;
	readonly bytes: number;
}> = [
	{
		kind: 'audio',
		bytes: 16 * MEGABYTE,
		mimeTypes: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'],
	},
	{
		kind: 'document',
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
	{ kind: 'image', bytes: 5 * MEGABYTE, mimeTypes: ['image/jpeg', 'image/png'] },
	{ kind: 'sticker', bytes: 500 * 1024, mimeTypes: ['image/webp'] },
	{ kind: 'video', bytes: 16 * MEGABYTE, mimeTypes: ['video/mp4', 'video/3gpp'] },
];

export const baseMimeType = (mimeType: string): string => mimeType.split(';')[0].trim().toLowerCase();

export function kindOfMimeType(mimeType: string): MediaKind | undefined {
	return limits.find(({ mimeTypes }) => mimeTypes.includes(baseMimeType(mimeType)))?.kind;
}

export interface StoredMedia {
	readonly id: string;
	readonly phoneNumberId: string;
	readonly mimeType: string;
	readonly bytes: Buffer;
	readonly filename?: string;
	readonly expiresAt: number;
	/** Hexadecimal, as `GET /{media}` tells it. */
	readonly sha256: string;
}

/** Files that customers sent and files that the business uploaded. */
export class MediaShelf {
	private readonly files = new Map<string, StoredMedia>();
	private readonly tickets = new Map<string, { readonly mediaId: string; readonly expiresAt: number }>();

	constructor(
		private readonly identifiers: Identifiers,
		private readonly now: () => number,
	) {}

	/** Inbound files live 7 days, uploaded ones 30. */
	put(
		phoneNumberId: string,
		file: { readonly bytes: Uint8Array; readonly mimeType: string; readonly filename?: string },
		days: 7 | 30,
	): StoredMedia {
		const bytes = Buffer.from(file.bytes);
		const media: StoredMedia = {
			id: this.identifiers.numeric(16),
			phoneNumberId,
			mimeType: file.mimeType,
			bytes,
			filename: file.filename,
			expiresAt: this.now() + days * DAY_MS,
			sha256: createHash('sha256').update(bytes).digest('hex'),
		};
		this.files.set(media.id, media);
		return media;
	}

	/** @throws GraphError for a type or size that Meta does not take. */
	upload(
		phoneNumberId: string,
		file: { readonly bytes: Uint8Array; readonly mimeType: string; readonly filename?: string },
	): StoredMedia {
		const limit = limits.find(({ mimeTypes }) => mimeTypes.includes(baseMimeType(file.mimeType)));
		if (!limit) {
			const allowed = limits.flatMap(({ mimeTypes }) => mimeTypes).join(', ');
			throw parameterError(
				`Param file must be a file with one of the following types: ${allowed}. Received file of type '${file.mimeType}'.`,
			);
		}
		if (file.bytes.byteLength === 0) throw parameterError('Param file must not be empty.');
		if (file.bytes.byteLength > limit.bytes) {
			throw new GraphError(131053, {
				details: `File size exceeds the limit of ${limit.bytes} bytes for ${limit.kind}.`,
			});
		}
		return this.put(phoneNumberId, file, 30);
	}

	find(id: string): StoredMedia | undefined {
		const media = this.files.get(id);
		if (!media) return undefined;
		if (media.expiresAt <= this.now()) {
			this.files.delete(id);
			return undefined;
		}
		return media;
	}

	remove(id: string): boolean {
		return this.files.delete(id);
	}

	/** A download address that works for five minutes. */
	address(baseUrl: string, media: StoredMedia): string {
		const expiresAt = this.now() + URL_LIFETIME_MS;
		const hash = this.identifiers.token(32);
		this.tickets.set(hash, { mediaId: media.id, expiresAt });
		return `${baseUrl}/whatsapp_business/attachments/?mid=${media.id}&ext=${Math.floor(expiresAt / 1000)}&hash=${hash}`;
	}

	redeem(hash: string): StoredMedia | undefined {
		const ticket = this.tickets.get(hash);
		if (!ticket) return undefined;
		if (ticket.expiresAt <= this.now()) {
			this.tickets.delete(hash);
			return undefined;
		}
		return this.find(ticket.mediaId);
	}
}
