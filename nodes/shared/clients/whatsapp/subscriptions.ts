import { z } from 'zod';

import { InvalidInput } from '../../domain/invalidInput';
import type { Graph } from './graph';

/*
 * Where Meta sends webhooks. Three levels, the narrowest wins: the app's own callback, an override for a WhatsApp
 * Business account, an override for a phone number
 * (developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/override). Overrides carry messages,
 * echoes, history and contact sync only: account and template webhooks always go to the app's callback.
 */

/** Where webhooks go instead, and what Meta asks for at that address before it accepts it. */
export interface WebhookOverride {
	/** https, 200 characters at most. */
	readonly callbackUrl: string;
	readonly verifyToken: string;
}

const LONGEST_CALLBACK = 200;

function overrideBody(override: WebhookOverride): { override_callback_uri: string; verify_token: string } {
	if (override.callbackUrl.length > LONGEST_CALLBACK) {
		throw new InvalidInput({
			message: `The webhook address has ${override.callbackUrl.length} characters, Meta takes ${LONGEST_CALLBACK} at most`,
			description: "Shorten the 'WEBHOOK_URL' of this n8n, or subscribe at the app instead.",
			parameter: 'Subscription',
		});
	}
	return { override_callback_uri: override.callbackUrl, verify_token: override.verifyToken };
}

const success = z.object({ success: z.literal(true) });
const id = (value: string): string => encodeURIComponent(value);

/** An app that receives the webhooks of a WhatsApp Business account. */
export interface SubscribedApp {
	readonly appId: string;
	readonly name?: string;
	/** Set when this app's webhooks of this account go elsewhere than to the app's callback. */
	readonly overrideCallbackUrl?: string;
}

const subscribedAppsSchema = z.object({
	data: z.array(
		z.object({
			whatsapp_business_api_data: z.object({ id: z.string(), name: z.string().optional() }),
			override_callback_uri: z.string().optional(),
		}),
	),
});

/** Apps subscribed to the account: `GET /<account>/subscribed_apps`. @throws RequestFailure */
export async function listSubscribedApps(graph: Graph, businessAccountId: string): Promise<readonly SubscribedApp[]> {
	const { data } = await graph.http.request({
		method: 'GET',
		path: `/${id(businessAccountId)}/subscribed_apps`,
		answer: subscribedAppsSchema,
		idempotent: true,
		timeout: 'read',
		purpose: 'List subscribed apps',
	});
	return data.map(({ whatsapp_business_api_data: app, override_callback_uri: url }) => ({
		appId: app.id,
		name: app.name,
		overrideCallbackUrl: url,
	}));
}

/**
 * Subscribes the credential's app to the account; with `override`, its webhooks go there. Without `override`, an
 * override that was there is removed (Meta: "send the request without the override"). @throws RequestFailure
 */
export async function subscribeAccount(
	graph: Graph,
	businessAccountId: string,
	override?: WebhookOverride,
): Promise<void> {
	await graph.http.request({
		method: 'POST',
		path: `/${id(businessAccountId)}/subscribed_apps`,
		body: override === undefined ? {} : overrideBody(override),
		answer: success,
		idempotent: true,
		timeout: 'send',
		purpose: 'Subscribe WhatsApp account',
	});
}

/** Takes the credential's app off the account: no webhooks at all any more. @throws RequestFailure */
export async function unsubscribeAccount(graph: Graph, businessAccountId: string): Promise<void> {
	await graph.http.request({
		method: 'DELETE',
		path: `/${id(businessAccountId)}/subscribed_apps`,
		answer: success,
		idempotent: true,
		timeout: 'send',
		purpose: 'Unsubscribe WhatsApp account',
	});
}

/** The addresses at each level, as seen from one number; absent = none at that level. */
export interface PhoneNumberWebhooks {
	readonly phoneNumber?: string;
	readonly businessAccount?: string;
	readonly app?: string;
}

const webhookConfigurationSchema = z.object({
	webhook_configuration: z
		.object({
			phone_number: z.string().optional(),
			whatsapp_business_account: z.string().optional(),
			application: z.string().optional(),
		})
		.optional(),
});

/** `GET /<number>?fields=webhook_configuration`. @throws RequestFailure */
export async function getPhoneNumberWebhooks(graph: Graph, phoneNumberId: string): Promise<PhoneNumberWebhooks> {
	const { webhook_configuration: found } = await graph.http.request({
		method: 'GET',
		path: `/${id(phoneNumberId)}`,
		query: { fields: 'webhook_configuration' },
		answer: webhookConfigurationSchema,
		idempotent: true,
		timeout: 'read',
		purpose: 'Get webhook of phone number',
	});
	const given = (url: string | undefined) => (url === undefined || url === '' ? undefined : url);
	return {
		phoneNumber: given(found?.phone_number),
		businessAccount: given(found?.whatsapp_business_account),
		app: given(found?.application),
	};
}

