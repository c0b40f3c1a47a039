import {
	NodeConnectionTypes,
	type IHookFunctions,
	type ILoadOptionsFunctions,
	type INodePropertyOptions,
	type INodeType,
	type INodeTypeDescription,
	type ITriggerFunctions,
	type ITriggerResponse,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { startTriggerPump } from '../shared/n8n/pump';
import { storeCredential, testStore } from '../shared/n8n/storeCredential';
import { openStoreOfNode } from '../shared/n8n/storeOfNode';
import { webhookIdOf } from '../shared/n8n/webhookId';
import { testWhatsAppCloud } from '../shared/n8n/whatsAppCredentialTest';
import { noteReceiver } from '../shared/usecases/linkedNumbers/receiver';
import { fields } from './fields';
import { emitHeard } from '../shared/n8n/listening';
import { OUTPUT_NAMES, OUTPUTS } from './outputs';
import { phoneNumberOptions } from './phoneNumberOptions';
import { receiveWebhook } from './receive';
import { checkWebhook, createWebhook, deleteWebhook } from './webhookRegistration';

export class WhatsAppCloudTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WhatsApp Cloud Trigger',
		name: 'whatsAppCloudTrigger',
		icon: { light: 'file:whatsAppCloudTrigger.svg', dark: 'file:whatsAppCloudTrigger.dark.svg' },
		group: ['trigger'],
		// Not 1: n8n evaluates an expression for every request of a webhook node of version 1, which halves its speed.
		version: 2,
		subtitle: '={{ $parameter["triggerOn"].join(", ") }}',
		description: 'Starts the workflow when customers write on WhatsApp, and when something is due',
		eventTriggerDescription: 'Waiting for a message to your WhatsApp number',
		activationMessage: 'Messages to your WhatsApp number now start this workflow.',
		defaults: { name: 'WhatsApp Cloud Trigger' },
		inputs: [],
		outputs: OUTPUTS.map(() => NodeConnectionTypes.Main),
		outputNames: OUTPUT_NAMES,
		credentials: [
			{ displayName: 'WhatsApp Account', name: 'whatsAppCloudApi', required: true, testedBy: 'testWhatsAppCloud' },
			storeCredential,
		],
		webhooks: [
			{ name: 'setup', httpMethod: 'GET', responseMode: 'onReceived', path: 'whatsapp', ndvHideMethod: true },
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', responseData: 'noData', path: 'whatsapp' },
		],
		triggerPanel: {
			header: 'Listen for one message',
			executionsHelp: {
				inactive:
					'<b>While building</b>, listen here and send a message to your number; it reaches the editor only, and nothing is stored or answered.<br /><br /><b>When you are ready</b>, publish the workflow: every message is stored before Meta gets its answer, then starts the workflow in batches. You may answer a customer freely for 24 hours after their last message; after that only templates are delivered.',
				active:
					'<b>This workflow is published.</b> Messages are stored before Meta gets its answer, then start the workflow in batches; each is started again if its execution fails. You may answer a customer freely for 24 hours after their last message; after that only templates are delivered. Listening here does not take messages from production.',
			},
			activationHint:
				'Publish the workflow to receive every message. <b>Due</b> brings reminders, closures and unfinished work, also after a restart.',
		},
		properties: fields,
	};

	methods = {
		loadOptions: {
			async getPhoneNumbers(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
				return await phoneNumberOptions(this);
			},
		},
		credentialTest: {
			testWhatsAppCloud,
			testStore,
		},
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await checkWebhook(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await createWebhook(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await deleteWebhook(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveWebhook(this);
	}

	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		if (this.getMode() === 'manual') return emitHeard(this, OUTPUTS.length);
		const store = await openStoreOfNode(this);
		const webhookId = webhookIdOf(this);
		await noteReceiver(store, webhookId);
		return startTriggerPump(this, { store, webhookId, outputs: OUTPUTS });
	}
}
