import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { languageModelInput } from '../shared/n8n/languageModel';
import { describeResources, runResources } from '../shared/n8n/runner';
import { storeCredential, testStore, withStoreOfNode } from '../shared/n8n/storeCredential';
import { searchAdvisors, searchContacts, searchLeads } from '../shared/n8n/storeLists';
import { crearLeadResources } from './resources';

export class CrearLead implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Crear Lead',
		name: 'crearLead',
		icon: { light: 'file:crearLead.svg', dark: 'file:crearLead.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Turn conversations into leads, without losing what is known',
		defaults: { name: 'Crear Lead' },
		inputs: [NodeConnectionTypes.Main, languageModelInput],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [storeCredential],
		properties: describeResources(crearLeadResources),
	};

	methods = { credentialTest: { testStore }, listSearch: { searchAdvisors, searchContacts, searchLeads } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await withStoreOfNode(
			this,
			async (store) => await runResources(this, crearLeadResources, () => ({ store })),
		);
	}
}
