import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { crmItemOf, type CrmItem } from '../../shared/n8n/crmItem';
import { errorJson, toNodeError } from '../../shared/n8n/errors';
import { queuedByHand } from '../../shared/n8n/manualMode';
import { sendQueued as sendQueuedMessages, type SentMessageReport } from '../../shared/usecases/sendQueued';
import { requestsOfMessage, wazzupSender } from '../../shared/usecases/wazzup/wazzupSender';
import type { WazzupBatchOperation, WazzupServices } from '../services';

export const sendQueued: WazzupBatchOperation = {
	value: 'sendQueued',
	name: 'Send Queued',
	action: 'Send queued messages',
	description: 'Send everything that waits on channels of Wazzup for the persons of the items, in order',
	// Not a tool: which person is written to, and when, is the workflow's business.
	needsApproval: true,
	properties: [
		{
			displayName:
				'Sends what Bot Conversation, Case and the advisors have queued for channels of Wazzup. Connect all their outputs to this one node; no text has to be passed on.',
			name: 'sendQueuedNotice',
			type: 'notice',
			default: '',
		},
	],
	async executeAll(node, items, manual, services) {
		if (manual) return await showQueued(node, items, services);
		const addressed = items.map((_, itemIndex) => addressOf(node, itemIndex));
		const contactIds = addressed.flatMap((item) => ('crm' in item ? [item.crm.contactId] : []));
		const reports = await services.withStore(
			async (store) => await sendQueuedMessages(store, contactIds, wazzupSender(services.client), 'wazzup'),
		);
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

function addressOf(
	node: IExecuteFunctions,
	itemIndex: number,
): { readonly crm: CrmItem } | { readonly error: unknown } {
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
	{ client }: WazzupServices,
): Promise<INodeExecutionData[]> {
	const shown: INodeExecutionData[] = [];
	for (const [itemIndex, { json }] of items.entries()) {
		const pairedItem = { item: itemIndex };
		const carried = json.crm === undefined ? {} : { crm: json.crm };
		try {
			const queued = queuedByHand(json);
			const bodies = queued === undefined ? [] : await requestsOfMessage(client, queued);
			const requests = bodies.map((body) => ({
				method: 'POST',
				url: `${client.root}/message`,
				body: body as IDataObject,
			}));
			shown.push({ json: { simulated: true, requests, ...carried }, pairedItem });
		} catch (error) {
			if (!node.continueOnFail()) throw toNodeError(node.getNode(), error, itemIndex);
			shown.push(failedItem(node, error, itemIndex));
		}
	}
	return shown;
}
