import { MEDIA_LIMITS } from '../../domain/messages/limits';
import { mediaTypeOf } from '../../domain/messages/mediaType';
import { downloadFile } from '../../http/download';
import { RequestFailure } from '../../http/failure';
import { secretsOf } from './credential';
import type { Wazzup } from './wazzup';

export interface FileDownload {
	/** `contentUri` of the message. */
	readonly url: string;
	/** The download is cut when it is larger. Default: 100 MB, the largest that WhatsApp passes on. */
	readonly maxBytes?: number;
}

export interface DownloadedMessageFile {
	readonly bytes: Buffer;
	/** What the bytes are; what they do not say themselves is as the server said. */
	readonly mimeType: string;
	/** Hex. */
	readonly sha256: string;
	/** In bytes. */
	readonly size: number;
}

/** Wazzup keeps files under its own domains, and says nowhere that it always will. */
const FILE_HOSTS = ['.wazzup24.com', '.wazzup24.ru'];

/** What a signed link answers with once its time has passed. */
const EXPIRED = new Set([401, 403, 404, 410]);

const WEB_PAGE = /^(text\/html|application\/xhtml\+xml)\b/i;

function expired(): RequestFailure {
	return new RequestFailure({
		vendor: 'wazzup',
		kind: 'rejected',
		message: 'Download file: the link has expired, Wazzup does not give the file any more',
		description: 'Open the chat in Wazzup, or ask the customer to send it again.',
		status: 410,
	});
}

/**
 * A file that somebody sent, from where Wazzup says that it lies. The address comes with a webhook and is followed as a
 * stranger's: https, never into a private network, at every hop, without the key.
 * @throws RequestFailure; `status` 410 when the link has expired
 */
export async function downloadMessageFile(
	{ credential }: Wazzup,
	{ url, maxBytes = MEDIA_LIMITS.document.bytes }: FileDownload,
): Promise<DownloadedMessageFile> {
	const file = await downloadFile({
		vendor: 'wazzup',
		vendorName: 'Wazzup',
		url,
		allowedHosts: [...FILE_HOSTS, new URL(credential.baseUrl).host],
		allowsPublicHosts: true,
		maxBytes,
		secrets: secretsOf(credential),
	}).catch((error: unknown) => {
		throw error instanceof RequestFailure && EXPIRED.has(error.status ?? 0) ? expired() : error;
	});
	const { contentType = '' } = file;
	const said = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
	const { pathname } = new URL(url);
	const own = mediaTypeOf(file.bytes, pathname);
	// A page that says that the file is gone is not the file.
	if (own === undefined && WEB_PAGE.test(said) && !/\.x?html?$/i.test(pathname)) throw expired();
	return {
		bytes: file.bytes,
		mimeType: own ?? (said === '' ? 'application/octet-stream' : said),
		sha256: file.sha256,
		size: file.bytes.length,
	};
}
