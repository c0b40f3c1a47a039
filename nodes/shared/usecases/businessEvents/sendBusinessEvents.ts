import { deliver } from '../../http/deliver';
import type { Resolve } from '../../http/publicAddress';
import {
	claimBusinessEvents,
	freeAbandonedEvents,
	listBusinessEvents,
	settleBusinessEvent,
	type BusinessEventRow,
} from '../../store/repositories/businessEvents';
import { getEventWebhook, type EventWebhookRow } from '../../store/repositories/eventWebhooks';
import type { Store } from '../../store/store';
import type { ItemJson } from '../emit/items';
import { eventBody } from './eventBody';
import { EVENT_ID_HEADER, EVENT_TYPE_HEADER, signEvent, SIGNATURE_HEADER } from './signEvent';

/** Before each further try, ms; then it is given up and somebody has to look. */
const PAUSES = [1_000, 30_000, 300_000, 3_600_000, 21_600_000] as const;

/** Events on their way at once. */
const BATCH = 10;

/** Rounds of one call: an execution is to end, and the next one goes on. */
const ROUNDS = 100;

/** What became of one event. */
export interface SentEvent {
	readonly event: BusinessEventRow;
	readonly webhook: string;
	readonly host: string;
	readonly outcome: 'sent' | 'retried' | 'dead';
	readonly error?: string;
}

async function attempt(
	store: Store,
	webhook: EventWebhookRow,
	event: BusinessEventRow,
	resolve: Resolve | undefined,
): Promise<string | undefined> {
	const body = JSON.stringify(await eventBody(store.db, store, event));
	return await deliver(
		{
			url: webhook.url,
			body,
			headers: {
				'user-agent': 'n8n-nodes-whatsapp-crm',
				[EVENT_ID_HEADER]: event.id,
				[EVENT_TYPE_HEADER]: event.type,
				[SIGNATURE_HEADER]: signEvent(body, store.decrypt(webhook.secret), store.now()),
			},
			allowsPrivate: webhook.allows_private === 1,
		},
		resolve,
	);
}

async function send(
	store: Store,
	event: BusinessEventRow,
	resolve: Resolve | undefined,
): Promise<SentEvent | undefined> {
	const webhook = await getEventWebhook(store.db, store.workspaceId, event.event_webhook_id);
	// Deleted while it was being taken: nobody wants to hear of it.
	if (webhook === undefined) return undefined;
	const error = await attempt(store, webhook, event, resolve).catch((reason: unknown) =>
		reason instanceof Error ? reason.message : String(reason),
	);
	const now = store.now();
	const pause = PAUSES[event.attempts - 1];
	const outcome = error === undefined ? 'sent' : pause === undefined ? 'dead' : 'retried';
	const ours = await store.transaction(
		async (tx) =>
			await settleBusinessEvent(tx, store, event.id, {
				state: outcome === 'retried' ? 'queued' : outcome,
				error: error ?? null,
				...(outcome === 'retried' ? { ready_at: now + (pause ?? 0) } : { finished_at: now }),
			}),
	);
	if (!ours) return undefined;
	return {
		event,
		webhook: webhook.name,
		host: new URL(webhook.url).host,
		outcome,
		...(error === undefined ? {} : { error }),
	};
}

/**
 * Delivers the business events whose time has come to the webhooks that want them: each at least once, signed, in order for one
 * customer. What a process that died had taken is delivered again, under the same id.
 * @returns what became of each
 */
export async function sendBusinessEvents(store: Store, resolve?: Resolve): Promise<readonly SentEvent[]> {
	const living = await store.livingOwners();
	const sent: SentEvent[] = [];
	for (let round = 0; round < ROUNDS; round += 1) {
		const events = await store.transaction(async (tx) => {
			if (round === 0) await freeAbandonedEvents(tx, store, living);
			return await claimBusinessEvents(tx, store, BATCH);
		});
		if (events.length === 0) break;
		const outcomes = await Promise.all(events.map(async (event) => await send(store, event, resolve)));
		sent.push(...outcomes.flatMap((outcome) => (outcome === undefined ? [] : [outcome])));
	}
	return sent;
}

/** What would be delivered next, without sending or claiming anything. */
export async function previewBusinessEvents(store: Store): Promise<readonly ItemJson[]> {
	const events = await listBusinessEvents(store.db, store.workspaceId, { state: 'queued', limit: BATCH });
	const requests: ItemJson[] = [];
	for (const event of events.reverse()) {
		const webhook = await getEventWebhook(store.db, store.workspaceId, event.event_webhook_id);
		if (webhook === undefined) continue;
		const headers = { [EVENT_ID_HEADER]: event.id, [EVENT_TYPE_HEADER]: event.type };
		requests.push({
			webhook: webhook.name,
			method: 'POST',
			host: new URL(webhook.url).host,
			headers,
			body: await eventBody(store.db, store, event),
		});
	}
	return requests;
}
