import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import { chunksOf, type BatchOutcome } from '../../shared/clients/wazzup/batches';
import type { EntityCalls, WazzupClient } from '../../shared/clients/wazzup/client';
import { RequestFailure } from '../../shared/http/failure';
import { errorJson, toNodeError } from '../../shared/n8n/errors';
import { simulated } from '../../shared/n8n/manualMode';
import type { OperationContext } from '../../shared/n8n/operation';
import type { WazzupBatchOperation } from '../services';

interface Saving<Entity extends { readonly id: string }> {
	/** "contact", "contacts". */
	readonly one: string;
	readonly many: string;
	readonly properties: readonly INodeProperties[];
	/** The row of an item. @throws InvalidInput */
	read(context: OperationContext): Entity;
	calls(client: WazzupClient): EntityCalls<Entity>;
}

/** What an item asks for, or why it cannot be asked. */
type Asked<Entity> = { readonly row: Entity } | { readonly error: unknown };

/** Create or Update of everything that Wazzup keeps by ids of ours: all items together, a hundred in a request. */
export function saveOperation<Entity extends { readonly id: string }>(saving: Saving<Entity>): WazzupBatchOperation {
	const { one, many } = saving;
	return {
		value: 'upsert',
		name: 'Create or Update',
		action: `Create or update ${one}`,
		description: 'Create a new record, or update the current one if it already exists (upsert)',
		// What is saved replaces what the team sees: not for a model alone.
		needsApproval: true,
		properties: saving.properties,
		async executeAll(node, items, manual, { client }) {
			const asked = items.map((item, itemIndex): Asked<Entity> => {
				try {
					return { row: saving.read({ node, item, itemIndex, manual }) };
				} catch (error) {
					return { error };
				}
			});
			const rows = asked.flatMap((entry) => ('row' in entry ? [entry.row] : []));
			const calls = saving.calls(client);
			if (manual) return [...shownRequests(asked, client, calls), ...failedItems(node, asked, many)];
			const outcome = await calls.saveAll(rows);
			return report(node, asked, outcome, saving);
		},
	};
}

/** One item for each request that would leave, paired with all items in it. */
function shownRequests<Entity extends { readonly id: string }>(
	asked: ReadonlyArray<Asked<Entity>>,
	client: WazzupClient,
	{ route }: EntityCalls<Entity>,
): INodeExecutionData[] {
	const lastOf = new Map(
		asked.flatMap((entry, item) => ('row' in entry ? [[entry.row.id, { row: entry.row, item }]] : [])),
	);
	return chunksOf([...lastOf.values()]).map((batch) => ({
		json: simulated({ method: 'POST', url: `${client.root}${route.path}`, body: batch.map(({ row }) => row) }),
		pairedItem: batch.map(({ item }) => ({ item })),
	}));
}

const failedItems = <Entity>(
	node: IExecuteFunctions,
	asked: ReadonlyArray<Asked<Entity>>,
	many: string,
): INodeExecutionData[] =>
	settle(
		node,
		asked.map((entry) => ('error' in entry ? entry : undefined)),
		many,
	);

function report<Entity extends { readonly id: string }>(
	node: IExecuteFunctions,
	asked: ReadonlyArray<Asked<Entity>>,
	{ saved, refused, superseded }: BatchOutcome<Entity>,
	{ one, many }: Saving<Entity>,
): INodeExecutionData[] {
	const savedRows = new Set(saved);
	const supersededRows = new Set(superseded);
	const reasons = new Map(refused.map((refusal) => [refusal.row, refusal]));
	return settle(
		node,
		asked.map((entry) => {
			if ('error' in entry) return entry;
			const { row } = entry;
			if (savedRows.has(row)) return { json: { ...row, saved: true } };
			if (supersededRows.has(row)) {
				return { json: { ...row, saved: false, reason: `A later item has the same ID: only that ${one} was sent` } };
			}
			const refusal = reasons.get(row);
			return { error: refusal === undefined ? new Error(`The ${one} was not sent`) : blamed(one, row.id, refusal) };
		}),
		many,
	);
}

/** The refusal of a batch, said of the one row. */
function blamed(
	one: string,
	id: string,
	{ failure, fields }: { readonly failure: RequestFailure; readonly fields: readonly string[] },
): RequestFailure {
	if (fields.length === 0) return failure;
	return new RequestFailure({
		...failure,
		message: `The ${one} '${id}' was not accepted: ${fields.join(', ')} (${failure.code ?? 'refused'})`,
		description: hintFor(fields) ?? failure.description,
	});
}

function hintFor(fields: readonly string[]): string | undefined {
	if (fields.includes('responsibleUserId'))
		return "Wazzup does not know the user in 'Responsible User'. Save the user first.";
	if (fields.includes('contacts')) return "Wazzup does not know a contact in 'Contacts'. Save the contact first.";
	return undefined;
}

type Settled = { readonly json: object } | { readonly error: unknown } | undefined;

/** Named in one sentence when the node stops. */
const MOST_NAMED = 10;

/** Items with what came of them; with what went wrong as items too, or as the one error that stops the node. */
export function settle(node: IExecuteFunctions, results: readonly Settled[], many: string): INodeExecutionData[] {
	const failures = results.flatMap((result, itemIndex) =>
		result !== undefined && 'error' in result
			? [{ itemIndex, error: result.error, shown: toNodeError(node.getNode(), result.error, itemIndex) }]
			: [],
	);
	const [first] = failures;
	if (first !== undefined && !node.continueOnFail()) {
		if (failures.length === 1) throw first.shown;
		const named = failures.slice(0, MOST_NAMED).map(({ itemIndex, shown }) => `Item ${itemIndex}: ${shown.message}.`);
		const more = failures.length > named.length ? ` And ${failures.length - named.length} more.` : '';
		throw new NodeOperationError(node.getNode(), `${failures.length} of ${results.length} ${many} were not taken`, {
			description: `${named.join(' ')}${more} The others were. Set 'On Error' to continue to get each with its reason.`,
			itemIndex: first.itemIndex,
		});
	}
	const errors = new Map(failures.map((failure) => [failure.itemIndex, failure]));
	return results.flatMap((result, itemIndex): INodeExecutionData[] => {
		const failure = errors.get(itemIndex);
		if (failure !== undefined)
			return [{ json: errorJson(failure.error, failure.shown), pairedItem: { item: itemIndex } }];
		if (result === undefined || !('json' in result)) return [];
		return [{ json: { ...result.json } as IDataObject, pairedItem: { item: itemIndex } }];
	});
}
