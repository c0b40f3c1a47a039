import type { IWebhookFunctions } from 'n8n-workflow';

import { profileInForce } from '../shared/usecases/businessProfile';
import { completeSignup } from '../shared/usecases/signup/completeSignup';
import { SIGNUP_COOKIE } from '../shared/usecases/signup/startSignup';
import { linkingProblemInWords } from '../shared/text/linkingProblems';
import type { InboxRequest } from './inboxRequest';
import { cookie, field, isOnThisMachine, pathOf } from './requests';
import { whatsAppCredential } from './services';

const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** For whoever comes back without a number to show: in words, without a script, and a way on. */
function problemPage(message: string, description: string, page: string): string {
	return `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(message)}</title><h1>${escaped(message)}</h1><p>${escaped(description)}</p><p><a href="${escaped(page)}">↩</a></p>`;
}

/**
 * Where Meta sends a person back to. The code is good for 30 seconds, so it is exchanged before anything is shown; then the
 * browser goes to the page, which shows how far the number has come.
 */
export async function answerSignup(context: IWebhookFunctions, inbox: InboxRequest): Promise<void> {
	const { request, response, store, address } = inbox;
	const page = address === undefined ? pathOf(request, undefined) : new URL(address).pathname;
	const { profile } = await profileInForce(store);
	const credential = await whatsAppCredential(context);
	const outcome =
		credential === undefined
			? undefined
			: await completeSignup(store, credential, {
					state: field(request, 'state'),
					code: field(request, 'code'),
					error: field(request, 'error'),
					errorCode: field(request, 'error_code'),
					errorReason: field(request, 'error_reason'),
					errorDescription: field(request, 'error_description') ?? field(request, 'error_message'),
					cookie: cookie(request, SIGNUP_COOKIE),
				});
	if (outcome?.linkedNumber !== undefined) {
		clearSignup(inbox);
		response.status(303).setHeader('Location', `${page}#/numbers`);
		response.end();
		return;
	}
	const { message, description } = linkingProblemInWords(
		outcome?.problem ?? 'link_invalid',
		profile.language,
		outcome?.detail,
	);
	response.status(400).setHeader('Content-Type', 'text/html; charset=utf-8');
	response.end(problemPage(message, description, page));
}

interface SignupCookie {
	readonly name: string;
	readonly value: string;
	readonly maxAgeSeconds: number;
}

/** Binds Meta's dialog to this browser. Lax, because Meta's redirect comes from another site. */
export function setSignup(inbox: InboxRequest, { name, value, maxAgeSeconds }: SignupCookie): void {
	const { request, response, address } = inbox;
	const parts = [`${name}=${value}`, `Path=${pathOf(request, address)}`, `Max-Age=${maxAgeSeconds}`];
	const secure = isOnThisMachine(request) ? [] : ['Secure'];
	response.appendHeader('Set-Cookie', [...parts, 'HttpOnly', 'SameSite=Lax', ...secure].join('; '));
}

function clearSignup(inbox: InboxRequest): void {
	const { request, response, address } = inbox;
	const path = address === undefined ? pathOf(request, undefined) : new URL(address).pathname;
	response.appendHeader('Set-Cookie', `${SIGNUP_COOKIE}=; Path=${path}; Max-Age=0; HttpOnly; SameSite=Lax`);
}
