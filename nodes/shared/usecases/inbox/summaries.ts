import { areaName } from '../../domain/cases/areaRouting';
import { afterOpenMinutes } from '../../domain/conversation/businessHours';
import { customerName } from '../../domain/identity/knownName';
import type { ChannelView, ConversationSummary, PersonOfTeam } from '../../domain/inbox/views';
import { SERVICE_WINDOW } from '../../domain/messages/serviceWindow';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { listChannels, type ChannelRow } from '../../store/repositories/channels';
import type { ContactRow } from '../../store/repositories/contacts';
import { readCounts } from '../../store/repositories/conversationReads';
import {
	conversationsChangedSince,
	inboxConversations,
	type InboxConversationRow,
} from '../../store/repositories/inboxConversations';
import {
	casesOfContacts,
	contactsById,
	doubtfulSends,
	leadsOfContacts,
	messagesById,
	troubled,
	type WorkOfContact,
} from '../../store/repositories/inboxLookups';
import { linkedNumbersOfChannels } from '../../store/repositories/linkedNumbers';
import type { MessageRow } from '../../store/repositories/messages';
import type { Executor, Store } from '../../store/store';
import { profileInForce } from '../profile/businessProfile';
import { deliveryOf, previewOf } from './messageViews';
import { teamNames } from './teamNames';
import type { Sighted, Viewer } from './viewer';

/** Letters of a message that the list shows. */
const PREVIEW_LENGTH = 120;

/** Unread messages that are counted. */
const MOST_UNREAD = 99;

/** A row of the list, the same for all who may see it; only what they have read differs. */
export interface SharedSummary extends Sighted {
	readonly row: InboxConversationRow;
	readonly summary: Omit<ConversationSummary, 'unread'>;
}

function channelView(
	channel: ChannelRow | undefined,
	channelId: string,
	linkedTo: PersonOfTeam | undefined,
): ChannelView {
	return {
		id: channelId,
		name: channel?.display_phone_number ?? channelId,
		kind: linkedTo !== undefined ? 'linked' : channel?.vendor === 'wazzup' ? 'wazzup' : 'company',
		...(linkedTo === undefined ? {} : { advisor: linkedTo }),
	};
}

/** Until when somebody should have answered, by the profile's limit and, where it says so, in opening hours only. */
function answerDueAt(profile: BusinessProfile, waitingSince: number): number | null {
	const { waitingMinutes, waitingInHoursOnly } = profile.handoff;
	if (waitingMinutes === 0) return null;
	if (!waitingInHoursOnly) return waitingSince + waitingMinutes * 60_000;
	return afterOpenMinutes(profile, new Date(waitingSince), waitingMinutes).getTime();
}

interface Surroundings {
	readonly profile: BusinessProfile;
	readonly contacts: ReadonlyMap<string, ContactRow>;
	readonly messages: ReadonlyMap<string, MessageRow>;
	readonly unknown: ReadonlySet<string>;
	readonly cases: readonly WorkOfContact[];
	readonly leads: readonly WorkOfContact[];
	readonly channels: ReadonlyMap<string, ChannelView>;
	readonly person: (id: string | null) => PersonOfTeam | undefined;
	readonly trouble: Awaited<ReturnType<typeof troubled>>;
}

function lastMessageOf(row: InboxConversationRow, around: Surroundings): ConversationSummary['lastMessage'] {
	const message = row.last_message_id === null ? undefined : around.messages.get(row.last_message_id);
	if (!message) return undefined;
	const status = deliveryOf(message, around.unknown.has(message.id));
	return {
		author: message.author,
		type: message.type,
		preview: message.deleted_at === null ? previewOf(message, PREVIEW_LENGTH) : '',
		at: new Date(message.at).toISOString(),
		...(status === undefined ? {} : { status }),
	};
}

const text = <Name extends string>(name: Name, value: string | null | undefined): Partial<Record<Name, string>> =>
	value === null || value === undefined ? {} : ({ [name]: value } as Record<Name, string>);

const instant = <Name extends string>(name: Name, at: number | null): Partial<Record<Name, string>> =>
	text(name, at === null ? null : new Date(at).toISOString());

