import type { IWebhookFunctions } from 'n8n-workflow';

import { profileInForce } from '../shared/usecases/profile/businessProfile';
import type { Language } from '../shared/domain/profile/businessProfile';
import { completeSignup } from '../shared/usecases/signup/completeSignup';
import { SIGNUP_COOKIE } from '../shared/usecases/signup/startSignup';
import { linkingProblemInWords } from '../shared/text/linkingProblems';
import type { InboxRequest } from './inboxRequest';
import { pageStyle } from './pageFiles';
import { cookie, field, isOnThisMachine, pathOf } from './requests';
import { whatsAppCredential } from './services';

const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

const BACK: Readonly<Record<Language, string>> = {
	es: 'Volver a la bandeja',
	en: 'Back to the inbox',
	'pt-BR': 'Voltar à caixa de entrada',
};

/** For whoever comes back without a number to show: in words, without a script, and a way on. */
async function problemPage(message: string, description: string, page: string, language: Language): Promise<string> {
	// What it says must come, whatever became of the page's looks.
	const style = await pageStyle().catch(() => undefined);
	const look = style === undefined ? '' : `<link rel="stylesheet" href="${escaped(`${page}?asset=${style}`)}">`;
	const inside = `<h1>${escaped(message)}</h1><p class="loginLead">${escaped(description)}</p><a class="button primary" href="${escaped(`${page}#/numbers`)}">${escaped(BACK[language])}</a>`;
	return `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${escaped(message)}</title>${look}<main class="loginPage"><section class="loginCard">${inside}</section></main></html>`;
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
	response.end(await problemPage(message, description, page, profile.language));
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
