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

import { modeOf, readStripeCredential } from '../shared/clients/stripe/credential';
import { openStripe } from '../shared/clients/stripe/stripe';
import { emitHeard } from '../shared/n8n/listening';
import { startTriggerPump } from '../shared/n8n/pump';
import { storeCredential, testStore } from '../shared/n8n/storeCredential';
import { openStoreOfNode } from '../shared/n8n/storeOfNode';
import { testStripe } from '../shared/n8n/stripeCredentialTest';
import { webhookIdOf } from '../shared/n8n/webhookId';
import { savePaymentTrigger } from '../shared/store/repositories/paymentTriggers';
import { stripeProvider } from '../shared/usecases/stripe/stripeProvider';
import { checkEndpoint, createEndpoint, deleteEndpoint } from './endpointRegistration';
import { fields } from './fields';
import { OUTPUT_NAMES, OUTPUTS } from './outputs';
import { receiveWebhook } from './receive';
import { startSettling } from './settling';

/** Starts the workflow when a payment that the desk asked for changes, and only once Stripe has said so when asked. */
export class StripePaymentTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Stripe Payment Trigger',
		name: 'stripePaymentTrigger',
		icon: { light: 'file:stripePaymentTrigger.svg', dark: 'file:stripePaymentTrigger.dark.svg' },
		group: ['trigger'],
		// Not 1: n8n evaluates an expression for every request of a webhook node of version 1, which halves its speed.
		version: 2,
		subtitle: '={{ "endpoint: " + $parameter["endpoint"] }}',
		description: 'Starts the workflow when customers pay, when a payment fails or expires, and when money goes back',
		eventTriggerDescription: 'Waiting for an event of your Stripe account',
		activationMessage: 'Payments of your Stripe account now start this workflow.',
		defaults: { name: 'Stripe Payment Trigger' },
		inputs: [],
		outputs: OUTPUTS.map(() => NodeConnectionTypes.Main),
		outputNames: OUTPUT_NAMES,
		credentials: [
			{ displayName: 'Stripe Account', name: 'stripePaymentsApi', required: true, testedBy: 'testStripe' },
			storeCredential,
		],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', responseData: 'noData', path: 'stripe' },
		],
		triggerPanel: {
			header: 'Listen for one event',
			executionsHelp: {
				inactive:
					'<b>While building</b>, forward events to the test URL with the Stripe CLI (its secret goes into the credential), listen here and pay a test link; it reaches the editor only, and nothing is stored or said to anybody.<br /><br /><b>When you are ready</b>, publish the workflow: every event is stored before Stripe gets its answer, then read back from Stripe.',
				active:
					'<b>This workflow is published.</b> Every event is stored before Stripe gets its answer, then read back from Stripe and started again if its execution fails.',
			},
			activationHint: 'Activate the workflow to receive every payment.',
		},
		properties: fields,
	};

	methods = { credentialTest: { testStore, testStripe } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await checkEndpoint(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await createEndpoint(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await deleteEndpoint(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveWebhook(this);
	}

	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		if (this.getMode() === 'manual') return emitHeard(this, OUTPUTS.length);
		const stripe = openStripe(readStripeCredential(await this.getCredentials('stripePaymentsApi')));
		const store = await openStoreOfNode(this);
		const webhookId = webhookIdOf(this);
		await savePaymentTrigger(store, 'stripe', modeOf(stripe.credential), webhookId);
		const stopSettling = startSettling(
			this,
			store,
			webhookId,
			stripeProvider(stripe, () => store.now()),
		);
		const pump = startTriggerPump(this, { store, webhookId, outputs: OUTPUTS });
		return {
			closeFunction: async () => {
				await stopSettling();
				await pump.closeFunction?.();
			},
		};
	}
}
