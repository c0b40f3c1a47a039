import type { ChannelEvent } from '../../domain/messages/events';
import { appendAudit } from '../../store/repositories/auditLog';
import { countAddressBook } from '../../store/repositories/linkedContacts';
import { advanceHistory, updateLinkedNumber } from '../../store/repositories/linkedNumbers';
import type { Store } from '../../store/store';
import { historyProgressOf } from '../../webhooks/meta/historyProgress';
import { profileInForce } from '../profile/businessProfile';
import { announceLinking } from './announceLinking';
import type { Mirror, Mirrors } from './mirrors';

/** The phone's owner has history sharing turned off. */
const HISTORY_DECLINED = 2593109;

const isDecline = (event: ChannelEvent): boolean =>
	event.kind === 'error' && event.errors.some(({ code }) => code === HISTORY_DECLINED);

/** How far the history has come, of everything that one delivery says of it. */
function progressOf(events: readonly ChannelEvent[]): number | undefined {
	const said = events.flatMap((event) => {
		if (event.kind === 'history') return event.progress === undefined ? [] : [event.progress];
		const progress = event.kind === 'unknown' && event.field === 'history' ? historyProgressOf(event.raw) : undefined;
		return progress === undefined ? [] : [progress];
	});
	return said.length === 0 ? undefined : Math.min(100, Math.max(...said));
}

async function followOne(store: Store, { linkedNumber }: Mirror, events: readonly ChannelEvent[]): Promise<void> {
	const { state, id } = linkedNumber;
	const progress = progressOf(events);
	const declined = events.some(isDecline) && linkedNumber.history !== 'declined';
	const contacts = events.some(({ kind }) => kind === 'contact_sync');
	if (state !== 'linked' && progress === undefined && !declined && !contacts) return;
	const { profile } = await profileInForce(store);
	await store.transaction(async (tx) => {
		if (state === 'linked') await updateLinkedNumber(tx, store, id, { state: 'mirroring' }, ['linked']);
		if (progress !== undefined) await advanceHistory(tx, id, progress);
		if (contacts) await updateLinkedNumber(tx, store, id, { contacts_synced: await countAddressBook(tx, id) });
		if (!declined) return;
		await updateLinkedNumber(tx, store, id, { history: 'declined', problem: 'history_declined' });
		await appendAudit(tx, store, {
			actor: 'channel',
			action: 'number.history_declined',
			subjectKind: 'linked_number',
			subjectId: id,
		});
		await announceLinking(tx, store, linkedNumber, {
			event: 'problem',
			language: profile.language,
			problem: 'history_declined',
		});
	});
}

/**
 * What a delivery says of the linked numbers themselves: that something comes at all, how far the history is, that it
 * was declined. Once a delivery and number, after its messages: a delivery that is repeated says the same again.
 */
export async function followMirrors(store: Store, mirrors: Mirrors, events: readonly ChannelEvent[]): Promise<void> {
	for (const [channelId, mirror] of mirrors) {
		const own = events.filter(({ channel }) => channel?.phoneNumberId === channelId);
		if (own.length > 0) await followOne(store, mirror, own);
	}
}
