import type { IncomingMessage, ServerResponse } from 'node:http';
import { comesFromElsewhere } from './requestReader';
import type { SignupOutcome } from './types';
import { vendorEvents } from './vendorEvents';
import type { AccountState, Grant, World } from './world';

const PATHS = /^\/(?:v\d+\.\d+\/)?(?:dialog\/oauth|messaging\/whatsapp\/onboard\/?)$/;

/** What the business token of Embedded Signup may do. */
const SCOPES = ['whatsapp_business_management', 'whatsapp_business_messaging'];

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${String(sign.charCodeAt(0))};`);

/** A page of Meta's that explains why the dialog does not open; there is no way back to the app from it. */
class DialogRefusal extends Error {}

interface DialogRequest {
	readonly clientId: string;
	readonly redirectUri: URL;
	readonly state: string;
}

/** Checks what Meta checks before it shows the dialog. @throws DialogRefusal */
function dialogRequest(world: World, address: URL): DialogRequest {
	const value = (name: string): string => address.searchParams.get(name) ?? '';
	const clientId = value('client_id') || value('app_id');
	if (clientId !== world.app.id)
		throw new DialogRefusal('Invalid App ID: The provided app ID does not look like a valid app ID.');
	const { signup } = world.options;
	if (value('config_id') !== (signup?.configurationId ?? '')) {
		throw new DialogRefusal('Invalid config_id: Unable to find a configuration with the given ID.');
	}
	if (address.pathname.endsWith('/dialog/oauth')) {
		if (value('response_type') !== 'code')
			throw new DialogRefusal('Invalid response_type: it must be code for this configuration.');
		if (value('override_default_response_type') !== 'true') {
			throw new DialogRefusal('The configuration needs override_default_response_type to be true.');
		}
	}
	const extras: unknown = JSON.parse(value('extras') || '{}');
	if ((extras as { featureType?: unknown }).featureType !== 'whatsapp_business_app_onboarding') {
		throw new DialogRefusal('This configuration onboards WhatsApp Business app numbers only: set extras.featureType.');
	}
	if (!URL.canParse(value('redirect_uri')))
		throw new DialogRefusal('Invalid redirect_uri: it must be an absolute URI.');
	const redirectUri = new URL(value('redirect_uri'));
	const loopback = ['127.0.0.1', 'localhost'].includes(redirectUri.hostname);
	if (redirectUri.protocol !== 'https:' && !loopback) {
		throw new DialogRefusal('Insecure Login Blocked: The redirect_uri must be https.');
	}
	const allowed = signup?.redirectUris;
	if (allowed !== undefined && !allowed.includes(value('redirect_uri'))) {
		throw new DialogRefusal(
			"URL Blocked: This redirect failed because the redirect URI is not whitelisted in the app's Client OAuth Settings.",
		);
	}
	return { clientId, redirectUri, state: value('state') };
}

function backWith({ redirectUri, state }: DialogRequest, answer: Readonly<Record<string, string>>): string {
	const back = new URL(redirectUri);
	for (const [name, value] of Object.entries(answer)) back.searchParams.set(name, value);
	if (state !== '') back.searchParams.set('state', state);
	return back.href;
}

const accountsOfAdvisors = (world: World): AccountState[] =>
	[...world.accounts.values()].filter(({ numbers }) => numbers.some(({ number }) => number.ofAdvisor === true));

function share(world: World, request: DialogRequest, outcome: SignupOutcome): string {
	const chosen = accountsOfAdvisors(world).filter(
		({ numbers }) =>
			outcome.phoneNumberId === undefined ||
			numbers.some(({ number }) => number.phoneNumberId === outcome.phoneNumberId),
	);
	const wabaIds = outcome.shareNothing === true ? [] : chosen.map(({ wabaId }) => wabaId);
	const grant: Grant = {
		token: `EAA${world.identifiers.token(60)}`,
		wabaIds,
		scopes: outcome.withoutMessaging === true ? SCOPES.slice(0, 1) : SCOPES,
	};
	for (const account of chosen) {
		for (const state of account.numbers) {
			state.onboardedAt = world.now();
			state.synced.clear();
		}
	}
	const code = world.identifiers.token(80);
	world.signupCodes.set(code, { issuedAt: world.now(), redirectUri: request.redirectUri.href, grant });
	for (const wabaId of wabaIds) {
		void vendorEvents(world).accountUpdate(wabaId, {
			event: 'PARTNER_ADDED',
			waba_info: { waba_id: wabaId, owner_business_id: '900000000000001' },
		});
	}
	return backWith(request, { code });
}

/** What a person does in the dialog, as the address that their browser is sent to. @throws DialogRefusal */
export function answerDialog(world: World, address: URL, outcome: SignupOutcome): string {
	const request = dialogRequest(world, address);
	if (world.options.signup?.live === false) {
		return backWith(request, {
			error: 'server_error',
			error_code: '1349195',
			error_description:
				'App not active: This app is not currently active. If you are the app developer, switch it to live mode.',
		});
	}
	switch (outcome.kind) {
		case 'cancelled':
			return backWith(request, {
				error: 'access_denied',
				error_code: '200',
				error_reason: 'user_denied',
				error_description: 'Permissions error',
			});
		case 'error':
			return backWith(request, {
				error: 'server_error',
				error_code: outcome.code ?? '524126',
				error_description: outcome.message ?? 'The number is not eligible for onboarding.',
			});
		case 'finished':
			return share(world, request, outcome);
	}
}

const STYLE =
	'body{font:16px system-ui;max-width:34rem;margin:4rem auto;padding:0 1rem;color:#1c1e21}h1{font-size:1.4rem}button{display:block;width:100%;margin:.6rem 0;padding:.9rem;border:1px solid #ccd0d5;border-radius:8px;background:#fff;font:inherit;cursor:pointer;text-align:left}button.go{background:#0866ff;color:#fff;border-color:#0866ff}small{color:#606770}button.go small{color:#e4eeff}';

const sheet = (title: string, body: string): string =>
	`<!doctype html><html lang="es"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${STYLE}</style><h1>${escaped(title)}</h1>${body}</html>`;

function dialogSheet(world: World, address: URL): string {
	const hidden = [...address.searchParams]
		.map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`)
		.join('');
	const button = (value: string, label: string, style = ''): string =>
		`<button ${style} name="simulate" value="${escaped(value)}">${label}</button>`;
	const numbers = accountsOfAdvisors(world).flatMap(({ numbers: states }) =>
		states.map(({ number }) =>
			button(
				`finished:${number.phoneNumberId}`,
				`Continuar con <b>${escaped(number.displayPhoneNumber)}</b><br><small>${escaped(number.verifiedName)}</small>`,
				'class="go"',
			),
		),
	);
	return sheet(
		'Conecta tu WhatsApp Business',
		`<p>${escaped('Elige el número que usas en la aplicación WhatsApp Business y confirma que esta empresa puede administrarlo.')}</p><form method="get">${hidden}${numbers.join('')}${button('cancelled', 'Cancelar')}${button('error', 'Simular un error de Meta')}</form><p><small>Ventana simulada: no es Meta.</small></p>`,
	);
}

