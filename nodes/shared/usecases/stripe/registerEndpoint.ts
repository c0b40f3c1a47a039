import type { Stripe } from '../../clients/stripe/stripe';
import {
	createWebhookEndpoint,
	deleteWebhookEndpoint,
	listWebhookEndpoints,
	updateWebhookEndpoint,
	type WebhookEndpoint,
} from '../../clients/stripe/webhookEndpoints';
import { InvalidInput } from '../../domain/invalidInput';
import { isLoopback } from '../../http/address';
import { RequestFailure } from '../../http/failure';
import { paymentEndpoint, removePaymentEndpoint, savePaymentEndpoint } from '../../store/repositories/paymentTriggers';
import type { Store } from '../../store/store';

/** Everything that money does here; what else Stripe tells is not asked for. */
export const STRIPE_EVENTS = [
	'charge.dispute.closed',
	'charge.dispute.created',
	'checkout.session.async_payment_failed',
	'checkout.session.async_payment_succeeded',
	'checkout.session.completed',
	'checkout.session.expired',
	'invoice.paid',
	'invoice.payment_failed',
	'payment_intent.payment_failed',
	'refund.created',
	'refund.failed',
	'refund.updated',
] as const;

export interface EndpointRequest {
	/** Of the trigger node. */
	readonly webhookId: string;
	/** Where the node listens. */
	readonly url: string;
}

/** Stripe has 16 endpoints an account, and so one page. */
const PAGE = 100;

function refuseAddress(stripe: Stripe, url: string): void {
	const fix = "Set the environment variable WEBHOOK_URL to this n8n's public https address and restart n8n.";
	if (!URL.canParse(url)) {
		throw new InvalidInput({ message: 'This n8n has no valid webhook address', description: fix });
	}
	const { protocol, hostname, origin, pathname } = new URL(url);
	if (isLoopback(hostname)) {
		// A simulator on this machine reaches addresses of this machine.
		if (isLoopback(new URL(stripe.credential.baseUrl).hostname)) return;
		throw new InvalidInput({
			message: `Stripe cannot reach '${origin}${pathname}', which is this machine's own address`,
			description: `${fix} While building, choose 'Manual' in 'Endpoint' and forward events with the Stripe CLI.`,
		});
	}
	if (protocol !== 'https:') {
		throw new InvalidInput({
			message: `Stripe calls only https addresses, and this n8n's is '${origin}${pathname}'`,
			description: fix,
		});
	}
}

/** The endpoints that this trigger of this workspace has made, whatever its address was. */
async function ownEndpoints(store: Store, stripe: Stripe, webhookId: string): Promise<readonly WebhookEndpoint[]> {
	const endpoints = await listWebhookEndpoints(stripe, { limit: PAGE });
	return endpoints.filter(
		({ metadata }) => metadata.crm_trigger === webhookId && metadata.workspace_id === store.workspaceId,
	);
}

const hearsAll = ({ enabled_events: heard }: WebhookEndpoint): boolean =>
	heard.includes('*') || STRIPE_EVENTS.every((event) => heard.includes(event));

const stands = (endpoint: WebhookEndpoint, url: string): boolean =>
	endpoint.url === url && endpoint.status === 'enabled' && hearsAll(endpoint);

/** Somebody has removed it meanwhile: what was wanted is so. */
async function removeIfThere(stripe: Stripe, endpointId: string): Promise<void> {
	try {
		await deleteWebhookEndpoint(stripe, endpointId);
	} catch (error) {
		if (!(error instanceof RequestFailure && error.code === 'resource_missing')) throw error;
	}
}

/** Whether Stripe tells this trigger, and the store knows what it signs with. @throws RequestFailure */
export async function isEndpointRegistered(store: Store, stripe: Stripe, request: EndpointRequest): Promise<boolean> {
	const known = await paymentEndpoint(store, request.webhookId);
	if (known === undefined) return false;
	const own = await ownEndpoints(store, stripe, request.webhookId);
	return own.length === 1 && own.every((endpoint) => endpoint.id === known.endpointId && stands(endpoint, request.url));
}

/**
 * Makes Stripe tell this trigger, at one endpoint however often it is activated: the one whose signing secret is in the store is used
 * again, also at another address. One whose secret is lost can verify nothing and is replaced.
 * @throws InvalidInput when Stripe could not reach the address
 * @throws RequestFailure
 */
export async function registerEndpoint(store: Store, stripe: Stripe, request: EndpointRequest): Promise<void> {
	const { webhookId, url } = request;
	refuseAddress(stripe, url);
	const known = await paymentEndpoint(store, webhookId);
	const own = await ownEndpoints(store, stripe, webhookId);
	const kept = own.find(({ id }) => id === known?.endpointId);
	for (const { id } of own) if (id !== kept?.id) await removeIfThere(stripe, id);
	if (kept !== undefined) {
		if (stands(kept, url)) return;
		await updateWebhookEndpoint(stripe, kept.id, { url, events: STRIPE_EVENTS, disabled: false }, store.newId());
		return;
	}
	const made = await createWebhookEndpoint(
		stripe,
		{
			url,
			events: STRIPE_EVENTS,
			description: 'Payments of the WhatsApp desk (n8n)',
			metadata: { crm_trigger: webhookId, workspace_id: store.workspaceId },
		},
		store.newId(),
	);
	if (made.secret === undefined) {
		await removeIfThere(stripe, made.id);
		throw new InvalidInput({
			message: 'Stripe made the endpoint without telling its signing secret',
			description: "Choose 'Manual' in 'Endpoint' and copy the secret from the Dashboard into the credential.",
		});
	}
	await savePaymentEndpoint(store, webhookId, { endpointId: made.id, secret: made.secret });
}

/**
 * Stripe tells this trigger nothing any more. The endpoint is disabled and not removed: activated again it has the same secret, and
 * what Stripe still repeats arrives.
 * @throws RequestFailure
 */
export async function disableEndpoint(store: Store, stripe: Stripe, webhookId: string): Promise<void> {
	const known = await paymentEndpoint(store, webhookId);
	for (const { id, status } of await ownEndpoints(store, stripe, webhookId)) {
		if (id !== known?.endpointId) await removeIfThere(stripe, id);
		else if (status !== 'disabled') await updateWebhookEndpoint(stripe, id, { disabled: true }, store.newId());
	}
}

/** Removes what an earlier activation has made: from now on a person keeps the endpoint. @throws RequestFailure */
export async function releaseEndpoint(store: Store, stripe: Stripe, webhookId: string): Promise<void> {
	if ((await paymentEndpoint(store, webhookId)) === undefined) return;
	for (const { id } of await ownEndpoints(store, stripe, webhookId)) await removeIfThere(stripe, id);
	await removePaymentEndpoint(store, webhookId);
}
