import type { IExecuteFunctions } from 'n8n-workflow';

import type { Classification } from '../shared/domain/classifier/types';
import { connectedModel } from '../shared/n8n/languageModel';
import type { Store } from '../shared/store/store';
import { profileInForce } from '../shared/usecases/businessProfile';
import { classifyWithModel, type ModelCall } from '../shared/usecases/classifyWithModel';
import type { AskModel } from '../shared/usecases/takeTurns';

async function modelOf(node: IExecuteFunctions): Promise<ModelCall | undefined> {
	try {
		return await connectedModel(node, 0);
	} catch (error) {
		// A customer is answered by the rules rather than not at all.
		node.logger.warn(`The connected model cannot be used: ${error instanceof Error ? error.message : String(error)}`, {
			node: node.getNode().name,
		});
		return undefined;
	}
}

/** Asks the model below the node about unsure messages, all at the same time; undefined when none is connected. */
export async function askConnectedModel(node: IExecuteFunctions, store: Store): Promise<AskModel | undefined> {
	const model = await modelOf(node);
	if (!model) return undefined;
	const { profile } = await profileInForce(store);
	return async (messages) => {
		const classified = await Promise.all(
			messages.map(async ({ id, content }): Promise<ReadonlyArray<readonly [string, Classification]>> => {
				const said = await classifyWithModel(content.text ?? '', profile, model);
				return said.by === 'model' ? [[id, said]] : [];
			}),
		);
		return Object.fromEntries(classified.flat());
	};
}
