import { Refusal } from '../shared/usecases/inbox/refusal';
import { storeUpload } from '../shared/usecases/inbox/upload';
import { answerJson } from './answers';
import { sessionOfRequest, type InboxRequest } from './inboxRequest';
import { assertCsrf } from './csrf';
import { header } from './requests';
import { uploadBytes } from './uploadBytes';

/** A whole upload may take so long, and so long may pass without a byte of it, ms. */
const LONGEST = 180_000;
const LONGEST_PAUSE = 15_000;

/** Files on their way at once in this process: each is held in memory until it is complete. */
const AT_ONCE = 8;

let underWay = 0;

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
			code: 'uploadsBusy',
		});
	}
	underWay += 1;
	try {
		const bytes = await uploadBytes(request, { limit: settings.uploadLimit, pauseMs: LONGEST_PAUSE, totalMs: LONGEST });
		answerJson(response, 200, await storeUpload(store, { advisorId: session.advisor.id, filename, bytes }));
	} finally {
		underWay -= 1;
	}
}