function outcomeOf(text: string): SignupOutcome {
	const [kind, phoneNumberId] = text.split(':');
	if (kind === 'cancelled' || kind === 'error') return { kind };
	return { kind: 'finished', phoneNumberId: phoneNumberId || undefined };
}

/** Meta's dialog for a browser. Answers whether it took the request. */
export function signupDialog(world: World) {
	return (message: IncomingMessage, response: ServerResponse): boolean => {
		const address = new URL(message.url ?? '/', world.baseUrl);
		if (!PATHS.test(address.pathname)) return false;
		const elsewhere = message.headers['sec-fetch-mode'] !== 'navigate' && comesFromElsewhere(message);
		if (message.method !== 'GET' || elsewhere) {
			response.writeHead(403).end();
			return true;
		}
		try {
			const simulate = address.searchParams.get('simulate');
			if (simulate === null) {
				dialogRequest(world, address);
				response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(dialogSheet(world, address));
				return true;
			}
			response.writeHead(302, { Location: answerDialog(world, address, outcomeOf(simulate)) }).end();
		} catch (error) {
			if (!(error instanceof DialogRefusal)) throw error;
			response
				.writeHead(400, { 'Content-Type': 'text/html; charset=utf-8' })
				.end(sheet('Algo salió mal', `<p>${escaped(error.message)}</p>`));
		}
		return true;
	};
}
