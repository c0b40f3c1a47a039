import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { buildMessageRequest } from '../../shared/clients/whatsapp/messageRequest';
import { crmItemOf, type CrmItem } from '../../shared/n8n/crmItem';
import { errorJson, toNodeError } from '../../shared/n8n/errors';
import { queuedByHand } from '../../shared/n8n/manualMode';
import { clientsOfChannels } from '../../shared/usecases/linkedNumbers/clientOfChannel';
import { sendQueued as sendQueuedMessages, type SentMessageReport } from '../../shared/usecases/sendQueued';
import { whatsAppSender } from '../../shared/usecases/whatsAppSender';
import type { WhatsAppCloudBatchOperation, WhatsAppCloudServices } from '../services';

/** An item whose conversation is known, or the reason that it is not. */
type Addressed = { readonly crm: CrmItem } | { readonly error: unknown };

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
				'Sends what Bot Conversation, Case and the advisors have queued. Connect all their outputs to this one node; no text has to be passed on.',
			name: 'sendQueuedNotice',
			type: 'notice',
			default: '',
		},
	],
	async executeAll(node, items, manual, services) {
		if (manual) return await showQueued(node, items, services);
		const addressed = items.map((_, itemIndex) => addressOf(node, itemIndex));
		const contactIds = addressed.flatMap((item) => ('crm' in item ? [item.crm.contactId] : []));
		const reports = await services.withStore(async (store) => {
			const send = whatsAppSender(store, clientsOfChannels(store, services.client));
			return await sendQueuedMessages(store, contactIds, send);
		});
		// Several items of one person are one queue: its report goes with the first of them.
		const reported = new Set<string>();
		return addressed.map((item, itemIndex) => {
			if ('error' in item) return failedItem(node, item.error, itemIndex);
			const { crm } = item;
			const sent = reported.has(crm.contactId) ? [] : (reports.get(crm.contactId) ?? []);
			reported.add(crm.contactId);
			return { json: { crm: { ...crm } as IDataObject, sent: sent.map(reportJson) }, pairedItem: { item: itemIndex } };
		});
	},
};

function addressOf(node: IExecuteFunctions, itemIndex: number): Addressed {
	try {
		return { crm: crmItemOf(node, itemIndex) };
	} catch (error) {
		if (!node.continueOnFail()) throw toNodeError(node.getNode(), error, itemIndex);
		return { error };
	}
}

function failedItem(node: IExecuteFunctions, error: unknown, itemIndex: number): INodeExecutionData {
	return {
		json: errorJson(error, toNodeError(node.getNode(), error, itemIndex)),
		pairedItem: { item: itemIndex },
	};
}

function reportJson({ outboxId, state, messageId, error }: SentMessageReport): IDataObject {
	return {
		outboxId,
		state,
		...(messageId === undefined ? {} : { messageId }),
		...(error === undefined ? {} : { error }),
	};
}

/** By hand the queue is not touched: the requests for what the item itself would have queued are shown. */
async function showQueued(
	node: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	services: WhatsAppCloudServices,
): Promise<INodeExecutionData[]> {
	const shown: INodeExecutionData[] = [];
	for (const [itemIndex, item] of items.entries()) {
		const pairedItem = { item: itemIndex };
		try {
			shown.push({ json: await showItem(item, services), pairedItem });
		} catch (error) {
			if (!node.continueOnFail()) throw toNodeError(node.getNode(), error, itemIndex);
			shown.push(failedItem(node, error, itemIndex));
		}
	}
	return shown;
}

async function showItem(
	{ json }: INodeExecutionData,
	{ client, isTestRecipient }: WhatsAppCloudServices,
): Promise<IDataObject> {
	const queued = queuedByHand(json);
	const carried = json.crm === undefined ? {} : { crm: json.crm };
	if (queued === undefined) return { simulated: true, requests: [], ...carried };
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
	return { simulated: !received, requests, ...carried };
}
