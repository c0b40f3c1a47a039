import { z } from 'zod';

import { COMMANDS, type CommandName } from '../shared/domain/inbox/requests';
import { changePassword } from '../shared/usecases/inbox/changePassword';
import { Refusal } from '../shared/usecases/inbox/refusal';
import { runCommand } from '../shared/usecases/inbox/runCommand';
import { endSession, LONGEST_SESSION, type InboxSession } from '../shared/usecases/inbox/sessions';
import { viewerOf } from '../shared/usecases/inbox/viewer';
import { answerEmpty, answerJson } from './answers';
import { assertCsrf } from './csrf';
import { sessionOfRequest, type InboxRequest } from './inboxRequest';
import { clientAddress } from './requests';
import { clearSession, setSession } from './sessionCookie';
import { setSignup } from './signup.route';

const commandSchema = z.object({
	command: z.enum(Object.keys(COMMANDS) as [CommandName, ...CommandName[]]),
	requestId: z.string().min(8).max(100),
});

const signupSchema = z
	.object({
		cookie: z.object({ name: z.string(), value: z.string(), maxAgeSeconds: z.number() }).optional(),
	})
	.passthrough();

/** What binds Meta's dialog to this browser is its cookie, and nothing that a script could read. */
function withoutCookie(inbox: InboxRequest, answer: unknown): unknown {
	const { cookie, ...shown } = signupSchema.parse(answer);
	if (cookie !== undefined) setSignup(inbox, cookie);
	return shown;
}

async function answerPasswordChange(inbox: InboxRequest, session: InboxSession, body: unknown): Promise<void> {
	const parsed = COMMANDS.changePassword.safeParse(body);
	if (!parsed.success) throw new Refusal(422, { message: "'Current Password' and 'New Password' are needed" });
	const address = clientAddress(inbox.request);
	const token = await changePassword(inbox.store, session, { ...parsed.data, address });
	setSession(inbox.response, token, LONGEST_SESSION, inbox);
	answerEmpty(inbox.response, 204);
}

/** Does what an advisor asks for. The two commands that change the browser's cookie are done here. */
export async function answerCommand(inbox: InboxRequest, body: Readonly<Record<string, unknown>>): Promise<void> {
	const { response, store } = inbox;
	const session = await sessionOfRequest(inbox, { touch: true });
	assertCsrf(inbox);
	const parsed = commandSchema.safeParse(body);
	if (!parsed.success) throw new Refusal(422, { message: 'The inbox does not know this command' });
	const { command, requestId } = parsed.data;
	if (command === 'logOut') {
		await endSession(store, session);
		clearSession(response, inbox);
		answerEmpty(response, 204);
		return;
	}
	if (command === 'changePassword') {
		await answerPasswordChange(inbox, session, body);
		return;
	}
	const { command: _command, requestId: _requestId, ...input } = body;
	const answer = await runCommand(
		store,
		viewerOf(session.advisor),
		{ command, requestId, input, webhookId: inbox.webhookId, address: clientAddress(inbox.request) },
		await inbox.services(),
	);
	answerJson(response, 200, command === 'startSignup' ? withoutCookie(inbox, answer) : (answer ?? null));
}
