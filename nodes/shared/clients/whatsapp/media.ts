import type { Readable } from 'node:stream';

import FormData from 'form-data';
import { z } from 'zod';

import { InvalidInput } from '../../domain/invalidInput';
import { MEDIA_LIMITS, type SendableMediaType } from '../../domain/messages/limits';
import { downloadFile } from '../../http/download';
import { RequestFailure } from '../../http/failure';
import type { Graph } from './graph';
import { secretsOf } from './credential';

/** A file to be uploaded. `bytes` may be a stream when `size` says how long it is. */
export interface MediaUpload {
	readonly phoneNumberId: string;
	readonly bytes: Buffer | Readable;
	/** In bytes. */
	readonly size: number;
	/** Must be what the content really is, else Meta refuses it (131053). */
	readonly mimeType: string;
	readonly filename: string;
}

/** The kind that WhatsApp shows a file of this type as; what it does not show is a document. */
export function mediaTypeOf(mimeType: string): SendableMediaType {
	const plain = plainMimeType(mimeType);
	for (const type of ['image', 'video', 'audio', 'sticker'] as const) {
		if ((MEDIA_LIMITS[type].mimeTypes as readonly string[]).includes(plain)) return type;
	}
	return 'document';
}

/** @throws InvalidInput when WhatsApp takes no such file as this kind. */
export function checkMedia(type: SendableMediaType, mimeType: string, size: number): void {
	const limit = MEDIA_LIMITS[type];
	const plain = plainMimeType(mimeType);
	const accepted: readonly string[] = limit.mimeTypes;
	if (!accepted.includes(plain)) {
		throw new InvalidInput({
			message: `'Input Data Field Name' holds a file of type ${plain}, which WhatsApp does not take as ${type}`,
			description: `Send one of: ${accepted.join(', ')}.`,
			parameter: 'Input Data Field Name',
		});
	}
	if (size > limit.bytes) {
		throw new InvalidInput({
			message: `'Input Data Field Name' holds a file of ${size} bytes, WhatsApp takes ${limit.bytes} at most as ${type}`,
			description: 'Make the file smaller, or send a link to it.',
			parameter: 'Input Data Field Name',
		});
	}
}

function plainMimeType(mimeType: string): string {
	return (mimeType.split(';')[0] ?? '').trim().toLowerCase();
}

/**
 * Puts a file at Meta for 30 days: `POST /<number>/media`. A repeat would only leave an unused file behind.
 * @throws RequestFailure
 */
export async function uploadMedia(graph: Graph, upload: MediaUpload): Promise<{ readonly mediaId: string }> {
	const form = new FormData();
	form.append('messaging_product', 'whatsapp');
	form.append('type', upload.mimeType);
	form.append('file', upload.bytes, {
		filename: upload.filename,
		contentType: upload.mimeType,
		knownLength: upload.size,
	});
	const { id } = await graph.http.request({
		method: 'POST',
		path: `/${encodeURIComponent(upload.phoneNumberId)}/media`,
		body: form,
		headers: { ...form.getHeaders(), 'content-length': String(form.getLengthSync()) },
		answer: z.object({ id: z.coerce.string().min(1) }),
		idempotent: true,
		timeout: 'send',
		purpose: 'Upload media',
	});
	return { mediaId: id };
}

/** What Meta knows of a file. The link lives five minutes and needs the token. */
export interface MediaFacts {
	readonly mediaId: string;
	readonly url: string;
	readonly mimeType: string;
	/** As Meta gives it: base64 or hex. */
	readonly sha256?: string;
	/** In bytes. */
	readonly size?: number;
}

const mediaSchema = z.object({
	id: z.coerce.string(),
	url: z.string().min(1),
	mime_type: z.string().default('application/octet-stream'),
	sha256: z.string().optional(),
	file_size: z.coerce.number().optional().catch(undefined),
});

/** `GET /<media>`; with the number, Meta checks that the file belongs to it. @throws RequestFailure */
export async function getMedia(graph: Graph, mediaId: string, phoneNumberId?: string): Promise<MediaFacts> {
	const answer = await graph.http.request({
		method: 'GET',
		path: `/${encodeURIComponent(mediaId)}`,
		query: { phone_number_id: phoneNumberId },
		answer: mediaSchema,
		idempotent: true,
		timeout: 'read',
		purpose: 'Get media',
	});
	return {
		mediaId: answer.id,
		url: answer.url,
		mimeType: answer.mime_type,
		sha256: answer.sha256,
		size: answer.file_size,
	};
}

