import { z } from 'zod';

import { isLoopback } from '../../http/address';
import { DEFAULT_GRAPH_URL, type WhatsAppCredential } from './credential';
import type { Graph } from './graph';

/*
 * How an advisor's own WhatsApp Business number comes to us: Embedded Signup version 4 with coexistence
 * (developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup, onboarding-business-app-users).
 */

/** What a link into Meta's dialog carries. */
export interface SignupLink {
	readonly redirectUri: string;
	readonly state: string;
}

/** What Meta shows in the dialog: the way for numbers that are used in the WhatsApp Business app. */
const COEXISTENCE = JSON.stringify({
	setup: {},
	featureType: 'whatsapp_business_app_onboarding',
	sessionInfoVersion: '3',
	version: 'v4',
});

const DIALOG = 'https://www.facebook.com';
const HOSTED = 'https://business.facebook.com/messaging/whatsapp/onboard/';

/** A simulator on this machine shows the dialog itself; whatever else stands before the API, the dialog is Facebook's. */
function dialogHost({ baseUrl }: WhatsAppCredential, real: string): string {
	return baseUrl !== DEFAULT_GRAPH_URL && isLoopback(new URL(baseUrl).hostname) ? baseUrl : real;
}

/** The address of Meta's dialog for a browser; it ends at `redirectUri` with `code` and `state`, or with an error. */
export function signupDialogUrl(
	credential: WhatsAppCredential,
	configurationId: string,
	{ redirectUri, state }: SignupLink,
): string {
	const url = new URL(`${dialogHost(credential, DIALOG)}/${credential.apiVersion}/dialog/oauth`);
	for (const [name, value] of Object.entries({
		client_id: credential.appId,
		config_id: configurationId,
		response_type: 'code',
		override_default_response_type: 'true',
		redirect_uri: redirectUri,
		state,
		extras: COEXISTENCE,
	}))
		url.searchParams.set(name, value);
	return url.href;
}

/** The same as a page of Meta's that needs no page of ours, to be sent to the advisor. */
export function hostedSignupUrl(
	credential: WhatsAppCredential,
	configurationId: string,
	{ redirectUri, state }: SignupLink,
): string {
	const host = dialogHost(credential, HOSTED);
	const url = new URL(host === HOSTED ? HOSTED : `${host}/messaging/whatsapp/onboard/`);
	for (const [name, value] of Object.entries({
		app_id: credential.appId,
		config_id: configurationId,
		redirect_uri: redirectUri,
		state,
		extras: COEXISTENCE,
	}))
		url.searchParams.set(name, value);
	return url.href;
}

/**
 * Exchanges the dialog's code for the token of the advisor's account: `GET /oauth/access_token`. The code is good for
 * 30 s and once; `redirectUri` is the one of the dialog, letter for letter. Never repeated once it was written.
 * @throws RequestFailure with subcode 36007 (expired) or 36009 (used)
 */
export async function exchangeCode(
	graph: Graph,
	{ code, redirectUri }: { readonly code: string; readonly redirectUri: string },
): Promise<string> {
	const { access_token: token } = await graph.appHttp.request({
		method: 'GET',
		path: '/oauth/access_token',
		query: {
			client_id: graph.credential.appId,
			client_secret: graph.credential.appSecret,
			redirect_uri: redirectUri,
			code,
		},
		answer: z.object({ access_token: z.string().min(1) }),
		idempotent: false,
		timeout: 'send',
		purpose: 'Exchange signup code',
	});
	return token;
}

/** What the phone of a linked number can hand over: its address book, or its conversations of the last 180 days. */
export type SyncType = 'smb_app_state_sync' | 'history';

/**
 * Asks for a synchronisation: `POST /<number>/smb_app_data`. Each type once, within 24 h of linking; what follows comes
 * as webhooks. @throws RequestFailure with code 2593107 (requested before) or 2593108 (too late)
 */
export async function requestSync(graph: Graph, phoneNumberId: string, type: SyncType): Promise<string> {
	const { request_id: requestId } = await graph.http.request({
		method: 'POST',
		path: `/${encodeURIComponent(phoneNumberId)}/smb_app_data`,
		body: { messaging_product: 'whatsapp', sync_type: type },
		answer: z.object({ request_id: z.string().default('') }),
		idempotent: false,
		timeout: 'send',
		purpose: type === 'history' ? 'Request history' : 'Request contacts',
	});
	return requestId;
}
