import { attachmentFile } from '../shared/usecases/inbox/attachmentFile';
import { cleanFilename } from '../shared/usecases/inbox/upload';
import { viewerOf } from '../shared/usecases/inbox/viewer';
import { answerEmpty, FILE_SECURITY_POLICY } from './answers';
import { sessionOfRequest, type InboxRequest } from './inboxRequest';
import { header } from './requests';

interface Range {
	readonly start: number;
	/** Inclusive, as HTTP counts. */
	readonly end: number;
}

/** The one range that players ask for; several at once are answered with the whole file, as HTTP allows. */
function rangeOf(asked: string | undefined, size: number): Range | 'none' | 'impossible' {
	const match = /^bytes=(\d*)-(\d*)$/.exec(asked?.trim() ?? '');
	if (!match || (match[1] === '' && match[2] === '')) return 'none';
	const [, first, last] = match;
	const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
	const end = first === '' || last === '' ? size - 1 : Math.min(size - 1, Number(last));
	return start < size && start <= end ? { start, end } : 'impossible';
}

/** RFC 6266: a plain name for old browsers, the real one for the others. */
function dispositionOf(kind: 'inline' | 'attachment', filename: string): string {
	const plain = filename.replace(/[^\w. -]/g, '_');
	const encoded = encodeURIComponent(filename).replace(
		/['()*]/g,
		(letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
	);
	return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

/** A customer's file. Whatever is in it, it runs nowhere: what is no picture, sound or film is only saved. */
export async function answerAttachment(inbox: InboxRequest, attachmentId: string): Promise<void> {
	const { request, response, store } = inbox;
	const session = await sessionOfRequest(inbox, { touch: false });
	const { attachment, bytes, shownAs } = await attachmentFile(store, viewerOf(session.advisor), attachmentId);
	const filename = cleanFilename(attachment.filename ?? '');
	response.setHeader('Content-Security-Policy', FILE_SECURITY_POLICY);
	response.setHeader('Content-Type', shownAs ?? 'application/octet-stream');
	response.setHeader('Content-Disposition', dispositionOf(shownAs === undefined ? 'attachment' : 'inline', filename));
	response.setHeader('Cache-Control', 'private, no-store, no-transform');
	response.setHeader('Accept-Ranges', 'bytes');
	const range = rangeOf(header(request, 'range'), bytes.length);
	if (range === 'impossible') {
		response.setHeader('Content-Range', `bytes */${bytes.length}`);
		answerEmpty(response, 416);
		return;
	}
	if (range === 'none') {
		response.setHeader('Content-Length', bytes.length);
		response.status(200).end(bytes);
		return;
	}
	const { start, end } = range;
	response.setHeader('Content-Range', `bytes ${start}-${end}/${bytes.length}`);
	response.setHeader('Content-Length', end - start + 1);
	response.status(206).end(bytes.subarray(start, end + 1));
}
