import type { IDataObject } from 'n8n-workflow';

import { buildMessageRequest } from '../../shared/clients/whatsapp/messageRequest';
import { queuedByHand } from '../../shared/n8n/manualMode';
import { sendForItems, showForItems } from '../../shared/n8n/queuedSends';
import { clientsOfChannels } from '../../shared/usecases/linkedNumbers/clientOfChannel';
import { sendQueued as sendQueuedMessages } from '../../shared/usecases/send/sendQueued';
import { whatsAppSender } from '../../shared/usecases/send/whatsAppSender';
import type { WhatsAppCloudBatchOperation, WhatsAppCloudServices } from '../services';

export const sendQueued: WhatsAppCloudBatchOperation = {
	value: 'sendQueued',
	name: 'Send Queued',
	action: 'Send queued messages',
	description: 'Send everything that waits for the persons of the items, in order, under the limits of WhatsApp',
	// Not a tool: which person is written to, and when, is the workflow's business.
	needsApproval: true,
	properties: [
		{
			displayName:
				'Sends what Bot Conversation, Case and the advisors have queued. Connect all their outputs to this one node; no text has to be passed on. Items of payments that belong to no conversation pass as <b>skipped</b>.',
			name: 'sendQueuedNotice',
			type: 'notice',
			default: '',
		},
	],
	async executeAll(node, items, manual, services) {
		if (manual) return await showForItems(node, items, async (json) => await showItem(json, services));
		return await sendForItems(
			node,
			items,
			async (contactIds) =>
				await services.withStore(async (store) => {
					const send = whatsAppSender(store, clientsOfChannels(store, services.client));
					return await sendQueuedMessages(store, contactIds, send);
				}),
		);
	},
};

async function showItem(json: IDataObject, { client, isTestRecipient }: WhatsAppCloudServices): Promise<IDataObject> {
	const queued = queuedByHand(json);
	if (queued === undefined) return { simulated: true, requests: [] };
	const { phoneNumberId, to, messages } = queued;
	const received = await isTestRecipient(to);
	const requests: IDataObject[] = [];
	for (const message of messages) {
		const request = buildMessageRequest({ phoneNumberId, to, message });
		const sent = received ? await client.sendMessage({ phoneNumberId, to, message }) : undefined;
		requests.push({
			method: request.method,
			url: `${client.root}${request.path}`,
			body: request.body as IDataObject,
			...(sent === undefined ? {} : { messageId: sent.wamid }),
		});
	}
	return { simulated: !received, requests };
}
