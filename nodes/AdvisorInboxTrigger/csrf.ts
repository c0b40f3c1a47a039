import { timingSafeEqual } from 'node:crypto';

import { Refusal } from '../shared/usecases/inbox/refusal';
import { csrfTokenOf } from '../shared/usecases/inbox/sessions';
import type { InboxRequest } from './inboxRequest';
import { header } from './requests';
import { sessionToken } from './sessionCookie';

/**
 * That the request carries the token of its own session, which only a page that read our answer knows.
 * @throws Refusal
 */
export function assertCsrf({ request, store }: InboxRequest): void {
	const given = Buffer.from(header(request, 'x-csrf-token') ?? '');
	const expected = Buffer.from(csrfTokenOf(store, sessionToken(request) ?? ''));
	if (given.length === expected.length && timingSafeEqual(given, expected)) return;
	throw new Refusal(403, {
		message: 'This command does not belong to your session',
		description: 'Load the page again and repeat it.',
		code: 'otherSession',
	});
}