export interface MediaDownload {
	readonly mediaId: string;
	readonly phoneNumberId?: string;
	/** As the webhook said (base64 or hex); checked besides what Meta says when asked. */
	readonly sha256?: string;
	/** The download is cut when it is larger. Default: 100 MB, the largest that WhatsApp passes on. */
	readonly maxBytes?: number;
}

export interface DownloadedMedia {
	readonly mediaId: string;
	readonly bytes: Buffer;
	readonly mimeType: string;
	/** Hex. */
	readonly sha256: string;
	/** In bytes. */
	readonly size: number;
}

/** Meta's file servers, by name since the links are made per request; a simulator serves from its own address. */
const FILE_HOSTS = ['.fbsbx.com', '.fbcdn.net', '.whatsapp.net', '.facebook.com'];

/**
 * The bytes of a file, checked against size and digest. The link is asked for right before, and once more when it was
 * refused meanwhile: it lives five minutes, and Meta answers 404 afterwards. @throws RequestFailure
 */
export async function downloadMedia(graph: Graph, download: MediaDownload): Promise<DownloadedMedia> {
	const facts = await getMedia(graph, download.mediaId, download.phoneNumberId);
	const maxBytes = download.maxBytes ?? MEDIA_LIMITS.document.bytes;
	if (facts.size !== undefined && facts.size > maxBytes) {
		throw refused(`the file has ${facts.size} bytes, ${maxBytes} are allowed`);
	}
	const file = await fetchFile(graph, facts.url, maxBytes).catch(async (error: unknown) => {
		if (!(error instanceof RequestFailure) || ![401, 403, 404, 410].includes(error.status ?? 0)) throw error;
		const fresh = await getMedia(graph, download.mediaId, download.phoneNumberId);
		return await fetchFile(graph, fresh.url, maxBytes);
	});
	if (facts.size !== undefined && facts.size !== file.bytes.length) {
		throw broken(`the file has ${file.bytes.length} bytes instead of ${facts.size}`);
	}
	for (const expected of [facts.sha256, download.sha256]) {
		if (expected !== undefined && expected !== '' && hexDigest(expected) !== file.sha256) {
			throw broken('the content of the file is not what was announced (SHA-256)');
		}
	}
	return {
		mediaId: facts.mediaId,
		bytes: file.bytes,
		mimeType: facts.mimeType,
		sha256: file.sha256,
		size: file.bytes.length,
	};
}

async function fetchFile(graph: Graph, url: string, maxBytes: number) {
	return await downloadFile({
		vendor: 'whatsapp',
		vendorName: 'WhatsApp',
		url,
		allowedHosts: [...FILE_HOSTS, new URL(graph.credential.baseUrl).host],
		authorization: `Bearer ${graph.credential.accessToken}`,
		maxBytes,
		secrets: secretsOf(graph.credential),
	});
}

/** Meta writes digests in base64 in webhooks and in hex when asked for the file. */
function hexDigest(digest: string): string {
	return /^[0-9a-f]{64}$/i.test(digest) ? digest.toLowerCase() : Buffer.from(digest, 'base64').toString('hex');
}

function refused(what: string): RequestFailure {
	return new RequestFailure({
		vendor: 'whatsapp',
		kind: 'rejected',
		message: `Download media: ${what}`,
		description: 'Ask the customer for a smaller file, or raise the limit.',
	});
}

function broken(what: string): RequestFailure {
	return new RequestFailure({
		vendor: 'whatsapp',
		kind: 'temporary',
		message: `Download media: ${what}`,
		description: 'Try again; if it stays so, ask the customer to send it again.',
	});
}

/** `DELETE /<media>`. @throws RequestFailure */
export async function deleteMedia(graph: Graph, mediaId: string, phoneNumberId?: string): Promise<void> {
	await graph.http.request({
		method: 'DELETE',
		path: `/${encodeURIComponent(mediaId)}`,
		query: { phone_number_id: phoneNumberId },
		answer: z.object({ success: z.literal(true) }),
		idempotent: true,
		timeout: 'send',
		purpose: 'Delete media',
	});
}
