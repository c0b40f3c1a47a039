import type { IDataObject, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { modeOf, readStripeCredential, type StripeCredential } from '../shared/clients/stripe/credential';
import { openStripe } from '../shared/clients/stripe/stripe';
import type { PaymentNews } from '../shared/domain/payments/outputs';
import type { PaymentEvent } from '../shared/domain/payments/payment';
import { credentialOfWebhook } from '../shared/n8n/credentialOfWebhook';
import { answerDelivery, endWith, jsonIn, rawBodyOf } from '../shared/n8n/delivery';
import { handOver } from '../shared/n8n/listening';
import { openStoreOfNode } from '../shared/n8n/storeOfNode';
import { webhookIdOf } from '../shared/n8n/webhookId';
import { paymentEndpoint } from '../shared/store/repositories/paymentTriggers';
import type { Store } from '../shared/store/store';
import { receivePaymentEvents } from '../shared/usecases/payments/settlePaymentEvents';
import { stripeProvider } from '../shared/usecases/stripe/stripeProvider';
import { parseStripeWebhook, verifyStripeSignature, type StripeNotice } from '../shared/webhooks/stripe';
import { OUTPUTS } from './outputs';

const outputOf = (event: PaymentEvent): PaymentNews => {
	if (event.kind === 'refund') return 'refunded';
	if (event.kind === 'dispute') return 'disputed';
	return event.renewal ? 'subscription' : event.kind;
};

/** Somebody listens in the editor: what Stripe says of it goes there and nowhere else. */
async function receiveByHand(
	context: IWebhookFunctions,
	store: Store,
	notice: StripeNotice,
	credential: StripeCredential,
): Promise<IWebhookResponseData> {
	const truth = await stripeProvider(openStripe(credential), () => store.now()).readBack(notice);
	const answered = endWith(context, 200);
	if (truth === undefined) return answered;
	const output = outputOf(truth.event);
	const outputs: INodeExecutionData[][] = OUTPUTS.map((name) =>
		name === output ? [{ json: { ...truth, listening: true } as unknown as IDataObject }] : [],
	);
	handOver(context, outputs);
	return { ...answered, workflowData: outputs };
}

async function receiveDelivery(context: IWebhookFunctions, store: Store): Promise<IWebhookResponseData> {
	const credential = readStripeCredential(await credentialOfWebhook(context, 'stripePaymentsApi'));
	const webhookId = webhookIdOf(context);
	const endpoint = await paymentEndpoint(store, webhookId);
	// Those of the credential too: endpoints added by hand, and a secret that is being rotated.
	const secrets = [...(endpoint === undefined ? [] : [endpoint.secret]), ...credential.webhookSecrets];
	const rawBody = await rawBodyOf(context);
	const header = context.getRequestObject().headers['stripe-signature'];
	if (!verifyStripeSignature(rawBody, header, secrets, { now: new Date(store.now()) })) return endWith(context, 401);
	const notice = parseStripeWebhook(jsonIn(rawBody));
	// Of the other mode, or nothing that this node knows: taken, so that Stripe does not send it for three days.
	if (notice === undefined || notice.mode !== modeOf(credential)) return endWith(context, 200);
	if (context.getMode() === 'manual') return await receiveByHand(context, store, notice, credential);
	const { id, at, type, object } = notice;
	await receivePaymentEvents(store, webhookId, 'stripe', [{ id, at, type, object }]);
	return endWith(context, 200);
}

/**
 * Answers a request of Stripe. What is answered with 200 is in the store; what could not be stored is answered with 503, so that
 * Stripe delivers it again. Stripe is not asked anything before the answer. Never throws, because n8n would store a failed execution.
 */
export async function receiveWebhook(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	return await answerDelivery(context, 'Stripe', async () => {
		const store = await openStoreOfNode({
			getNode: () => context.getNode(),
			getCredentials: async (type) => await credentialOfWebhook(context, type),
		});
		try {
			return await receiveDelivery(context, store);
		} finally {
			await store.close();
		}
	});
}
