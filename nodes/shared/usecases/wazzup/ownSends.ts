import type { EchoEvent } from '../../domain/messages/events';
import { placeInMessage } from '../../domain/wazzup/wording';
import type { OutboundMessage } from '../../domain/messages/outbound';
import { contactOfIdentity } from '../../store/repositories/contactIdentities';
import { changeMessage, findByVendorId } from '../../store/repositories/messages';
import {
	outboxByVendorId,
	recentlyAccepted,
	unfinishedOutbox,
	updateOutbox,
	type OutboxRow,
} from '../../store/repositories/outbox';
import type { Store, StoreTransaction } from '../../store/store';
import { settleEarlyStatuses } from '../receive/applyStatus';

/** How long after a message Wazzup may still tell of it under an id that its answer has not told us, ms. */
const REACH = 900_000;

const placeIn = (row: OutboxRow, { content }: EchoEvent) =>
	placeInMessage(JSON.parse(row.message) as OutboundMessage, content);

/** From now on the row is known by the echo's id. */
async function nameRow(
	tx: StoreTransaction,
	store: Store,
	{ id }: OutboxRow,
	vendorId: string,
	from: ReadonlyArray<OutboxRow['state']>,
): Promise<void> {
	const now = store.now();
	await updateOutbox(tx, id, { state: 'accepted', vendor_id: vendorId, finished_at: now, error: null }, from);
	await changeMessage(tx, store, id, { vendor_id: vendorId, delivery_status: 'sent', delivery_at: now });
	await settleEarlyStatuses(tx, store, vendorId);
}

/** On its way, or nobody knows whether it arrived. */
async function isOnItsWay(tx: StoreTransaction, store: Store, event: EchoEvent, contactId: string): Promise<boolean> {
	for (const row of await unfinishedOutbox(tx, store.workspaceId, contactId)) {
		if (row.state === 'queued' || row.channel_id !== event.channel.phoneNumberId) continue;
		const place = placeIn(row, event);
		if (place === undefined) continue;
		// What only begins to arrive is not there yet.
		if (place === 'end') await nameRow(tx, store, row, event.id, ['sending', 'unknown']);
		return true;
	}
	return false;
}

/** Accepted already: a part before its end, or all of it where Wazzup had it before and did not say under which id. */
async function hasLeft(tx: StoreTransaction, store: Store, event: EchoEvent, contactId: string): Promise<boolean> {
	const asked = { contactId, channelId: event.channel.phoneNumberId, since: store.now() - REACH };
	for (const row of await recentlyAccepted(tx, store.workspaceId, asked)) {
		const place = placeIn(row, event);
		if (place === 'part') return true;
		const { type } = JSON.parse(row.message) as OutboundMessage;
		// Any words could be those of a template.
		if (place === undefined || row.vendor_id !== null || type === 'template') continue;
		await nameRow(tx, store, row, event.id, ['accepted']);
		return true;
	}
	return false;
}

/**
 * Whether an echo of Wazzup is a message that we sent ourselves: Wazzup tells of those too, and sometimes before it has
 * answered the send. One that is still on its way, or whose answer never came or named no id, is known by its words, and is
 * settled by it; so are parts of it that left before. What is none of these was written by a person.
 */
export async function isOwnSend(tx: StoreTransaction, store: Store, event: EchoEvent): Promise<boolean> {
	const { workspaceId } = store;
	if (await outboxByVendorId(tx, workspaceId, event.id)) return true;
	const known = await findByVendorId(tx, workspaceId, event.channel.phoneNumberId, event.id);
	// What a person wrote is in the thread under their name, and comes twice only as a duplicate.
	if (known) return known.author !== 'phone';
	const contactId = await contactOfIdentity(tx, workspaceId, event.to);
	if (contactId === undefined) return false;
	return (await isOnItsWay(tx, store, event, contactId)) || (await hasLeft(tx, store, event, contactId));
}
