import type { ChannelEvent, Identity } from '../../domain/messages/events';
import { bindLinkedContact, findLinkedContact } from '../../store/repositories/linkedContacts';
import { linkedNumbersOfChannels, type LinkedNumberRow } from '../../store/repositories/linkedNumbers';
import { nameUnnamed } from '../../store/repositories/contacts';
import { identityKeys } from '../../domain/identity/identityKeys';
import type { Store, StoreTransaction } from '../../store/store';
import { profileInForce } from '../profile/businessProfile';

/** How the conversations of an advisor's own number are kept. */
export interface Mirror {
	readonly linkedNumber: LinkedNumberRow;
	/** The profile names this number among those the bot answers; otherwise the bot is silent there. */
	readonly botAnswers: boolean;
}

export type Mirrors = ReadonlyMap<string, Mirror>;

const NONE: Mirrors = new Map();

/** States in which a row says nothing about the number yet. */
const UNDECIDED: ReadonlyArray<LinkedNumberRow['state']> = ['started', 'exchanging', 'authorized', 'failed'];

/**
 * Which numbers of these events are advisors' own. Also those that are not linked any more: what still comes of them,
 * up to seven days late, must not wake the bot.
 */
export async function mirrorsOf(store: Store, events: readonly ChannelEvent[]): Promise<Mirrors> {
	const channelIds = new Set(events.flatMap(({ channel }) => (channel === undefined ? [] : [channel.phoneNumberId])));
	const linked = await linkedNumbersOfChannels(store.db, store.workspaceId, [...channelIds]);
	if (linked.size === 0) return NONE;
	const { profile } = await profileInForce(store);
	return new Map(
		[...linked]
			.filter(([, { state }]) => !UNDECIDED.includes(state))
			.map(([channelId, linkedNumber]) => [
				channelId,
				{ linkedNumber, botAnswers: profile.channels.includes(channelId) },
			]),
	);
}

/**
 * Whether an event belongs to nobody here: it happened on the number after it was unlinked. What happened before and comes
 * late is still kept.
 */
export function isAfterTheEnd({ linkedNumber, botAnswers }: Mirror, event: ChannelEvent): boolean {
	const { state, unlinked_at: end } = linkedNumber;
	return state === 'unlinked' && !botAnswers && end !== null && event.at.getTime() > end;
}

/** Gives a person without a name the one that the advisor's address book has for them. */
export async function nameFromAddressBook(
	tx: StoreTransaction,
	store: Store,
	{ linkedNumber }: Mirror,
	contactId: string,
	person: Identity,
): Promise<void> {
	const addresses = identityKeys(person).map(({ value }) => value);
	const entry = await findLinkedContact(tx, linkedNumber.id, addresses);
	if (entry === undefined || entry.contact_id === contactId) return;
	await bindLinkedContact(tx, entry.id, contactId);
	const name = entry.removed === 1 ? null : (entry.full_name ?? entry.first_name);
	if (name !== null) await nameUnnamed(tx, store, contactId, name);
}
