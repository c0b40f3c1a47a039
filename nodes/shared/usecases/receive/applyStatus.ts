import { explainWazzupUndelivered } from '../../clients/wazzup/undelivered';
import { explainUndelivered } from '../../clients/whatsapp/errorTable';
import { lookupTable } from '../../domain/lookupTable';
import type { DeliveryStatus, StatusEvent, VendorError } from '../../domain/messages/events';
import { appendAudit } from '../../store/repositories/auditLog';
import { listChannels } from '../../store/repositories/channels';
import { keepEarlyStatus, takeEarlyStatuses } from '../../store/repositories/earlyStatuses';
import { changeMessage, findByVendorId, getMessage, type MessageRow } from '../../store/repositories/messages';
import { getOutbox, outboxByVendorId, updateOutbox, type OutboxRow } from '../../store/repositories/outbox';
import type { Store, StoreTransaction } from '../../store/store';
import { reportUndelivered } from '../bridge/undelivered';

/**
 * How far a message has come. Statuses overtake each other and the answer to the send; a later one is never undone by
 * an earlier one. `failed` ends everything but what the person has already received.
 */
const PROGRESS = lookupTable<number>({
	queued: 0,
	accepted: 1,
	sent: 2,
	failed: 3,
	delivered: 4,
	read: 5,
	played: 6,
});

/** Whether `next` says more than `current`. */
export function advances(current: string | null, next: DeliveryStatus | 'accepted'): boolean {
	return (PROGRESS.get(next) ?? 0) > (PROGRESS.get(current ?? 'queued') ?? 0);
}

async function messageOf(
	tx: StoreTransaction,
	store: Store,
	event: StatusEvent,
	outbox: OutboxRow | undefined,
): Promise<MessageRow | undefined> {
	if (outbox) return await getMessage(tx, store.workspaceId, outbox.id);
	const channelIds = event.channel
		? [event.channel.phoneNumberId]
		: (await listChannels(tx, store.workspaceId)).flatMap(({ vendor, channel_id: id }) =>
				vendor === 'wazzup' ? [id] : [],
			);
	for (const channelId of channelIds) {
		const message = await findByVendorId(tx, store.workspaceId, channelId, event.messageId);
		if (message) return message;
	}
	return undefined;
}

const WAITS: ReadonlySet<OutboxRow['state']> = new Set(['queued', 'sending', 'unknown']);

/** A message that was retried after it failed hears nothing more of the failure before. */
function isOfEarlierSend(outbox: OutboxRow, event: StatusEvent): boolean {
	if (outbox.vendor_id === null) return false;
	return outbox.vendor_id === event.messageId ? WAITS.has(outbox.state) : !WAITS.has(outbox.state);
}

function reasonOf(error: VendorError): string {
	return error.name === undefined ? explainUndelivered(error).reason : explainWazzupUndelivered(error);
}

/** Applies what was told of a message before its vendor's id was known here. */
export async function settleEarlyStatuses(tx: StoreTransaction, store: Store, vendorId: string): Promise<void> {
	for (const kept of await takeEarlyStatuses(tx, store.workspaceId, vendorId)) {
		const event = JSON.parse(kept) as Omit<StatusEvent, 'at' | 'raw'> & { readonly at: string };
		await applyStatus(tx, store, { ...event, at: new Date(event.at), raw: undefined });
	}
}

/**
 * Writes a delivery status to the message it is about. A status that carries our outbox id also settles a send whose
 * answer never came. Returns whether it was news.
 */
export async function applyStatus(tx: StoreTransaction, store: Store, event: StatusEvent): Promise<boolean> {
	const outbox =
		(event.callbackData === undefined ? undefined : await getOutbox(tx, store.workspaceId, event.callbackData)) ??
		(await outboxByVendorId(tx, store.workspaceId, event.messageId));
	const message = await messageOf(tx, store, event, outbox);
	if (!message) {
		// Where a status names no channel it knows the message by an id alone, which the answer to the send may still bring.
		if (event.channel !== undefined) return true;
		const { messageId: vendorId, status } = event;
		return await keepEarlyStatus(tx, store, { vendorId, status, event: JSON.stringify({ ...event, raw: undefined }) });
	}
	if (outbox && event.status === 'failed' && isOfEarlierSend(outbox, event)) return false;
	if (outbox && outbox.vendor_id !== event.messageId) {
		await updateOutbox(
			tx,
			outbox.id,
			{ state: 'accepted', vendor_id: event.messageId, finished_at: store.now(), error: null },
			outbox.vendor_id === null ? ['queued', 'sending', 'unknown', 'failed'] : ['sending', 'unknown'],
		);
	}
	const news = advances(message.delivery_status, event.status);
	const pricing = event.pricing && message.pricing === null ? JSON.stringify(event.pricing) : undefined;
	if (!news && pricing === undefined && message.vendor_id !== null) return false;
	await changeMessage(tx, store, message.id, {
		...(news ? { delivery_status: event.status, delivery_at: event.at.getTime() } : {}),
		...(message.vendor_id === null ? { vendor_id: event.messageId } : {}),
		...(pricing === undefined ? {} : { pricing }),
		...(event.errors && event.errors.length > 0 ? { error: JSON.stringify(event.errors) } : {}),
	});
	// It reached the person after all.
	if (news && event.status !== 'failed' && outbox)
		await updateOutbox(tx, outbox.id, { state: 'accepted', error: null }, ['failed']);
	if (news && event.status === 'failed') {
		const [error] = event.errors ?? [];
		const reason = error === undefined ? 'WhatsApp did not deliver the message' : reasonOf(error);
		if (outbox)
			await updateOutbox(tx, outbox.id, { state: 'failed', finished_at: store.now(), error: reason }, ['accepted']);
		await appendAudit(tx, store, {
			contactId: message.contact_id,
			actor: 'channel',
			action: 'message.failed',
			subjectKind: 'message',
			subjectId: message.id,
			payload: { errors: event.errors ?? [] },
		});
		await reportUndelivered(tx, store, message.id, reason);
	}
	return news;
}
