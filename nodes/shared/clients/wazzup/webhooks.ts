import { z } from 'zod';

import { RequestFailure } from '../../http/failure';
import type { Wazzup } from './wazzup';

/** What Wazzup tells the address of the account. */
export interface WebhookSubscriptions {
	readonly messagesAndStatuses: boolean;
	/** createContact and createDeal; sent only when pipelines were uploaded. */
	readonly contactsAndDealsCreation: boolean;
	readonly channelsUpdates: boolean;
	readonly templateStatus: boolean;
}

/** The one webhook address of an account. */
export interface Webhooks {
	/** Absent while none is set. */
	readonly webhooksUri?: string;
	readonly subscriptions: WebhookSubscriptions;
}

/** Wazzup documents texts and answers truth values; both are read. */
const flag = z
	.union([z.boolean(), z.string()])
	.nullish()
	.catch(undefined)
	.transform((value) => value === true || (typeof value === 'string' && value.toLowerCase() === 'true'));

const subscriptionsSchema = z
	.object({
		messagesAndStatuses: flag,
		contactsAndDealsCreation: flag,
		channelsUpdates: flag,
		templateStatus: flag,
		// GET names the switch otherwise than PATCH.
		wabaTemplatesStatus: flag,
	})
	.transform(
		({ wabaTemplatesStatus, templateStatus, ...others }): WebhookSubscriptions => ({
			...others,
			templateStatus: templateStatus || wabaTemplatesStatus,
		}),
	);

const NOTHING: WebhookSubscriptions = {
	messagesAndStatuses: false,
	contactsAndDealsCreation: false,
	channelsUpdates: false,
	templateStatus: false,
};

const webhooksSchema = z
	.object({
		webhooksUri: z.string().nullish(),
		subscriptions: subscriptionsSchema.nullish(),
	})
	.transform(
		({ webhooksUri, subscriptions }): Webhooks => ({
			...(webhooksUri === undefined || webhooksUri === null || webhooksUri === '' ? {} : { webhooksUri }),
			subscriptions: subscriptions ?? NOTHING,
		}),
	);

/** `GET /webhooks`. @throws RequestFailure */
export async function getWebhooks(wazzup: Wazzup): Promise<Webhooks> {
	return await wazzup.request({
		method: 'GET',
		path: '/webhooks',
		answer: webhooksSchema,
		idempotent: true,
		timeout: 'read',
		purpose: 'Get webhooks',
	});
}

export interface WebhookChange {
	readonly webhooksUri: string;
	readonly subscriptions: WebhookSubscriptions;
}

/**
 * `PATCH /webhooks`: Wazzup first posts `{"test":true}` to the address and takes it only when that answers 200.
 * @throws RequestFailure with the code TEST_POST_NOT_PASSED or URI_NOT_VALID
 */
export async function setWebhooks(wazzup: Wazzup, change: WebhookChange): Promise<void> {
	await changeWebhooks(wazzup, change);
}

async function changeWebhooks(wazzup: Wazzup, change: Partial<WebhookChange>): Promise<void> {
	await wazzup.request({
		method: 'PATCH',
		path: '/webhooks',
		body: { ...change },
		answer: z.unknown(),
		idempotent: true,
		timeout: 'send',
		purpose: 'Set webhooks',
	});
}

/**
 * There is no route that takes the address away: all subscriptions are switched off, so that nothing is sent to it. Wazzup
 * tests an address that it is given, and n8n answers at none of a workflow that it is deactivating; so the address is left
 * out first, and given only where Wazzup wants it, which it does not document.
 * @throws RequestFailure with the code TEST_POST_NOT_PASSED when Wazzup wants it and it answers no more
 */
export async function releaseWebhooks(wazzup: Wazzup, webhooksUri: string): Promise<void> {
	try {
		await changeWebhooks(wazzup, { subscriptions: NOTHING });
	} catch (error) {
		if (!(error instanceof RequestFailure) || error.kind !== 'rejected') throw error;
		await changeWebhooks(wazzup, { webhooksUri, subscriptions: NOTHING });
	}
}
