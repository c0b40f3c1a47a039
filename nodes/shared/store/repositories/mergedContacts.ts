import type { Transaction } from 'kysely';

import type { Database } from '../schema';
import type { Store } from '../store';
import { getContact, updateContact } from './contacts';
import { metricsLock, moveConversationFacts } from './metricRows';
import { TABLES_OF_A_PERSON, type TableOfAPerson } from './personalData';
import { changeTags } from './tags';

/**
 * Every table that knows a conversation by `conversation_id`, and what becomes of its rows when the conversation goes into
 * another one: `move`, or `delete` what is true of the one that was. A test holds the list against the tables of the database.
 */
export const TABLES_OF_A_CONVERSATION = {
	approvals: 'move',
	bridge_messages: 'move',
	bridges: 'move',
	cases: 'move',
	// How far somebody has read it counts its messages.
	conversation_reads: 'delete',
	effects: 'move',
	follow_ups: 'move',
	journal: 'move',
	leads: 'move',
	messages: 'move',
	model_calls: 'move',
	notes: 'move',
	notifications: 'move',
	outbox: 'move',
	payments: 'move',
	// What was written in it is not told any more from what was written in the other.
	profile_tests: 'delete',
	search_entries: 'move',
	unanswered_questions: 'move',
} as const satisfies Partial<Record<keyof Database, 'move' | 'delete'>>;

type TableOfAConversation = keyof typeof TABLES_OF_A_CONVERSATION;

const tablesOfAConversation = Object.keys(TABLES_OF_A_CONVERSATION) as TableOfAConversation[];

const tablesOfAPerson = (Object.keys(TABLES_OF_A_PERSON) as TableOfAPerson[]).filter(
	(table) => table !== 'conversations',
);

/** Consents of both, oldest first as they were given. */
function bothLists(one: string | null, other: string | null): string | null {
	if (one === null || other === null) return one ?? other;
	return JSON.stringify([...(JSON.parse(other) as unknown[]), ...(JSON.parse(one) as unknown[])]);
}

const conversationsOf = async (tx: Transaction<Database>, store: Store, contactIds: readonly string[]) =>
	await tx
		.selectFrom('conversations')
		.select(['id', 'channel_id', 'contact_id', 'last_inbound_at', 'activity_at', 'last_message_id'])
		.select(['owner_advisor_id', 'area', 'waiting_since', 'commercial_intent', 'inbound_count', 'revision'])
		.where('workspace_id', '=', store.workspaceId)
		.where('contact_id', 'in', [...contactIds])
		.execute();

type Mergeable = Awaited<ReturnType<typeof conversationsOf>>[number];

/** Lets a conversation go into another one on the same channel. */
async function mergeConversations(
	tx: Transaction<Database>,
	store: Store,
	moved: Mergeable,
	kept: Mergeable,
): Promise<void> {
	// A customer has one advisor at a time: whoever attends the kept conversation stays.
	await tx
		.deleteFrom('bridges')
		.where('workspace_id', '=', store.workspaceId)
		.where('conversation_id', '=', moved.id)
		.where((row) =>
			row.exists(
				row
					.selectFrom('bridges as kept')
					.select('kept.id')
					.where('kept.workspace_id', '=', store.workspaceId)
					.where('kept.conversation_id', '=', kept.id),
			),
		)
		.execute();
	for (const table of tablesOfAConversation) {
		if (TABLES_OF_A_CONVERSATION[table] === 'delete') {
			await tx
				.deleteFrom(table)
				.where('workspace_id', '=', store.workspaceId)
				.where('conversation_id', '=', moved.id)
				.execute();
			continue;
		}
		await tx
			.updateTable(table)
			.set({ conversation_id: kept.id })
			.where('workspace_id', '=', store.workspaceId)
			.where('conversation_id', '=', moved.id)
			.execute();
	}
	await store.lock(tx, metricsLock(store.workspaceId));
	await moveConversationFacts(tx, store.workspaceId, moved.id, kept.id);
	const lastInboundAt = Math.max(kept.last_inbound_at ?? 0, moved.last_inbound_at ?? 0);
	await tx
		.updateTable('conversations')
		.set({
			last_inbound_at: lastInboundAt > 0 ? lastInboundAt : null,
			turn_due_at: store.now(),
			updated_at: store.now(),
			...(moved.activity_at > kept.activity_at
				? { activity_at: moved.activity_at, last_message_id: moved.last_message_id }
				: {}),
			owner_advisor_id: kept.owner_advisor_id ?? moved.owner_advisor_id,
			area: kept.area ?? moved.area,
			waiting_since: kept.waiting_since ?? moved.waiting_since,
			commercial_intent: Math.max(kept.commercial_intent, moved.commercial_intent),
			inbound_count: kept.inbound_count + moved.inbound_count,
			revision: Math.max(kept.revision, moved.revision) + 1,
		})
		.where('id', '=', kept.id)
		.execute();
	await tx.deleteFrom('conversations').where('id', '=', moved.id).execute();
}

/**
 * Makes two contacts one: everything of `fromId` becomes `intoId`'s. Of two conversations on the same channel the
 * kept one takes the other's messages. The caller holds both contacts' locks, the lower id taken first.
 */
export async function mergeContacts(
	tx: Transaction<Database>,
	store: Store,
	fromId: string,
	intoId: string,
): Promise<void> {
	const from = await getContact(tx, store.workspaceId, fromId);
	const into = await getContact(tx, store.workspaceId, intoId);
	if (!from || !into || from.merged_into !== null) return;
	const conversations = await conversationsOf(tx, store, [fromId, intoId]);
	for (const moved of conversations.filter((row) => row.contact_id === fromId)) {
		const kept = conversations.find((row) => row.contact_id === intoId && row.channel_id === moved.channel_id);
		if (!kept) {
			await tx.updateTable('conversations').set({ contact_id: intoId }).where('id', '=', moved.id).execute();
			continue;
		}
		await mergeConversations(tx, store, moved, kept);
	}
	for (const table of tablesOfAPerson) {
		await tx
			.updateTable(table)
			.set({ contact_id: intoId })
			.where('workspace_id', '=', store.workspaceId)
			.where('contact_id', '=', fromId)
			.execute();
	}
	await updateContact(tx, store, intoId, {
		name: into.name ?? from.name,
		name_verified: into.name === null ? from.name_verified : into.name_verified,
		identification: into.identification ?? from.identification,
		identification_type: into.identification_type ?? from.identification_type,
		phone: into.phone ?? from.phone,
		email: into.email ?? from.email,
		company: into.company ?? from.company,
		city: into.city ?? from.city,
		profile_name: into.profile_name ?? from.profile_name,
		username: into.username ?? from.username,
		owner_advisor_id: into.owner_advisor_id ?? from.owner_advisor_id,
		opted_out_at: into.opted_out_at ?? from.opted_out_at,
		language: into.language ?? from.language,
		consent: bothLists(into.consent, from.consent),
		source: into.source ?? from.source,
		external_id: into.external_id ?? from.external_id,
		external_url: into.external_url ?? from.external_url,
		registered: Math.max(into.registered, from.registered),
		imported: Math.max(into.imported, from.imported),
	});
	const tags = from.tags === null ? [] : (JSON.parse(from.tags) as string[]);
	await changeTags(tx, store, { kind: 'contact', id: intoId }, { add: tags }, 'hand');
	await changeTags(tx, store, { kind: 'contact', id: fromId }, { remove: tags }, 'hand');
	await updateContact(tx, store, fromId, { merged_into: intoId });
}