/** Sends the webhooks of one number to another address. The app must be subscribed to its account. @throws RequestFailure */
export async function setPhoneNumberWebhook(
	graph: Graph,
	phoneNumberId: string,
	override: WebhookOverride,
): Promise<void> {
	await configurePhoneNumber(graph, phoneNumberId, overrideBody(override), 'Set webhook of phone number');
}

/** Lets the webhooks of one number go where its account's go. @throws RequestFailure */
export async function clearPhoneNumberWebhook(graph: Graph, phoneNumberId: string): Promise<void> {
	await configurePhoneNumber(graph, phoneNumberId, { override_callback_uri: '' }, 'Clear webhook of phone number');
}

async function configurePhoneNumber(
	graph: Graph,
	phoneNumberId: string,
	configuration: Readonly<Record<string, string>>,
	purpose: string,
): Promise<void> {
	await graph.http.request({
		method: 'POST',
		path: `/${id(phoneNumberId)}`,
		body: { webhook_configuration: configuration },
		answer: success,
		idempotent: true,
		timeout: 'send',
		purpose,
	});
}

/** What the app itself is subscribed to. */
export interface AppSubscription {
	/** `whatsapp_business_account` for everything of WhatsApp. */
	readonly object: string;
	readonly callbackUrl?: string;
	readonly active: boolean;
	readonly fields: readonly string[];
}

const WHATSAPP_OBJECT = 'whatsapp_business_account';

const appSubscriptionsSchema = z.object({
	data: z.array(
		z.object({
			object: z.string(),
			callback_url: z.string().optional(),
			active: z.boolean().default(false),
			fields: z.array(z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)])).default([]),
		}),
	),
});

/** `GET /<app>/subscriptions` with the app's token. @throws RequestFailure */
export async function listAppSubscriptions(graph: Graph): Promise<readonly AppSubscription[]> {
	const { data } = await graph.appHttp.request({
		method: 'GET',
		path: `/${id(graph.credential.appId)}/subscriptions`,
		answer: appSubscriptionsSchema,
		idempotent: true,
		timeout: 'read',
		purpose: 'List app subscriptions',
	});
	return data.map(({ object, callback_url: callbackUrl, active, fields }) => ({ object, callbackUrl, active, fields }));
}

/**
 * Sets the app's one callback for WhatsApp, replacing whatever was there: look with `listAppSubscriptions` first.
 * Meta calls the address with the verify token before it answers. @throws RequestFailure
 */
export async function setAppSubscription(
	graph: Graph,
	subscription: WebhookOverride & { readonly fields: readonly string[] },
): Promise<void> {
	await graph.appHttp.request({
		method: 'POST',
		path: `/${id(graph.credential.appId)}/subscriptions`,
		body: {
			object: WHATSAPP_OBJECT,
			callback_url: subscription.callbackUrl,
			verify_token: subscription.verifyToken,
			fields: subscription.fields.join(','),
			include_values: 'true',
		},
		answer: success,
		idempotent: true,
		timeout: 'send',
		purpose: 'Set app subscription',
	});
}

/** Removes the app's callback for WhatsApp. @throws RequestFailure */
export async function deleteAppSubscription(graph: Graph): Promise<void> {
	await graph.appHttp.request({
		method: 'DELETE',
		path: `/${id(graph.credential.appId)}/subscriptions`,
		query: { object: WHATSAPP_OBJECT },
		answer: success,
		idempotent: true,
		timeout: 'send',
		purpose: 'Delete app subscription',
	});
}

/** What Meta knows of the credential's access token. */
export interface TokenFacts {
	readonly valid: boolean;
	readonly appId?: string;
	/** `USER`, `SYSTEM_USER` … */
	readonly type?: string;
	/** `undefined` = never. */
	readonly expiresAt?: Date;
	readonly scopes: readonly string[];
	/** WhatsApp Business accounts that the token was given for; empty when it is good for all of its business. */
	readonly businessAccountIds: readonly string[];
}

const tokenSchema = z.object({
	data: z.object({
		is_valid: z.boolean(),
		app_id: z.coerce.string().optional(),
		type: z.string().optional(),
		expires_at: z.number().optional(),
		scopes: z.array(z.string()).default([]),
		granular_scopes: z
			.array(z.object({ scope: z.string(), target_ids: z.array(z.coerce.string()).default([]) }))
			.default([]),
	}),
});

/** `GET /debug_token`: whether the access token works, for what and until when. @throws RequestFailure */
export async function inspectToken(graph: Graph): Promise<TokenFacts> {
	const { data } = await graph.appHttp.request({
		method: 'GET',
		path: '/debug_token',
		query: { input_token: graph.credential.accessToken },
		answer: tokenSchema,
		idempotent: true,
		timeout: 'read',
		purpose: 'Inspect access token',
	});
	return {
		valid: data.is_valid,
		appId: data.app_id,
		type: data.type,
		expiresAt: data.expires_at === undefined || data.expires_at === 0 ? undefined : new Date(data.expires_at * 1000),
		scopes: data.scopes,
		businessAccountIds:
			data.granular_scopes.find(({ scope }) => scope === 'whatsapp_business_management')?.target_ids ?? [],
	};
}
