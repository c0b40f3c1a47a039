import type { IWebhookFunctions } from 'n8n-workflow';

import type { StoreContext } from '../shared/n8n/storeOfNode';
import { webhookIdOf } from '../shared/n8n/webhookId';
import type { Store } from '../shared/store/store';
import type { InboxServices } from '../shared/usecases/inbox/queries/query';
import { Refusal } from '../shared/usecases/inbox/refusal';
import { sessionOf, type InboxSession } from '../shared/usecases/inbox/sessions';
import type { Response } from './answers';
import { inboxSettings, publicAddress, type InboxSettings } from './parameters';
import type { Request } from './requests';
import { servicesOf } from './services';
import { sessionToken } from './sessionCookie';

/** A request of the inbox page, and what it is answered with. */
export interface InboxRequest {
	readonly request: Request;
	readonly response: Response;
	readonly store: Store;
	readonly settings: InboxSettings;
	/** Of the node; rows that a click writes belong to it. */
	readonly webhookId: string;
	/** Where people reach the page. */
	readonly address: string | undefined;
	/** Opens the store once more, for what outlives the request. */
	readonly storeContext: StoreContext;
	/** What the inbox can do beyond its store. */
	services(): Promise<InboxServices>;
	log(message: string): void;
}

export function inboxRequestOf(context: IWebhookFunctions, store: Store, storeContext: StoreContext): InboxRequest {
	return {
		request: context.getRequestObject(),
		response: context.getResponseObject(),
		store,
		settings: inboxSettings(context),
		webhookId: webhookIdOf(context),
		address: publicAddress(context)?.url,
		storeContext,
		services: async () => await servicesOf(context, store),
		log: (message) => context.logger.warn(`WhatsApp CRM inbox: ${message}`, { node: context.getNode().name }),
	};
}

/** @throws Refusal when nobody is logged in (any more) */
export async function sessionOfRequest(
	{ store, request, settings }: InboxRequest,
	options: { readonly touch: boolean },
): Promise<InboxSession> {
	const session = await sessionOf(store, sessionToken(request), { idleMs: settings.idleMs, ...options });
	if (session) return session;
	throw new Refusal(401, {
		message: 'You are not logged in (any more)',
		description: 'Log in again.',
		code: 'loggedOut',
	});
}
