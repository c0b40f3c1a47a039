import { NodeConnectionTypes, type INodeType, type INodeTypeDescription, type SupplyData } from 'n8n-workflow';

/** What the connected model is asked, and what it answers; anything may be answered, late or never. */
export interface ModelOfTheTest {
	readonly asked: string[];
	answer: (text: string) => Promise<unknown>;
}

/** A language model node such as n8n's own, as far as a node that uses one sees it. */
export function modelNode(model: ModelOfTheTest): new () => INodeType {
	return class ModelNode implements INodeType {
		description: INodeTypeDescription = {
			displayName: 'Model',
			name: 'modelOfTheTest',
			group: ['transform'],
			version: 1,
			description: 'Answers as the test says',
			defaults: { name: 'Model' },
			inputs: [],
			outputs: [NodeConnectionTypes.AiLanguageModel],
			properties: [],
		};

		async supplyData(): Promise<SupplyData> {
			return {
				response: {
					invoke: async (lines: ReadonlyArray<{ readonly role: string; readonly content: string }>) => {
						const said = lines.find(({ role }) => role === 'user')?.content ?? '';
						model.asked.push(said);
						return await model.answer(said);
					},
				},
			};
		}
	};
}
