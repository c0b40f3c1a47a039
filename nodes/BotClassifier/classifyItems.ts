import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod';

import { INTENTS, type Classification } from '../shared/domain/classifier/types';
import { InvalidInput } from '../shared/domain/invalidInput';
import type { BusinessProfile } from '../shared/domain/profile/businessProfile';
import { crmItemIfAny } from '../shared/n8n/crmItem';
import { errorJson, toNodeError } from '../shared/n8n/errors';
import { connectedModel } from '../shared/n8n/languageModel';
import { isManual } from '../shared/n8n/manualMode';
import { optionalWords, optionsOf, parameter, words } from '../shared/n8n/parameters';
import { withStoreOfNode } from '../shared/n8n/storeCredential';
import type { Store } from '../shared/store/store';
import { profileInForce } from '../shared/usecases/profile/businessProfile';
import { classifyWithModel, type ModelCall } from '../shared/usecases/models/classifyWithModel';
import { countedModel } from '../shared/usecases/models/countedModel';

const optionsSchema = optionsOf({ threshold: z.coerce.number().min(0).max(1).optional(), outputField: optionalWords });

/** The value at a path such as `body.message`. */
function valueAt(json: IDataObject, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>(
			(value, key) =>
				typeof value === 'object' && value !== null && Object.hasOwn(value, key)
					? (value as Readonly<Record<string, unknown>>)[key]
					: undefined,
			json,
		);
}

function textOf(json: IDataObject, field: string): string {
	const value = valueAt(json, field);
	if (typeof value === 'string') return value;
	if (value === undefined || value === null) {
		// A photo without words is a message too: it says nothing.
		if (json.type !== undefined && json.type !== 'text' && field === 'text') return '';
		throw new InvalidInput({
			message: `The item has no field '${field}'`,
			description: "Write the name of the field that holds the message into 'Text Field'.",
			parameter: 'Text Field',
		});
	}
	return String(value);
}

interface Sorting {
	readonly store: Store;
	readonly profile: BusinessProfile;
	readonly model: ModelCall | undefined;
}

/** The model as it is asked about one item: counted for the conversation that the item comes from, else for the business alone. */
function modelFor(node: IExecuteFunctions, itemIndex: number, { store, model }: Sorting): ModelCall | undefined {
	// By hand nothing is written down.
	if (model === undefined || isManual(node)) return model;
	return async (lines) => {
		const crm = crmItemIfAny(node, itemIndex);
		const { contactId, conversationId } = crm?.workspaceId === store.workspaceId ? crm : {};
		return await countedModel(store, model, { contactId, conversationId, purpose: 'classify' })(lines);
	};
}

async function classifyItem(
	node: IExecuteFunctions,
	item: INodeExecutionData,
	itemIndex: number,
	sorting: Sorting,
): Promise<{ readonly said: Classification; readonly json: IDataObject }> {
	const context = { node, item, itemIndex, manual: isManual(node) };
	const field = parameter(context, 'textField', 'Text Field', words).trim();
	const options = parameter(context, 'options', 'Options', optionsSchema);
	const said = await classifyWithModel(textOf(item.json, field), sorting.profile, modelFor(node, itemIndex, sorting), {
		threshold: options.threshold,
	});
	const { intent, confidence, matched, entities, by } = said;
	const answer = { intent, confidence, matched, entities, by } as unknown as IDataObject;
	const { outputField } = options;
	return { said, json: { ...item.json, ...(outputField === undefined ? answer : { [outputField]: answer }) } };
}

/** Classifies every item, all at the same time where a model is asked, and puts each where its intent belongs. */
export async function classifyItems(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await withStoreOfNode(node, async (store) => {
		const { profile } = await profileInForce(store);
		return await sortItems(node, { store, profile, model: await connectedModel(node, 0) });
	});
}

async function sortItems(node: IExecuteFunctions, sorting: Sorting): Promise<INodeExecutionData[][]> {
	const items = node.getInputData();
	const perIntent = node.getNodeParameter('outputMode', 0, 'fields') === 'perIntent';
	const outputs: INodeExecutionData[][] = perIntent ? INTENTS.map(() => []) : [[]];
	const results = await Promise.allSettled(
		items.map(async (item, itemIndex) => await classifyItem(node, item, itemIndex, sorting)),
	);
	for (const [itemIndex, result] of results.entries()) {
		const pairedItem = { item: itemIndex };
		if (result.status === 'rejected') {
			const shown = toNodeError(node.getNode(), result.reason, itemIndex);
			if (!node.continueOnFail()) throw shown;
			outputs[0]?.push({ json: errorJson(result.reason, shown), pairedItem });
			continue;
		}
		const { said, json } = result.value;
		const place = perIntent ? INTENTS.indexOf(said.intent) : 0;
		const { binary } = items[itemIndex] ?? {};
		outputs[place]?.push({ json, ...(binary === undefined ? {} : { binary }), pairedItem });
	}
	return outputs;
}
