import type { ChannelAddress, ChannelEvent } from '../../domain/messages/events';
import type { Language } from '../../domain/profile/businessProfile';
import { touchChannel } from '../../store/repositories/channels';
import { appendJournal } from '../../store/repositories/journal';
import type { Store, StoreTransaction } from '../../store/store';
import { itemOfEvent } from '../emit/items';
import { journalTopic } from '../emit/journalTopic';
import { followMirrors } from '../linkedNumbers/followMirror';
import { mirrorsOf, type Mirrors } from '../linkedNumbers/mirrors';
import { profileInForce } from '../profile/businessProfile';
import { newsOfChannel } from '../wazzup/toldNews';
import { isSilent, personOf, type EmittedEvents, type ReceiveRequest, type ReceiveResult } from './receiving';
import { writeEvent } from './writeEvent';

/** How often "last webhook" of a number is written, ms: it only has to tell flowing from silent. */
const CHANNEL_TOUCH_INTERVAL = 5_000;

/** The output of a trigger that an event belongs to. */
export const OUTPUT_OF: Readonly<Record<ChannelEvent['kind'], keyof EmittedEvents>> = {
	message: 'messages',
	status: 'statuses',
	echo: 'echoes',
	history: 'echoes',
	contact_sync: 'account',
	account: 'account',
	error: 'account',
	unknown: 'account',
};

/** Events that must not run beside each other share a key: those of a person, of a message of ours, of an account. */
function lockKeyOf(event: ChannelEvent): string {
	if (event.kind === 'status') return `message:${event.messageId}`;
	const person = personOf(event);
	const address = person?.userId ?? person?.waId ?? person?.parentUserId ?? person?.wazzupChat;
	return address === undefined ? 'account' : `person:${address}`;
}

/** News without a time of their own (Wazzup's templates) may be told again later: alike within an hour they are one. */
const idOfNews = (event: ChannelEvent, now: number): string =>
	event.kind === 'account' && event.at.getTime() === 0 ? `${event.id}:${Math.floor(now / 3_600_000)}` : event.id;

async function receiveOne(
	tx: StoreTransaction,
	store: Store,
	{ mirrors, language, ...request }: ReceiveRequest & { readonly mirrors: Mirrors; readonly language: Language },
	event: ChannelEvent,
): Promise<boolean> {
	const mirror = event.channel === undefined ? undefined : mirrors.get(event.channel.phoneNumberId);
	const written = await writeEvent(
		tx,
		store,
		{ webhookId: request.webhookId, vendor: request.vendor, mirror, language },
		event,
	);
	// What nobody answers automatically does not walk the bot's branch.
	const output = event.kind === 'message' && isSilent(mirror) ? 'echoes' : OUTPUT_OF[event.kind];
	const leaves = request.outputOf === undefined ? (request.emit[output] ? output : undefined) : request.outputOf(event);
	if (!written.isNew || leaves === undefined) return written.isNew;
	const channelId = event.channel?.phoneNumberId;
	const now = store.now();
	const newsId = idOfNews(event, now);
	return await appendJournal(tx, {
		id: store.newId(),
		workspace_id: store.workspaceId,
		webhook_id: request.webhookId,
		channel_id: channelId ?? null,
		output: leaves,
		contact_id: written.contactId ?? null,
		conversation_id: written.conversationId ?? null,
		message_id: written.messageId ?? null,
		dedupe_key: `${event.kind}:${newsId}`,
		payload: JSON.stringify({
			...itemOfEvent(event, {
				workspaceId: store.workspaceId,
				webhookId: request.webhookId,
				channelId,
				contactId: written.contactId,
				conversationId: written.conversationId,
				messageId: written.messageId,
			}),
			...(request.vendor === 'wazzup' ? newsOfChannel(event, newsId, language) : {}),
		}),
		created_at: now,
	});
}

async function touchChannels(store: Store, request: ReceiveRequest, events: readonly ChannelEvent[]): Promise<void> {
	const channels = new Map<string, ChannelAddress>();
	for (const event of events) if (event.channel) channels.set(event.channel.phoneNumberId, event.channel);
	for (const [channelId, channel] of channels) {
		const key = `${store.workspaceId}:${channelId}:${request.webhookId}`;
		const now = store.now();
		if (now - (lastTouch.get(key) ?? 0) < CHANNEL_TOUCH_INTERVAL) continue;
		lastTouch.set(key, now);
		await touchChannel(store.db, store, {
			channelId,
			vendor: request.vendor,
			wabaId: channel.wabaId,
			displayPhoneNumber: channel.displayPhoneNumber,
			webhookId: request.webhookId,
		});
	}
}

/** Only news of an account are told to the team while receiving: for all else the profile is not asked. */
async function languageOf(store: Store, events: readonly ChannelEvent[]): Promise<Language> {
	return events.some(({ kind }) => kind === 'account') ? (await profileInForce(store)).profile.language : 'es';
}

/** Only a saving of writes: losing or doubling it on a package reload is harmless. */
const lastTouch = new Map<string, number>();

/**
 * Journals what a channel delivered, before it is acknowledged: contacts, messages, statuses and the rows that the
 * trigger will emit, in one transaction a person. Duplicates change nothing and start nothing.
 * @throws when any part could not be stored, so that the vendor delivers again.
 */
export async function receiveEvents(store: Store, request: ReceiveRequest): Promise<ReceiveResult> {
	const numbers = request.phoneNumberIds ?? [];
	const mirrors = await mirrorsOf(store, request.events);
	const isChosen = ({ phoneNumberId }: ChannelAddress): boolean =>
		numbers.length === 0 || numbers.includes(phoneNumberId) || mirrors.has(phoneNumberId);
	const events = request.events.filter(({ channel }) => channel === undefined || isChosen(channel));
	if (events.length === 0) return { stored: 0, duplicates: 0 };
	const receiving = { ...request, mirrors, language: await languageOf(store, events) };
	const byKey = new Map<string, ChannelEvent[]>();
	for (const event of events) {
		const key = lockKeyOf(event);
		const together = byKey.get(key);
		if (together) together.push(event);
		else byKey.set(key, [event]);
	}
	const results = await store.eachLocked([...byKey.keys()], async (tx, key) => {
		let stored = 0;
		for (const event of byKey.get(key) ?? []) if (await receiveOne(tx, store, receiving, event)) stored += 1;
		return stored;
	});
	let stored = 0;
	let failure: Error | undefined;
	for (const result of results) {
		if ('error' in result) failure = result.error;
		else stored += result.value;
	}
	await touchChannels(store, request, events);
	await followMirrors(store, mirrors, events);
	if (stored > 0) store.signal(journalTopic(request.webhookId));
	if (failure) throw failure;
	return { stored, duplicates: events.length - stored };
}
