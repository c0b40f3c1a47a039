import { z } from 'zod';

import { logIn } from '../shared/usecases/inbox/logIn';
import { setPasswordByLink } from '../shared/usecases/inbox/loginLink';
import { assertLoginPace } from '../shared/usecases/inbox/loginLimits';
import { Refusal } from '../shared/usecases/inbox/refusal';
import { endSession, LONGEST_SESSION, sessionOf } from '../shared/usecases/inbox/sessions';
import { answerEmpty } from './answers';
import type { InboxRequest } from './inboxRequest';
import { assertEncrypted, clientAddress } from './requests';
import { sessionToken, setSession } from './sessionCookie';

const loginSchema = z.object({
	login: z.object({ account: z.string().trim().min(1).max(200), password: z.string().min(1).max(200) }),
});

const setPasswordSchema = z.object({
	setPassword: z.object({ token: z.string().max(100), password: z.string().max(1000) }),
});

/** Whether a body is a login or a password of a link: those need no session. */
export function isLogin(body: Readonly<Record<string, unknown>>): boolean {
	return 'login' in body || 'setPassword' in body;
}

async function tokenFor(inbox: InboxRequest, body: Readonly<Record<string, unknown>>): Promise<string> {
	const address = clientAddress(inbox.request);
	if ('login' in body) {
		const parsed = loginSchema.safeParse(body);
		if (parsed.success) return await logIn(inbox.store, { ...parsed.data.login, address });
		throw new Refusal(422, { message: "'Account' and 'Password' are needed to log in" });
	}
	const parsed = setPasswordSchema.safeParse(body);
	if (parsed.success) return await setPasswordByLink(inbox.store, { ...parsed.data.setPassword, address });
	throw new Refusal(422, { message: "'Password' is needed", field: 'password' });
}

/** Who logs in gets a new session; the one that the browser came with, if any, ends. */
export async function answerLogin(inbox: InboxRequest, body: Readonly<Record<string, unknown>>): Promise<void> {
	const { request, response, store, settings } = inbox;
	assertEncrypted(request);
	const token = await tokenFor(inbox, body);
	const former = await sessionOf(store, sessionToken(request), { idleMs: settings.idleMs, touch: false });
	if (former) await endSession(store, former);
	setSession(response, token, LONGEST_SESSION, inbox);
	answerEmpty(response, 204);
}

/** Asked before the store is opened. @throws Refusal */
export async function assertMayTry(inbox: Pick<InboxRequest, 'request'>): Promise<void> {
	await assertLoginPace(clientAddress(inbox.request));
}
