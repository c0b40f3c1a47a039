import { LRUCache } from 'lru-cache';
import type { IWebhookFunctions } from 'n8n-workflow';

import { readWhatsAppCredential, type WhatsAppCredential } from '../shared/clients/whatsapp/credential';
import type { WazzupClient } from '../shared/clients/wazzup/client';
import {
	credentialFingerprint,
	readWazzupCredential,
	type WazzupCredential,
} from '../shared/clients/wazzup/credential';
import { credentialOfWebhook } from '../shared/n8n/credentialOfWebhook';
import { WAZZUP_CREDENTIAL, wazzupClientOf } from '../shared/n8n/wazzupClient';
import type { Store } from '../shared/store/store';
import { approvedTemplates } from '../shared/usecases/inbox/approvedTemplates';
import type { InboxServices } from '../shared/usecases/inbox/queries/query';
import { storeContextOf } from './storeContext';

const WHATSAPP_CREDENTIAL = 'whatsAppCloudApi';

/** The node's WhatsApp credential; undefined where it has none: the inbox works without. */
export async function whatsAppCredential(context: IWebhookFunctions): Promise<WhatsAppCredential | undefined> {
	if (context.getNode().credentials?.[WHATSAPP_CREDENTIAL] === undefined) return undefined;
	return readWhatsAppCredential(await credentialOfWebhook(context, WHATSAPP_CREDENTIAL));
}

/** The node's account of Wazzup; undefined where it has none, or one that cannot be read: the inbox works without. */
export async function wazzupCredential(context: IWebhookFunctions): Promise<WazzupCredential | undefined> {
	if (context.getNode().credentials?.[WAZZUP_CREDENTIAL] === undefined) return undefined;
	try {
		return readWazzupCredential(await credentialOfWebhook(context, WAZZUP_CREDENTIAL));
	} catch (error) {
		context.logger.warn(`WhatsApp CRM inbox: ${error instanceof Error ? error.message : String(error)}`);
		return undefined;
	}
}

/** Kept for a node of a workflow and a credential: its connections stay open between the requests of the page. */
const wazzupClients = new LRUCache<string, Promise<WazzupClient>>({ max: 50 });

async function wazzupOf(context: IWebhookFunctions): Promise<Pick<InboxServices, 'wazzup'>> {
	const credential = await wazzupCredential(context);
	if (credential === undefined) return {};
	const key = [context.getWorkflow().id, context.getNode().id, credentialFingerprint(credential)].join('/');
	const known = wazzupClients.get(key);
	if (known !== undefined) return { wazzup: await known };
	const opening = wazzupClientOf(storeContextOf(context));
	wazzupClients.set(key, opening);
	opening.catch(() => wazzupClients.delete(key));
	return { wazzup: await opening };
}

/** What the inbox can do beyond its store. */
export async function servicesOf(context: IWebhookFunctions, store: Store): Promise<InboxServices> {
	const credential = await whatsAppCredential(context);
	const editorUrl = context.getInstanceBaseUrl().replace(/\/+$/, '');
	const wazzup = await wazzupOf(context);
	if (credential === undefined) return { editorUrl, ...wazzup };
	return {
		editorUrl,
		...wazzup,
		credential,
		templatesOf: async (channelId) => await approvedTemplates(store, credential, channelId),
		features: { embeddedSignup: credential.signupConfigurationId !== undefined },
	};
}
