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

/** What the model below the node is asked: about unsure messages, all at the same time, and to put found passages into words. */
export interface ConnectedModel {
	readonly askModel?: AskModel;
	readonly answerModel?: ModelCall;
}

/** The connected model; nothing when none is connected. */
export async function askConnectedModel(node: IExecuteFunctions, store: Store): Promise<ConnectedModel> {
	const model = await modelOf(node);
	if (!model) return {};
	const { profile } = await profileInForce(store);
	const askModel: AskModel = async (messages) => {
		const classified = await Promise.all(
			messages.map(async ({ id, content }): Promise<ReadonlyArray<readonly [string, Classification]>> => {
				const said = await classifyWithModel(content.text ?? '', profile, model);
				return said.by === 'model' ? [[id, said]] : [];
			}),
		);
		return Object.fromEntries(classified.flat());
	};
	return { askModel, answerModel: model };
}
