import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod';

import type { SentMessageReport } from '../usecases/send/sendQueued';
import { crmItemOf, type CrmItem } from './crmItem';
import { errorJson, toNodeError } from './errors';

/** An item whose conversation is known, or the reason that it is not, or one that belongs to nobody. */
type Addressed =
	| { readonly crm: CrmItem }
	| { readonly error: unknown }
	| { readonly skipped: string; readonly crm?: IDataObject }
	| 'nobody';

/** Money may come from people who never wrote: such an item says of which business it is, and of no customer. */
const ofNoConversation = z.object({
	workspaceId: z.string().min(1),
	contactId: z.null().optional(),
});

function addressOf(node: IExecuteFunctions, { json }: INodeExecutionData, itemIndex: number): Addressed {
	// Due asks another node for this: a run of Sync.
	if (json.due === 'sync') return 'nobody';
	if (ofNoConversation.safeParse(json.crm).success) {
		return {
			skipped: 'The item belongs to no conversation: there is nobody to write to',
			crm: json.crm as IDataObject,
		};
	}
	try {
		return { crm: crmItemOf(node, itemIndex) };
	} catch (error) {
		if (!node.continueOnFail()) throw toNodeError(node.getNode(), error, itemIndex);
		return { error };
	}
}

const isToBeSent = (item: Addressed): item is { readonly crm: CrmItem } =>
	item !== 'nobody' && 'crm' in item && !('skipped' in item);

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

/**
 * Send Queued of any vendor: what waits for the persons of the items leaves, and each item says what was sent for it.
 * @param send Drains the queues of these contacts.
 */
export async function sendForItems(
	node: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	send: (contactIds: readonly string[]) => Promise<ReadonlyMap<string, readonly SentMessageReport[]>>,
): Promise<INodeExecutionData[]> {
	const addressed = items.map((item, itemIndex) => addressOf(node, item, itemIndex));
	const reports = await send(addressed.flatMap((item) => (isToBeSent(item) ? [item.crm.contactId] : [])));
	// Several items of one person are one queue: its report goes with the first of them.
	const reported = new Set<string>();
	return addressed.flatMap((item, itemIndex): INodeExecutionData[] => {
		if (item === 'nobody') return [{ json: items[itemIndex].json, pairedItem: { item: itemIndex } }];
		if ('error' in item) return [failedItem(node, item.error, itemIndex)];
		if ('skipped' in item) {
			const { crm, skipped: reason } = item;
			return [{ json: { crm, skipped: true, reason, sent: [] }, pairedItem: { item: itemIndex } }];
		}
		const { crm } = item;
		const sent = reported.has(crm.contactId) ? [] : (reports.get(crm.contactId) ?? []);
		reported.add(crm.contactId);
		return [{ json: { crm: { ...crm } as IDataObject, sent: sent.map(reportJson) }, pairedItem: { item: itemIndex } }];
	});
}

/** By hand the queue is not touched: the requests for what the item itself would have queued are shown. */
export async function showForItems(
	node: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	show: (json: IDataObject) => Promise<IDataObject>,
): Promise<INodeExecutionData[]> {
	const shown: INodeExecutionData[] = [];
	for (const [itemIndex, { json }] of items.entries()) {
		try {
			const carried = json.crm === undefined ? {} : { crm: json.crm };
			shown.push({ json: { ...(await show(json)), ...carried }, pairedItem: { item: itemIndex } });
		} catch (error) {
			if (!node.continueOnFail()) throw toNodeError(node.getNode(), error, itemIndex);
			shown.push(failedItem(node, error, itemIndex));
		}
	}
	return shown;
}
