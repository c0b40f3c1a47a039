import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { languageModelInput } from '../shared/n8n/languageModel';
import { storeCredential, testStore } from '../shared/n8n/storeCredential';
import { classifyItems } from './classifyItems';
import { classifierFields } from './fields';
import { OUTPUTS_EXPRESSION } from './outputs';

export class BotClassifier implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bot Classifier',
		name: 'botClassifier',
		icon: { light: 'file:botClassifier.svg', dark: 'file:botClassifier.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ "classify: " + $parameter["textField"] }}',
		description: 'Says what customers want, by rules that can be read; a model decides only what the rules cannot',
		defaults: { name: 'Bot Classifier' },
		inputs: [NodeConnectionTypes.Main, languageModelInput],
		outputs: OUTPUTS_EXPRESSION,
		usableAsTool: true,
		credentials: [storeCredential],
		properties: classifierFields,
	};

	methods = { credentialTest: { testStore } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await classifyItems(this);
	}
}
