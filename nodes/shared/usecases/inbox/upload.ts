import { createHash } from 'node:crypto';

import { LIMITS, MEDIA_LIMITS, type SendableMediaType } from '../../domain/messages/limits';
import { mediaTypeOf } from '../../domain/messages/mediaType';
import { insertUpload, unusedUploadBytes } from '../../store/repositories/uploads';
import type { Store } from '../../store/store';
import { Refusal } from './refusal';

/** How long a file waits for the reply that takes it, ms. */
export const UPLOAD_LIFE = 3_600_000;

/** Bytes of one advisor that may wait for a reply. */
const WAITING_BYTES = 200 * 1024 * 1024;

const MEGABYTE = 1024 * 1024;

/** As which kind of message WhatsApp takes a type. A sticker is never meant by an upload. */
export function mediaKindOf(mimeType: string): Exclude<SendableMediaType, 'sticker'> | undefined {
	return (['image', 'video', 'audio', 'document'] as const).find((kind) =>
		MEDIA_LIMITS[kind].mimeTypes.some((known) => known === mimeType),
	);
}

/** The last part of whatever the browser calls the file, without what a disk, a header or a chat could trip over. */
export function cleanFilename(name: string): string {
	const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
	const clean = [...last.replace(/[\p{C}\p{Zl}\p{Zp}"<>|:*?]/gu, '').replace(/^[.\s]+|[.\s]+$/g, '')];
	const dot = clean.lastIndexOf('.');
	const ending = dot > 0 && clean.length - dot <= 10 ? clean.slice(dot) : [];
	const start = clean.slice(0, clean.length - ending.length).slice(0, LIMITS.filename / 2 - ending.length);
	return [...start, ...ending].join('') || 'archivo';
}

/**
 * Keeps a file until a reply takes it. What it is say its bytes, not its name.
 * @throws Refusal for what WhatsApp would not take.
 */
export async function storeUpload(
	store: Store,
	upload: { readonly advisorId: string; readonly filename: string; readonly bytes: Uint8Array },
): Promise<{ readonly uploadId: string; readonly kind: string; readonly mimeType: string; readonly filename: string }> {
	const filename = cleanFilename(upload.filename);
	const { bytes } = upload;
	if (bytes.length === 0) {
		throw new Refusal(422, {
			message: `'${filename}' is empty`,
			description: 'Choose the file again.',
			code: 'fileEmpty',
			values: { file: filename },
		});
	}
	const mimeType = mediaTypeOf(bytes, filename);
	const kind = mimeType === undefined ? undefined : mediaKindOf(mimeType);
	if (mimeType === undefined || kind === undefined) {
		throw new Refusal(415, {
			message: `WhatsApp does not take '${filename}'`,
			description:
				'Send JPEG or PNG pictures, MP4 videos, MP3, OGG or M4A audio, PDF, Word, Excel, PowerPoint or text files.',
			code: 'fileTypeRefused',
			values: { file: filename },
		});
	}
	if (bytes.length > MEDIA_LIMITS[kind].bytes) {
		throw new Refusal(413, {
			message: `'${filename}' has ${(bytes.length / MEGABYTE).toFixed(1)} MB`,
			description: `WhatsApp takes ${MEDIA_LIMITS[kind].bytes / MEGABYTE} MB of this kind at most. Send a smaller one, or a picture as a document.`,
			code: 'fileTooLarge',
			values: { file: filename, most: MEDIA_LIMITS[kind].bytes / MEGABYTE },
		});
	}
	if ((await unusedUploadBytes(store.db, store.workspaceId, upload.advisorId)) + bytes.length > WAITING_BYTES) {
		throw new Refusal(429, {
			message: 'Too many files wait to be sent',
			description: 'Send or discard what you chose before; unsent files are removed after an hour.',
			retryAfter: 60,
			code: 'tooManyFiles',
		});
	}
	const sha256 = createHash('sha256').update(bytes).digest('hex');
	await store.writeBytes(sha256, bytes);
	const uploadId = store.newId();
	await store.transaction(async (tx) => {
		await insertUpload(tx, {
			id: uploadId,
			workspace_id: store.workspaceId,
			advisor_id: upload.advisorId,
			filename,
			mime_type: mimeType,
			sha256,
			size: bytes.length,
			created_at: store.now(),
			used_at: null,
		});
	});
	return { uploadId, kind, mimeType, filename };
}