function shared(row: InboxConversationRow, around: Surroundings): SharedSummary {
	const { profile } = around;
	const contact = around.contacts.get(row.contact_id);
	const ofContact = (work: WorkOfContact) => work.contact_id === row.contact_id;
	const cases = around.cases.filter(ofContact);
	const leads = around.leads.filter(ofContact);
	const lastMessage = lastMessageOf(row, around);
	const owner = around.person(row.owner_advisor_id);
	return {
		row,
		ownerAdvisorId: row.owner_advisor_id,
		area: row.area,
		mode: row.mode,
		advisorIds: [...cases, ...leads].flatMap(({ advisor_id, conversation_id }) =>
			advisor_id !== null && conversation_id === row.id ? [advisor_id] : [],
		),
		summary: {
			id: row.id,
			contactId: row.contact_id,
			contactName: customerName(contact),
			...text('phone', contact?.phone),
			channel: around.channels.get(row.channel_id) ?? { id: row.channel_id, name: row.channel_id, kind: 'company' },
			mode: row.mode,
			...(owner === undefined ? {} : { owner }),
			...text('areaName', row.area === null ? null : areaName(row.area, profile)),
			...(lastMessage === undefined ? {} : { lastMessage }),
			...instant('waitingSince', row.waiting_since),
			...instant('answerDueAt', row.waiting_since === null ? null : answerDueAt(profile, row.waiting_since)),
			...instant('windowClosesAt', row.last_inbound_at === null ? null : row.last_inbound_at + SERVICE_WINDOW),
			openCases: cases.filter(({ open }) => open).length,
			tags: contact?.tags ? (JSON.parse(contact.tags) as string[]) : [],
			commercialIntent: row.commercial_intent === 1,
			...text('leadStage', leads.at(-1)?.stage),
			incomplete: row.incomplete_at !== null,
			trouble: around.trouble.conversationIds.has(row.id) || around.trouble.contactIds.has(row.contact_id),
			// Ticks change a message and not its conversation; both only move forward.
			revision: Math.max(row.updated_at, around.messages.get(row.last_message_id ?? '')?.changed_at ?? 0),
		},
	};
}

/** The rows of the list, with what belongs to them; a handful of questions however many they are. */
export async function summariesOfRows(
	executor: Executor,
	store: Store,
	profile: BusinessProfile,
	rows: readonly InboxConversationRow[],
): Promise<SharedSummary[]> {
	if (rows.length === 0) return [];
	const { workspaceId } = store;
	const contactIds = rows.map((row) => row.contact_id);
	const lastIds = rows.flatMap((row) => (row.last_message_id === null ? [] : [row.last_message_id]));
	const messages = await messagesById(executor, workspaceId, lastIds);
	const sent = [...messages.values()].filter(({ direction }) => direction === 'out').map(({ id }) => id);
	const doubtful = await doubtfulSends(executor, workspaceId, sent);
	const person = await teamNames(executor, workspaceId);
	const channels = await listChannels(executor, workspaceId);
	const channelIds = channels.map((channel) => channel.channel_id);
	const linked = await linkedNumbersOfChannels(executor, workspaceId, channelIds);
	const around: Surroundings = {
		profile,
		contacts: await contactsById(executor, workspaceId, contactIds),
		messages,
		unknown: new Set([...doubtful].flatMap(([id, { state }]) => (state === 'unknown' ? [id] : []))),
		cases: await casesOfContacts(executor, workspaceId, contactIds),
		leads: await leadsOfContacts(executor, workspaceId, contactIds),
		channels: new Map(
			channels.map((channel) => [
				channel.channel_id,
				channelView(channel, channel.channel_id, person(linked.get(channel.channel_id)?.advisor_id ?? null)),
			]),
		),
		person,
		trouble: await troubled(executor, workspaceId),
	};
	return rows.map((row) => shared(row, around));
}

/** Of these conversations what everybody who may see them is told; those that are gone are left out. */
export async function summariesOf(store: Store, conversationIds: readonly string[]): Promise<SharedSummary[]> {
	const { profile } = await profileInForce(store);
	const rows = await inboxConversations(store.db, store.workspaceId, conversationIds);
	return await summariesOfRows(store.db, store, profile, rows);
}

/** What one viewer sees of it. @param readCount how far they have read; 0 when they never opened it */
function summaryFor({ row, summary }: SharedSummary, readCount: number): ConversationSummary {
	return { ...summary, unread: Math.min(MOST_UNREAD, Math.max(0, row.inbound_count - readCount)) };
}

/** What one viewer sees of several. */
export async function summariesFor(
	executor: Executor,
	viewer: Viewer,
	summaries: readonly SharedSummary[],
): Promise<ConversationSummary[]> {
	const reads = await readCounts(
		executor,
		viewer.advisorId,
		summaries.map(({ row }) => row.id),
	);
	return summaries.map((one) => summaryFor(one, reads.get(one.row.id) ?? 0));
}

export interface ChangedConversations {
	readonly ids: readonly string[];
	/** Ask from here next time. */
	readonly until: number;
}

/** Conversations that one look of a watcher takes; what is beyond waits for the next. */
const CHANGES_A_LOOK = 1_000;

/**
 * Conversations of which anything changed that the team sees. A transaction may become visible a little after the time it
 * bears: `overlap` looks back so far, and what is found again is only sent again.
 */
export async function changedConversations(
	store: Store,
	{ sinceMillis, overlap }: { readonly sinceMillis: number; readonly overlap: number },
): Promise<ChangedConversations> {
	const found = await conversationsChangedSince(store.db, store.workspaceId, sinceMillis - overlap, CHANGES_A_LOOK);
	return { ids: found.map(({ id }) => id), until: Math.max(sinceMillis, found.at(-1)?.at ?? 0) };
}
