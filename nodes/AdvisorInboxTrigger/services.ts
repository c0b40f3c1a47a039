import type { IWebhookFunctions } from 'n8n-workflow';

import { readWhatsAppCredential, type WhatsAppCredential } from '../shared/clients/whatsapp/credential';
import { credentialOfWebhook } from '../shared/n8n/credentialOfWebhook';
import type { Store } from '../shared/store/store';
import { approvedTemplates } from '../shared/usecases/inbox/approvedTemplates';
import type { InboxServices } from '../shared/usecases/inbox/queries/query';

export const WHATSAPP_CREDENTIAL = 'whatsAppCloudApi';

/** The node's WhatsApp credential; undefined where it has none: the inbox works without. */
export async function whatsAppCredential(context: IWebhookFunctions): Promise<WhatsAppCredential | undefined> {
	if (context.getNode().credentials?.[WHATSAPP_CREDENTIAL] === undefined) return undefined;
	return readWhatsAppCredential(await credentialOfWebhook(context, WHATSAPP_CREDENTIAL));
}

/** What the inbox can do beyond its store. */
export async function servicesOf(context: IWebhookFunctions, store: Store): Promise<InboxServices> {
	const credential = await whatsAppCredential(context);
	const editorUrl = context.getInstanceBaseUrl().replace(/\/+$/, '');
	if (credential === undefined) return { editorUrl };
	return {
		editorUrl,
		credential,
		templatesOf: async (channelId) => await approvedTemplates(store, credential, channelId),
		features: { embeddedSignup: credential.signupConfigurationId !== undefined },
	};
}
