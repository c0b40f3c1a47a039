import { Refusal } from '../shared/usecases/inbox/refusal';
import { storeUpload } from '../shared/usecases/inbox/upload';
import { answerJson } from './answers';
import { sessionOfRequest, type InboxRequest } from './inboxRequest';
import { assertCsrf } from './csrf';
import { header, type Request } from './requests';

/** A whole upload may take so long, and so long may pass without a byte of it, ms. */
const LONGEST = 180_000;
const LONGEST_PAUSE = 15_000;

/** Files on their way at once in this process: each is held in memory until it is complete. */
const AT_ONCE = 8;

const MEGABYTE = 1024 * 1024;

let underWay = 0;

function tooLarge(limit: number): Refusal {
	return new Refusal(413, {
		message: 'The file is too large',
		description: `This inbox takes ${limit / MEGABYTE} MB at most; whoever runs n8n can allow more in 'Allowed Upload Size'.`,
	});
}

/** The bytes, counted while they come: what a sender says of the length is only a first check. */
async function bytesOf(request: Request, limit: number, pauseMs = LONGEST_PAUSE, totalMs = LONGEST): Promise<Buffer> {
	const told = Number(header(request, 'content-length') ?? 0);
	if (told > limit) throw tooLarge(limit);
	if (request.rawBody !== undefined) {
		if (request.rawBody.length > limit) throw tooLarge(limit);
		return request.rawBody;
	}
	return await new Promise((resolve, reject) => {
		const chunks: Buffer[] = [];
		let size = 0;
		const end = (finish: () => void): void => {
			clearTimeout(pause);
			clearTimeout(total);
			request.off('data', onData).off('end', onEnd).off('error', onError).off('close', onClose);
			finish();
		};
		const slow = (): void =>
			end(() => reject(new Refusal(400, { message: 'The file took too long', description: 'Send it again.' })));
		const onData = (chunk: Buffer): void => {
			size += chunk.length;
			if (size > limit) {
				end(() => reject(tooLarge(limit)));
				return;
			}
			pause.refresh();
			chunks.push(chunk);
		};
		const onEnd = (): void => end(() => resolve(Buffer.concat(chunks)));
		const onClose = (): void =>
			end(() => reject(new Refusal(400, { message: 'The file did not arrive whole', description: 'Send it again.' })));
		const onError = (): void => onClose();
		const pause = setTimeout(slow, pauseMs);
		const total = setTimeout(slow, totalMs);
		request.on('data', onData).on('end', onEnd).on('error', onError).on('close', onClose);
	});
}

/** Takes a file for a later reply. Who refuses a body closes the connection: the rest of it is not wanted. */
export async function answerUpload(inbox: InboxRequest, filename: string): Promise<void> {
	const { request, response, store, settings } = inbox;
	const session = await sessionOfRequest(inbox, { touch: true });
	assertCsrf(inbox);
	if (header(request, 'content-encoding') !== undefined) {
		throw new Refusal(415, { message: 'The inbox takes files as they are, not compressed' });
	}
	if (underWay >= AT_ONCE) {
		throw new Refusal(429, {
			message: 'Many files are on their way at this moment',
			description: 'Try again in a few seconds.',
			retryAfter: 5,
		});
	}
	underWay += 1;
	try {
		const bytes = await bytesOf(request, settings.uploadLimit);
		answerJson(response, 200, await storeUpload(store, { advisorId: session.advisor.id, filename, bytes }));
	} finally {
		underWay -= 1;
	}
}
