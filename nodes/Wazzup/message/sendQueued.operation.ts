import type { IDataObject } from 'n8n-workflow';

import { queuedByHand } from '../../shared/n8n/manualMode';
import { sendForItems, showForItems } from '../../shared/n8n/queuedSends';
import { sendQueued as sendQueuedMessages } from '../../shared/usecases/send/sendQueued';
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
		if (manual) return await showForItems(node, items, async (json) => await showItem(json, services));
		return await sendForItems(
			node,
			items,
			async (contactIds) =>
				await services.withStore(
					async (store) => await sendQueuedMessages(store, contactIds, wazzupSender(services.client), 'wazzup'),
				),
		);
	},
};

async function showItem(json: IDataObject, { client }: WazzupServices): Promise<IDataObject> {
	const queued = queuedByHand(json);
	const bodies = queued === undefined ? [] : await requestsOfMessage(client, queued);
	const requests = bodies.map((body) => ({ method: 'POST', url: `${client.root}/message`, body: body as IDataObject }));
	return { simulated: true, requests };
}
