import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type ITriggerFunctions,
	type ITriggerResponse,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { accountFingerprint } from '../shared/clients/wazzup/credential';
import { emitHeard } from '../shared/n8n/listening';
import { startTriggerPump } from '../shared/n8n/pump';
import { testStore } from '../shared/n8n/storeCredential';
import { openStoreOfNode } from '../shared/n8n/storeOfNode';
import { testWazzup, wazzupClientOf } from '../shared/n8n/wazzupClient';
import { webhookIdOf } from '../shared/n8n/webhookId';
import { syncRunsOnChanges } from '../shared/usecases/wazzup/dueSync';
import { fields } from './fields';
import { OUTPUT_NAMES, OUTPUTS } from './outputs';
import { syncsOnChanges } from './parameters';
import { receiveWebhook } from './receive';
import { checkWebhook, createWebhook, deleteWebhook } from './webhookRegistration';

/** Starts the workflow when customers write on a channel of Wazzup, and makes the contacts and deals that Wazzup asks for. */
export class WazzupTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Wazzup Trigger',
		name: 'wazzupTrigger',
		icon: { light: 'file:wazzupTrigger.svg', dark: 'file:wazzupTrigger.dark.svg' },
		group: ['trigger'],
		// Not 1: n8n evaluates an expression for every request of a webhook node of version 1, which halves its speed.
		version: 2,
		subtitle: '={{ $parameter["triggerOn"].join(", ") }}',
		description: 'Starts the workflow when customers write on a channel of Wazzup, and when something is due',
		eventTriggerDescription: 'Waiting for a message to a channel of Wazzup',
		activationMessage: 'Messages to your channels of Wazzup now start this workflow.',
		defaults: { name: 'Wazzup Trigger' },
		inputs: [],
		outputs: OUTPUTS.map(() => NodeConnectionTypes.Main),
		outputNames: OUTPUT_NAMES,
		credentials: [
			{ displayName: 'Wazzup Account', name: 'wazzupApi', required: true, testedBy: 'testWazzup' },
			// In words: n8n's rule that a credential is tested by some node reads node files, not what they import.
			{ displayName: 'CRM Store', name: 'whatsAppCrmStoreApi', required: false, testedBy: 'testStore' },
		],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', responseData: 'noData', path: 'wazzup' },
		],
		triggerPanel: {
			header: 'Listen for one message',
			executionsHelp: {
				inactive:
					'<b>While building</b>, listen here and send a message to one of your channels; it reaches the editor only, and nothing is stored, answered or created.<br /><br /><b>When you are ready</b>, publish the workflow: every message is stored before Wazzup gets its answer, then starts the workflow in batches.',
				active:
					'<b>This workflow is published.</b> Messages are stored before Wazzup gets its answer, then start the workflow in batches; each is started again if its execution fails. Listening here does not take messages from production.',
			},
			activationHint:
				'Activate the workflow to receive every message. <b>Due</b> brings reminders, closures and unfinished work, also after a restart.',
		},
		properties: fields,
	};

	methods = { credentialTest: { testWazzup, testStore } };

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
		const { credential } = await wazzupClientOf(this);
		await syncRunsOnChanges(store, accountFingerprint(credential), webhookId, syncsOnChanges(this));
		return startTriggerPump(this, { store, webhookId, outputs: OUTPUTS });
	}
}
