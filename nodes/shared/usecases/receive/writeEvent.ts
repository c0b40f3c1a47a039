import { waIdToE164 } from '../../domain/identity/phone';
import type { AccountEvent, ChannelEvent, Identity } from '../../domain/messages/events';
import { resolveContact } from '../../store/repositories/contactIdentities';
import type { Store, StoreTransaction } from '../../store/store';
import { followQuality } from '../alerts/followQuality';
import { isExcluded } from '../linkedNumbers/exclusions';
import { followAccount } from '../linkedNumbers/followAccount';
import { isAfterTheEnd } from '../linkedNumbers/mirrors';
import { syncContact } from '../linkedNumbers/syncContact';
import { isOwnSend } from '../wazzup/ownSends';
import { applyStatus } from './applyStatus';
import { followAddresses } from './personsConversation';
import { personOf, type Receiving, type Written } from './receiving';
import { storeInbound } from './storeInbound';
import { storeOwnWords } from './storeOwnWords';

async function applyIdentityChange(tx: StoreTransaction, store: Store, event: AccountEvent): Promise<void> {
	if (event.identityChange === undefined) return;
	const { previous, current } = event.identityChange;
	const { contactId, alsoKnownAs } = await resolveContact(
		tx,
		store,
		previous,
		previous.waId === undefined ? undefined : waIdToE164(previous.waId),
		null,
	);
	await followAddresses(tx, store, contactId, current, alsoKnownAs);
}

/** Whose conversation an event belongs to, deliveries of ours included. */
const otherSideOf = (event: ChannelEvent): Identity | undefined =>
	event.kind === 'status' ? event.recipient : personOf(event);

/** Writes what an event says where it belongs. */
export async function writeEvent(
	tx: StoreTransaction,
	store: Store,
	receiving: Receiving,
	event: ChannelEvent,
): Promise<Written> {
	const { mirror } = receiving;
	if (mirror && isAfterTheEnd(mirror, event)) return { isNew: false };
	const person = mirror === undefined ? undefined : otherSideOf(event);
	if (mirror && person && (await isExcluded(tx, store, mirror.linkedNumber, person))) return { isNew: false };
	switch (event.kind) {
		case 'message':
			return await storeInbound(tx, store, receiving, event);
		case 'echo':
			// Wazzup tells of what we sent ourselves too; Meta does not.
			if (receiving.vendor === 'wazzup' && (await isOwnSend(tx, store, event))) return { isNew: false };
			return await storeOwnWords(tx, store, receiving, event);
		case 'history':
			return await storeOwnWords(tx, store, receiving, event);
		case 'status':
			return { isNew: await applyStatus(tx, store, event) };
		case 'contact_sync':
			return { isNew: mirror === undefined || (await syncContact(tx, store, mirror, event)) };
		case 'account':
			await applyIdentityChange(tx, store, event);
			await followAccount(tx, store, event, receiving.language);
			await followQuality(tx, store, event, receiving.language);
			return { isNew: true };
		default:
			return { isNew: true };
	}
}
