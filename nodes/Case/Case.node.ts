import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { describeResources, runResources } from '../shared/n8n/runner';
import { storeCredential, testStore, withStoreOfNode } from '../shared/n8n/storeCredential';
import { searchAdvisors, searchAreas, searchCases, searchContacts } from '../shared/n8n/storeLists';
import { caseResources } from './resources';

export class Case implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Case',
		name: 'case',
		icon: { light: 'file:case.svg', dark: 'file:case.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: "Register customers' requests as numbered cases and follow them up",
		defaults: { name: 'Case' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [storeCredential],
		properties: describeResources(caseResources),
	};

	methods = { credentialTest: { testStore }, listSearch: { searchAdvisors, searchAreas, searchCases, searchContacts } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await withStoreOfNode(this, async (store) => await runResources(this, caseResources, () => ({ store })));
	}
}
