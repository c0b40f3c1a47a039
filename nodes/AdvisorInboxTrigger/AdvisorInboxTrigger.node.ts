import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type ITriggerFunctions,
	type ITriggerResponse,
	type IWebhookFunctions,
	type IWebhookResponseData,
	type WebhookType,
} from 'n8n-workflow';

import { emitHeard } from '../shared/n8n/listening';
import { startTriggerPump } from '../shared/n8n/pump';
import { storeCredential, testStore } from '../shared/n8n/storeCredential';
import { openStoreOfNode } from '../shared/n8n/storeOfNode';
import { testWazzup } from '../shared/n8n/wazzupClient';
import { webhookIdOf } from '../shared/n8n/webhookId';
import { testWhatsAppCloud } from '../shared/n8n/whatsAppCredentialTest';
import { closeInbox } from '../shared/usecases/inbox/watchers';
import { rememberAddress } from './address';
import { fields } from './fields';
import { OUTPUT_NAMES, OUTPUTS } from './outputs';
import { receiveInboxRequest } from './receive';

/** n8n takes any name; its types know two. */
const SIGNUP = 'signup' as WebhookType;

export class AdvisorInboxTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Advisor Inbox Trigger',
		name: 'advisorInboxTrigger',
		icon: { light: 'file:advisorInboxTrigger.svg', dark: 'file:advisorInboxTrigger.dark.svg' },
		group: ['trigger'],
		// Not 1: n8n evaluates an expression for every request of a webhook node of version 1, which halves its speed.
		version: 2,
		subtitle: 'Inbox page',
		description: 'Opens the inbox page for your team and starts the workflow with what advisors do there',
		eventTriggerDescription: 'Open the test URL in a browser to see a sample click',
		activationMessage: 'Your team can open the inbox at the production URL now.',
		defaults: { name: 'Advisor Inbox Trigger' },
		inputs: [],
		outputs: OUTPUTS.map(() => NodeConnectionTypes.Main),
		outputNames: OUTPUT_NAMES,
		credentials: [
			storeCredential,
			// For templates outside of the 24-hour window, and for linking numbers.
			{ displayName: 'WhatsApp Account', name: 'whatsAppCloudApi', required: false, testedBy: 'testWhatsAppCloud' },
			// For Wazzup's chat window and its counter of unanswered chats.
			{ displayName: 'Wazzup Account', name: 'wazzupApi', required: false, testedBy: 'testWazzup' },
		],
		webhooks: [
			{ name: 'setup', httpMethod: 'GET', responseMode: 'onReceived', path: 'inbox' },
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: 'noData',
				path: 'inbox',
				ndvHideUrl: true,
			},
			{ name: SIGNUP, httpMethod: 'GET', responseMode: 'onReceived', path: 'inbox/signup', ndvHideUrl: true },
		],
		triggerPanel: {
			header: 'See a sample click',
			executionsHelp: {
				inactive:
					'<b>While building</b>, listen here and open the test URL in a browser: a sample click comes to the editor.<br /><br /><b>When you are ready</b>, publish the workflow and open the production URL: that is the inbox. Run <b>WhatsApp CRM: Create Login Link</b> for the first administrator; the link opens the page once, within 15 minutes, to set a password.',
				active:
					'<b>This workflow is active.</b> The production URL is the inbox of your team. What advisors do there is stored first, then starts the workflow; it is started again if its execution fails. Run <b>WhatsApp CRM: Create Login Link</b> for who cannot log in. Listening here shows a sample and takes nothing from production.',
			},
			activationHint:
				'Activate the workflow to open the inbox. <b>Due</b> brings unfinished work, also after a restart.',
		},
		properties: fields,
	};

	methods = { credentialTest: { testStore, testWazzup, testWhatsAppCloud } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await rememberAddress(this);
			},
			async create(): Promise<boolean> {
				return true;
			},
			async delete(): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveInboxRequest(this);
	}

	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		if (this.getMode() === 'manual') return emitHeard(this, OUTPUTS.length);
		const store = await openStoreOfNode(this);
		const webhookId = webhookIdOf(this);
		const { closeFunction } = startTriggerPump(this, { store, webhookId, outputs: OUTPUTS });
		return {
			closeFunction: async () => {
				await closeInbox(store, webhookId, (message) => this.logger.warn(`WhatsApp CRM inbox: ${message}`));
				await closeFunction?.();
			},
		};
	}
}
