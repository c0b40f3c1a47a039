import { Semaphore } from 'async-mutex';
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Store } from '../store/store';
import { downloadAttachment, type MediaFetcher } from '../usecases/media/downloadAttachment';
import { errorJson, toNodeError } from './errors';
import type { OperationContext } from './operation';
import { attachmentField, attachmentIdOf } from './attachmentOfItem';
import { optionalWords, optionsOf, parameter } from './parameters';

/** Files that are fetched at the same time: a batch of photos must not take minutes, nor all of the memory. */
const AT_ONCE = 8;

/** What the operation asks for, whoever the file comes from. */
export const storedMediaFields: INodeProperties[] = [
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [attachmentField],
	},
];

/** Where a node keeps what it fetches. */
export interface MediaKeeper {
	withStore<Result>(work: (store: Store) => Promise<Result>): Promise<Result>;
	fetcherOf(store: Store): MediaFetcher;
}

async function storeFile(context: OperationContext, { withStore, fetcherOf }: MediaKeeper): Promise<IDataObject> {
	const { attachmentId: said } = parameter(context, 'options', 'Options', optionsOf({ attachmentId: optionalWords }));
	const attachmentId = attachmentIdOf(context, said);
	const { crm } = context.item.json;
	const carried: IDataObject = { ...(crm === undefined ? {} : { crm }), attachmentId };
	if (context.manual) return { ...context.item.json, ...carried, simulated: true };
	const stored = await withStore(async (store) => await downloadAttachment(store, attachmentId, fetcherOf(store)));
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

/** Brings customers' files from the vendor, where they are gone after days, into the store. What failed is due again later. */
export async function storeMediaOfItems(
	node: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	manual: boolean,
	keeper: MediaKeeper,
): Promise<INodeExecutionData[]> {
	const downloads = new Semaphore(AT_ONCE);
	const stored = await Promise.allSettled(
		items.map(
			async (item, itemIndex) =>
				await downloads.runExclusive(async () => await storeFile({ node, item, itemIndex, manual }, keeper)),
		),
	);
	return stored.map((result, itemIndex) => {
		const pairedItem = { item: itemIndex };
		if (result.status === 'fulfilled') return { json: result.value, pairedItem };
		const shown = toNodeError(node.getNode(), result.reason, itemIndex);
		if (!node.continueOnFail()) throw shown;
		return { json: errorJson(result.reason, shown), pairedItem };
	});
}
