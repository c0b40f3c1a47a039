import { randomBytes } from 'node:crypto';

import type { BusinessEvent } from '../../domain/businessEvents/businessEvent';
import { InvalidInput } from '../../domain/invalidInput';
import { whyRefused } from '../../http/deliver';
import { appendAudit } from '../../store/repositories/auditLog';
import {
	deleteEventWebhook,
	eventWebhookNamed,
	getEventWebhook,
	insertEventWebhook,
	updateEventWebhook,
	type EventWebhookRow,
} from '../../store/repositories/eventWebhooks';
import type { Executor, Store, StoreTransaction } from '../../store/store';

export interface EventWebhookInput {
	/** As people call it; the same name changes the same webhook. */
	readonly name: string;
	readonly url: string;
	/** Empty: all. */
	readonly events: readonly BusinessEvent[];
	/** Whether the address may be inside the business's own network. */
	readonly allowsPrivate: boolean;
	/** Whether a webhook that is there gets a new signing secret; the old one is worth nothing from then on. */
	readonly replacesSecret: boolean;
	readonly actor: string;
}

export interface SavedEventWebhook {
	readonly webhook: EventWebhookRow;
	readonly created: boolean;
	/** Told once: when it was made. */
	readonly secret?: string;
}

/** @throws InvalidInput when nothing may be sent to the address, or the name is empty */
export function checkEventWebhook({ name, url, allowsPrivate }: EventWebhookInput): void {
	if (name.trim() === '') {
		throw new InvalidInput({
			message: "'Name' is empty",
			description: 'Give the webhook a name of your own, such as the system behind it.',
			parameter: 'Name',
		});
	}
	const refused = whyRefused(url, allowsPrivate);
	if (refused === undefined) return;
	throw new InvalidInput({
		message: `'URL' cannot be used: ${refused}`,
		description: allowsPrivate
			? 'Use the https address that the receiving system shows for incoming webhooks.'
			: "Use the https address that the receiving system shows. For a system in your own network switch on 'Allow Private Address'.",
		parameter: 'URL',
	});
}

async function underLock<T>(store: Store, name: string, work: (tx: StoreTransaction) => Promise<T>): Promise<T> {
	const [result] = await store.eachLocked([`event_webhook:${name}`], async (tx) => await work(tx));
	if (result === undefined || 'error' in result) throw result?.error ?? new Error('The webhook was not saved');
	return result.value;
}

/**
 * Makes or changes a webhook for business events. From its commit on every event that it wants is queued for it; nothing that was
 * before.
 * @throws InvalidInput
 */
export async function saveEventWebhook(store: Store, input: EventWebhookInput): Promise<SavedEventWebhook> {
	checkEventWebhook(input);
	const name = input.name.trim();
	return await underLock(store, name, async (tx) => {
		const known = await eventWebhookNamed(tx, store.workspaceId, name);
		const isNewSecret = known === undefined || input.replacesSecret;
		const secret = isNewSecret ? `whsec_${randomBytes(24).toString('base64url')}` : undefined;
		const now = store.now();
		const changes = {
			url: input.url,
			events: JSON.stringify([...input.events].sort()),
			allows_private: input.allowsPrivate ? 1 : 0,
			...(secret === undefined ? {} : { secret: store.encrypt(secret) }),
			updated_at: now,
		};
		const id = known?.id ?? store.newId();
		if (known === undefined) {
			const row = { id, workspace_id: store.workspaceId, name, secret: '', ...changes, created_at: now };
			await insertEventWebhook(tx, row);
		} else await updateEventWebhook(tx, id, changes);
		await appendAudit(tx, store, {
			actor: input.actor,
			action: 'event_webhook.saved',
			subjectKind: 'event_webhook',
			subjectId: id,
			// An address may carry a secret of its own.
			payload: { name, host: new URL(input.url).host, events: input.events, newSecret: isNewSecret },
		});
		const webhook = await getEventWebhook(tx, store.workspaceId, id);
		if (webhook === undefined) throw new Error(`Webhook ${id} was not stored`);
		return { webhook, created: known === undefined, ...(secret === undefined ? {} : { secret }) };
	});
}

/** A webhook by name or id. @throws InvalidInput when there is none */
export async function existingEventWebhook(executor: Executor, store: Store, key: string): Promise<EventWebhookRow> {
	const found =
		(await eventWebhookNamed(executor, store.workspaceId, key)) ??
		(await getEventWebhook(executor, store.workspaceId, key));
	if (found !== undefined) return found;
	throw new InvalidInput({
		message: `'Event Webhook' ${key} does not exist`,
		description: 'Choose one from the list.',
		parameter: 'Event Webhook',
	});
}

/** Removes a webhook with what still waits for it. @throws InvalidInput when there is none */
export async function removeEventWebhook(store: Store, key: string, actor: string): Promise<EventWebhookRow> {
	const { name } = await existingEventWebhook(store.db, store, key);
	return await underLock(store, name, async (tx) => {
		const webhook = await existingEventWebhook(tx, store, name);
		await deleteEventWebhook(tx, store.workspaceId, webhook.id);
		await appendAudit(tx, store, {
			actor,
			action: 'event_webhook.deleted',
			subjectKind: 'event_webhook',
			subjectId: webhook.id,
			payload: { name },
		});
		return webhook;
	});
}
