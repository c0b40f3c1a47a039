import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { describeResources, runResources } from '../shared/n8n/runner';
import { storeCredential, testStore } from '../shared/n8n/storeCredential';
import { testWazzup } from '../shared/n8n/wazzupClient';
import { wazzupResources } from './resources';
import { searchChannels, searchContacts, searchDeals, searchPipelines, searchTemplates, searchUsers } from './searches';
import { openWazzupServices } from './services';

/** Keeps contacts, deals and users in Wazzup, writes to its chats and shows its chat window. */
export class Wazzup implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Wazzup',
		name: 'wazzup',
		icon: { light: 'file:wazzup.svg', dark: 'file:wazzup.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Keep contacts, deals and users in Wazzup, and write to its chats',
		defaults: { name: 'Wazzup' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ displayName: 'Wazzup Account', name: 'wazzupApi', required: true, testedBy: 'testWazzup' },
			storeCredential,
		],
		properties: describeResources(wazzupResources),
	};

	methods = {
		credentialTest: { testWazzup, testStore },
		listSearch: { searchChannels, searchContacts, searchDeals, searchPipelines, searchTemplates, searchUsers },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runResources(this, wazzupResources, openWazzupServices);
	}
}
