import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { describeResources, runResources } from '../shared/n8n/runner';
import { storeCredential, testStore } from '../shared/n8n/storeCredential';
import { testWhatsAppCloud } from '../shared/n8n/whatsAppCredentialTest';
import { searchAdvisors } from '../shared/n8n/storeLists';
import { searchLinkedNumbers } from './number/numberFields';
import { searchPhoneNumbers } from './phoneNumberField';
import { whatsAppCloudResources } from './resources';
import { openWhatsAppCloud } from './services';
import { searchTemplates } from './templateField';
import { searchTemplateIds } from './template/templateIdField';

/** Sends messages, moves files and keeps templates on Meta's WhatsApp Cloud API. */
export class WhatsAppCloud implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WhatsApp Cloud',
		name: 'whatsAppCloud',
		icon: { light: 'file:whatsAppCloud.svg', dark: 'file:whatsAppCloud.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Send WhatsApp messages, files and templates through the Cloud API',
		defaults: { name: 'WhatsApp Cloud' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				displayName: 'WhatsApp Account',
				name: 'whatsAppCloudApi',
				required: true,
				testedBy: 'testWhatsAppCloud',
			},
			storeCredential,
		],
		properties: describeResources(whatsAppCloudResources),
	};

	methods = {
		credentialTest: {
			testWhatsAppCloud,
			testStore,
		},
		listSearch: { searchAdvisors, searchLinkedNumbers, searchPhoneNumbers, searchTemplates, searchTemplateIds },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runResources(this, whatsAppCloudResources, openWhatsAppCloud);
	}
}
