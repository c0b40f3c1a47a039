import { z } from 'zod';

import { listOf, metadata, pageQuery, type Metadata, type Page } from './objects';
import type { Stripe } from './stripe';

const webhookEndpointSchema = z.object({
	id: z.string(),
	url: z.string(),
	status: z.string(),
	livemode: z.boolean(),
	enabled_events: z.array(z.string()),
	metadata,
	/** Only in the answer that made it. */
	secret: z.string().optional(),
});

export type WebhookEndpoint = z.output<typeof webhookEndpointSchema>;

export interface NewWebhookEndpoint {
	readonly url: string;
	readonly events: readonly string[];
	readonly description: string;
	readonly metadata: Metadata;
}

/** Makes an endpoint; its signing secret is in this answer and never again. */
export async function createWebhookEndpoint(
	stripe: Stripe,
	endpoint: NewWebhookEndpoint,
	idempotencyKey: string,
): Promise<WebhookEndpoint> {
	return await stripe.post({
		path: '/webhook_endpoints',
		body: {
			url: endpoint.url,
			enabled_events: endpoint.events,
			api_version: stripe.credential.apiVersion,
			description: endpoint.description,
			metadata: endpoint.metadata,
		},
		idempotencyKey,
		answer: webhookEndpointSchema,
		purpose: 'Create webhook endpoint',
	});
}

export async function listWebhookEndpoints(stripe: Stripe, page: Page): Promise<readonly WebhookEndpoint[]> {
	const { data } = await stripe.get({
		path: '/webhook_endpoints',
		query: pageQuery(page),
		answer: listOf(webhookEndpointSchema),
		purpose: 'Get many webhook endpoints',
	});
	return data;
}

/** What may change in an endpoint that stands; its signing secret stays the same. */
export interface WebhookEndpointChanges {
	readonly url?: string;
	readonly events?: readonly string[];
	readonly disabled: boolean;
}

/** Changes an endpoint. A disabled one that is enabled again gets what Stripe still repeats. */
export async function updateWebhookEndpoint(
	stripe: Stripe,
	endpointId: string,
	{ url, events, disabled }: WebhookEndpointChanges,
	idempotencyKey: string,
): Promise<WebhookEndpoint> {
	return await stripe.post({
		path: `/webhook_endpoints/${encodeURIComponent(endpointId)}`,
		body: {
			disabled,
			...(url === undefined ? {} : { url }),
			...(events === undefined ? {} : { enabled_events: events }),
		},
		idempotencyKey,
		answer: webhookEndpointSchema,
		purpose: 'Update webhook endpoint',
	});
}

export async function deleteWebhookEndpoint(stripe: Stripe, endpointId: string): Promise<void> {
	await stripe.delete({
		path: `/webhook_endpoints/${encodeURIComponent(endpointId)}`,
		answer: z.object({ id: z.string(), deleted: z.literal(true) }),
		purpose: 'Delete webhook endpoint',
	});
}
