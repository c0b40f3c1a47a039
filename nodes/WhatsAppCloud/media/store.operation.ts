import { Semaphore } from 'async-mutex';
import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from '../../shared/domain/invalidInput';
import { errorJson, toNodeError } from '../../shared/n8n/errors';
import type { OperationContext } from '../../shared/n8n/operation';
import { optionalWords, optionsOf, parameter } from '../../shared/n8n/parameters';
import { downloadAttachment } from '../../shared/usecases/downloadAttachment';
import { clientOfChannel } from '../../shared/usecases/linkedNumbers/clientOfChannel';
import type { WhatsAppCloudBatchOperation, WhatsAppCloudServices } from '../services';

function attachmentIdOf({ item }: OperationContext, said: string | undefined): string {
	const brought = item.json.attachmentId;
	const attachmentId = said ?? (typeof brought === 'string' ? brought : undefined);
	if (attachmentId !== undefined) return attachmentId;
	throw new InvalidInput({
		message: 'The item has no attachment',
		description:
			"Connect this node to the Attachment output of Bot Conversation, or give 'Attachment ID' in the options.",
		parameter: 'Attachment ID',
	});
}

/** Files that are fetched at the same time: a batch of photos must not take minutes, nor all of the memory. */
const AT_ONCE = 8;

async function storeFile(
	context: OperationContext,
	{ client, withStore }: WhatsAppCloudServices,
): Promise<IDataObject> {
	const { attachmentId: said } = parameter(context, 'options', 'Options', optionsOf({ attachmentId: optionalWords }));
	const attachmentId = attachmentIdOf(context, said);
	const { crm } = context.item.json;
	const carried: IDataObject = { ...(crm === undefined ? {} : { crm }), attachmentId };
	if (context.manual) return { ...context.item.json, ...carried, simulated: true };
	const stored = await withStore(
		async (store) =>
			await downloadAttachment(store, attachmentId, async ({ mediaId, channelId }) => {
				const own = await clientOfChannel(store, client, channelId);
				return await own.downloadMedia({ mediaId, phoneNumberId: channelId });
			}),
	);
	return {
		...carried,
		type: stored.type,
		state: stored.state,
		filename: stored.filename,
		mimeType: stored.mime_type,
		size: stored.size,
		sha256: stored.sha256,
		error: stored.error,
	};
}

/** Brings a customer's file from Meta, where it is gone after days, into the store. What failed is due again later. */
export const storeMedia: WhatsAppCloudBatchOperation = {
	value: 'store',
	name: 'Store',
	action: 'Store media of customer',
	description:
		'Fetch the file that a customer sent and keep it for their case; a file that is kept is not fetched again',
	properties: [
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Attachment ID',
					name: 'attachmentId',
					type: 'string',
					default: '',
					placeholder: 'e.g. 0198c1f2-…',
					description: 'Empty for the attachment of the item',
				},
			],
		},
	],
	async executeAll(node, items, manual, services) {
		const downloads = new Semaphore(AT_ONCE);
		const stored = await Promise.allSettled(
			items.map(
				async (item, itemIndex) =>
					await downloads.runExclusive(async () => await storeFile({ node, item, itemIndex, manual }, services)),
			),
		);
		return stored.map((result, itemIndex) => {
			const pairedItem = { item: itemIndex };
			if (result.status === 'fulfilled') return { json: result.value, pairedItem };
			const shown = toNodeError(node.getNode(), result.reason, itemIndex);
			if (!node.continueOnFail()) throw shown;
			return { json: errorJson(result.reason, shown), pairedItem };
		});
	},
};
