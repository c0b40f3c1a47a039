import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { readWhatsAppCredential, type WhatsAppCredential } from '../shared/clients/whatsapp/credential';
import type { ChannelEvent } from '../shared/domain/messages/events';
import { credentialOfWebhook } from '../shared/n8n/credentialOfWebhook';
import { ANSWERED, answerDelivery, endWith, jsonIn, rawBodyOf } from '../shared/n8n/delivery';
import { openStoreOfNode, storeSettingsOfNode, type StoreContext } from '../shared/n8n/storeOfNode';
import { webhookIdOf } from '../shared/n8n/webhookId';
import { receiveEvents } from '../shared/usecases/receive/receiveEvents';
import { parseMetaWebhook, verifyMetaSignature } from '../shared/webhooks/meta';
import { answerHandshake } from './handshake';
import { handOver } from '../shared/n8n/listening';
import { outputsOf } from './outputs';
import { emittedEvents, phoneNumberIds } from './parameters';

async function credentialOf(context: IWebhookFunctions): Promise<WhatsAppCredential> {
	return readWhatsAppCredential(await credentialOfWebhook(context, 'whatsAppCloudApi'));
}

/** Somebody listens in the editor: the events go there and nowhere else. */
async function receiveByHand(
	context: IWebhookFunctions,
	reader: StoreContext,
	events: readonly ChannelEvent[],
): Promise<IWebhookResponseData> {
	const { workspaceId } = await storeSettingsOfNode(reader);
	const outputs = outputsOf(events, emittedEvents(context), { workspaceId, webhookId: webhookIdOf(context) });
	const answered = endWith(context, 200);
	if (outputs.every((items) => items.length === 0)) return answered;
	handOver(context, outputs);
	return { ...answered, workflowData: outputs };
}

async function receiveDelivery(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { appSecret } = await credentialOf(context);
	const rawBody = await rawBodyOf(context);
	const signature = context.getRequestObject().headers['x-hub-signature-256'];
	if (!verifyMetaSignature(rawBody, signature, appSecret)) return endWith(context, 401);
	const numbers = phoneNumberIds(context);
	const events = parseMetaWebhook(jsonIn(rawBody));
	const reader: StoreContext = {
		getNode: () => context.getNode(),
		getCredentials: async (type) => await credentialOfWebhook(context, type),
	};
	if (context.getMode() === 'manual') {
		const chosen = events.filter(
			({ channel }) => numbers.length === 0 || channel === undefined || numbers.includes(channel.phoneNumberId),
		);
		return await receiveByHand(context, reader, chosen);
	}
	if (events.length > 0) {
		const store = await openStoreOfNode(reader);
		try {
			await receiveEvents(store, {
				webhookId: webhookIdOf(context),
				vendor: 'whatsapp',
				events,
				emit: emittedEvents(context),
				phoneNumberIds: numbers,
			});
		} finally {
			await store.close();
		}
	}
	return endWith(context, 200);
}

/**
 * Answers a request of Meta. What is answered with 200 is in the journal; what could not be stored is answered with 503,
 * so that Meta delivers it again. Never throws, because n8n would store a failed execution and answer with its stack;
 * never starts an execution in production, that is the pump's work.
 */
export async function receiveWebhook(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	return await answerDelivery(context, 'WhatsApp', async () => {
		if (context.getWebhookName() !== 'setup') return await receiveDelivery(context);
		answerHandshake(context, (await credentialOf(context)).verifyToken);
		return ANSWERED;
	});
}
