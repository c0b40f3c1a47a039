import type { EchoEvent } from '../../domain/messages/events';
import { isWordingOf } from '../../domain/wazzup/wording';
import type { OutboundMessage } from '../../domain/messages/outbound';
import { contactOfIdentity } from '../../store/repositories/contactIdentities';
import { changeMessage, findByVendorId } from '../../store/repositories/messages';
import { outboxByVendorId, unfinishedOutbox, updateOutbox } from '../../store/repositories/outbox';
import type { Store, StoreTransaction } from '../../store/store';
import { settleEarlyStatuses } from '../receive/applyStatus';

/**
 * Whether an echo of Wazzup is a message that we sent ourselves: Wazzup tells of those too, and sometimes before it has
 * answered the send. One that is still on its way, or whose answer never came, is known by its words, and is settled by it.
 * What is none of these was written by a person.
 */
export async function isOwnSend(tx: StoreTransaction, store: Store, event: EchoEvent): Promise<boolean> {
	const { workspaceId } = store;
	if (await outboxByVendorId(tx, workspaceId, event.id)) return true;
	const known = await findByVendorId(tx, workspaceId, event.channel.phoneNumberId, event.id);
	// What a person wrote is in the thread under their name, and comes twice only as a duplicate.
	if (known) return known.author !== 'phone';
	const contactId = await contactOfIdentity(tx, workspaceId, event.to);
	if (contactId === undefined) return false;
	const sent = (await unfinishedOutbox(tx, workspaceId, contactId)).find(
		(row) =>
			row.state !== 'queued' &&
			row.channel_id === event.channel.phoneNumberId &&
			isWordingOf(JSON.parse(row.message) as OutboundMessage, event.content),
	);
	if (sent === undefined) return false;
	const now = store.now();
	await updateOutbox(tx, sent.id, { state: 'accepted', vendor_id: event.id, finished_at: now, error: null }, [
		'sending',
		'unknown',
	]);
	await changeMessage(tx, store, sent.id, { vendor_id: event.id, delivery_status: 'sent', delivery_at: now });
	await settleEarlyStatuses(tx, store, event.id);
	return true;
}
