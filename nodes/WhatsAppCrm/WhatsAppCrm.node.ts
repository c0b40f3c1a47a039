import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { describeResources, runResources } from '../shared/n8n/runner';
import { storeCredential, testStore, withStoreOfNode } from '../shared/n8n/storeCredential';
import {
	searchAdvisors,
	searchAreas,
	searchCases,
	searchContacts,
	searchLeads,
	searchTexts,
} from '../shared/n8n/storeLists';
import { testWhatsAppCloud } from '../shared/n8n/whatsAppCredentialTest';
import { searchAttachments } from './attachment/searchAttachments';
import { searchCatalogueItems } from './catalogueItem/catalogueItemField';
import { searchConversations } from './conversation/searchConversations';
import { searchEventWebhooks } from './eventWebhook/eventWebhookField';
import { searchKnowledgeEntries } from './knowledge/entryField';
import { searchNotifications } from './notification/searchNotifications';
import { whatsAppCrmResources } from './resources';

export class WhatsAppCrm implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WhatsApp CRM',
		name: 'whatsAppCrm',
		icon: { light: 'file:whatsAppCrm.svg', dark: 'file:whatsAppCrm.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Keep the business profile, the team, contacts, conversations and the audit log',
		defaults: { name: 'WhatsApp CRM' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [
			storeCredential,
			{
				displayName: 'WhatsApp Account',
				name: 'whatsAppCloudApi',
				required: false,
				testedBy: 'testWhatsAppCloud',
				displayOptions: { show: { resource: ['metric', 'workspace'] } },
			},
		],
		properties: describeResources(whatsAppCrmResources),
	};

	methods = {
		credentialTest: { testStore, testWhatsAppCloud },
		listSearch: {
			searchAdvisors,
			searchAreas,
			searchAttachments,
			searchCases,
			searchCatalogueItems,
			searchContacts,
			searchConversations,
			searchEventWebhooks,
			searchKnowledgeEntries,
			searchLeads,
			searchNotifications,
			searchTexts,
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await withStoreOfNode(
			this,
			async (store) => await runResources(this, whatsAppCrmResources, () => ({ store })),
		);
	}
}
