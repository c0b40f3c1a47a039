import { sql, type Transaction } from 'kysely';

import type { Database } from '../schema';
import type { Executor, Store } from '../store';

/**
 * What was given up after its last attempt: a received message, a step of a branch, a message to a customer, a file, something
 * between an advisor and a customer, news of a payment that its provider could not be asked about.
 */
export const DEAD_LETTER_KINDS = ['received', 'step', 'message', 'file', 'bridge', 'payment'] as const;
export type DeadLetterKind = (typeof DEAD_LETTER_KINDS)[number];

interface GivenUp {
	readonly id: string;
	/** Output of the trigger or of the bot, the file's type or the provider; the number's id for a message. */
	readonly about: string;
	readonly contact_id: string | null;
	readonly contact_name: string | null;
	readonly contact_phone: string | null;
	readonly error: string | null;
	readonly attempts: number;
	readonly created_at: number;
}

export interface DeadLetterRow extends GivenUp {
	readonly kind: DeadLetterKind;
}

export interface DeadLetterPage {
	/** All kinds when absent. */
	readonly kind?: DeadLetterKind;
	/** The last row of the page before. */
	readonly before?: Pick<DeadLetterRow, 'id' | 'created_at'>;
	readonly limit: number;
}

/** Where the rows of a kind are, what they are about, and in which states they are given up. */
const PLACES = {
	received: { table: 'journal', about: 'output', states: ['dead'] },
	step: { table: 'effects', about: 'output', states: ['dead'] },
	message: { table: 'outbox', about: 'channel_id', states: ['failed'] },
	file: { table: 'attachments', about: 'type', states: ['failed', 'expired'] },
	bridge: { table: 'bridge_tasks', about: 'kind', states: ['dead'] },
	payment: { table: 'payment_events', about: 'provider', states: ['dead'] },
} as const satisfies Readonly<Record<DeadLetterKind, object>>;

/** Whose payment it is about is only known once the provider has been asked. */
const PAYMENT_EVENTS = sql<PlaceRow>`(select payment_events.*, cast(null as text) as contact_id from payment_events)`;

/** A page of one kind. What failed has an error, so a partial index finds it however much was done well. */
async function pageOf(
	executor: Executor,
	workspaceId: string,
	kind: DeadLetterKind,
	{ before, limit }: Omit<DeadLetterPage, 'kind'>,
): Promise<GivenUp[]> {
	const { table, about, states } = PLACES[kind];
	let query = executor
		.selectFrom((table === 'payment_events' ? PAYMENT_EVENTS : sql<PlaceRow>`${sql.table(table)}`).as('row'))
		.leftJoin('contacts', 'contacts.id', 'row.contact_id')
		.select(['row.id', 'row.contact_id', 'row.error', 'row.attempts', 'row.created_at'])
		.select(sql<string>`${sql.ref(`row.${about}`)}`.as('about'))
		.select(['contacts.name as contact_name', 'contacts.phone as contact_phone'])
		.where('row.workspace_id', '=', workspaceId)
		.where('row.state', 'in', [...states])
		.where('row.error', 'is not', null);
	if (before) {
		query = query.where(({ eb, refTuple, tuple }) =>
			eb(refTuple('row.created_at', 'row.id'), '<', tuple(before.created_at, before.id)),
		);
	}
	return await query.orderBy('row.created_at', 'desc').orderBy('row.id', 'desc').limit(limit).execute();
}

/** What these tables have in common. */
interface PlaceRow {
	readonly id: string;
	readonly workspace_id: string;
	readonly contact_id: string | null;
	readonly state: string;
	readonly error: string | null;
	readonly attempts: number;
	readonly created_at: number;
}

const newestFirst = (one: DeadLetterRow, other: DeadLetterRow): number =>
	other.created_at - one.created_at || (one.id < other.id ? 1 : -1);

/** A page of everything that was given up in a workspace, newest first. */
export async function listDeadLetters(
	executor: Executor,
	workspaceId: string,
	{ kind, ...page }: DeadLetterPage,
): Promise<DeadLetterRow[]> {
	const rows: DeadLetterRow[] = [];
	for (const one of kind === undefined ? DEAD_LETTER_KINDS : [kind]) {
		const found = await pageOf(executor, workspaceId, one, page);
		rows.push(...found.map((row) => ({ ...row, kind: one })));
	}
	return rows.sort(newestFirst).slice(0, page.limit);
}

/** A dead letter that is ready again. */
export interface RevivedRow {
	readonly kind: DeadLetterKind;
	readonly contactId: string | null;
	/** The trigger that takes it; null for a file, which the trigger of its conversation takes. */
	readonly webhookId: string | null;
}

/** Makes a received message ready to be handed to its trigger again, and unanswered, so that the bot takes it. */
async function reviveReceived(tx: Transaction<Database>, store: Store, id: string): Promise<RevivedRow | undefined> {
	const row = await tx
		.updateTable('journal')
		.set({ state: 'ready', attempts: 0, ready_at: store.now(), owner: null, emission_id: null, error: null })
		.where('id', '=', id)
		.where('workspace_id', '=', store.workspaceId)
		.where('state', '=', 'dead')
		.returning(['contact_id', 'webhook_id', 'message_id'])
		.executeTakeFirst();
	if (!row) return undefined;
	if (row.message_id !== null) {
		await tx
			.updateTable('messages')
			.set({ turn_state: 'pending', turn_attempts: 0, request_id: null })
			.where('id', '=', row.message_id)
			.where('turn_state', '=', 'dead')
			.execute();
	}
	return { kind: 'received', contactId: row.contact_id, webhookId: row.webhook_id };
}

async function reviveStep(tx: Transaction<Database>, store: Store, id: string): Promise<RevivedRow | undefined> {
	const row = await tx
		.updateTable('effects')
		.set({ state: 'ready', attempts: 0, ready_at: store.now(), owner: null, emission_id: null, error: null })
		.where('id', '=', id)
		.where('workspace_id', '=', store.workspaceId)
		.where('state', '=', 'dead')
		.returning(['contact_id', 'webhook_id'])
		.executeTakeFirst();
	return row && { kind: 'step', contactId: row.contact_id, webhookId: row.webhook_id };
}

async function reviveMessage(tx: Transaction<Database>, store: Store, id: string): Promise<RevivedRow | undefined> {
	const now = store.now();
	const row = await tx
		.updateTable('outbox')
		.set({ state: 'queued', attempts: 0, ready_at: now, wake_at: now, owner: null, claimed_at: null })
		.set({ finished_at: null, error: null })
		.where('id', '=', id)
		.where('workspace_id', '=', store.workspaceId)
		.where('state', '=', 'failed')
		.returning(['contact_id', 'webhook_id'])
		.executeTakeFirst();
	if (!row) return undefined;
	await tx
		.updateTable('messages')
		.set({ delivery_status: 'queued', delivery_at: now, error: null })
		.where('id', '=', id)
		.execute();
	return { kind: 'message', contactId: row.contact_id, webhookId: row.webhook_id };
}

async function reviveFile(tx: Transaction<Database>, store: Store, id: string): Promise<RevivedRow | undefined> {
	const row = await tx
		.updateTable('attachments')
		.set({ state: 'pending', attempts: 0, ready_at: store.now(), owner: null, claimed_at: null, error: null })
		.where('id', '=', id)
		.where('workspace_id', '=', store.workspaceId)
		.where('state', 'in', ['failed', 'expired'])
		.returning('contact_id')
		.executeTakeFirst();
	return row && { kind: 'file', contactId: row.contact_id, webhookId: null };
}

async function reviveBridge(tx: Transaction<Database>, store: Store, id: string): Promise<RevivedRow | undefined> {
	const row = await tx
		.updateTable('bridge_tasks')
		.set({ state: 'ready', attempts: 0, ready_at: store.now(), finished_at: null, error: null })
		.where('id', '=', id)
		.where('workspace_id', '=', store.workspaceId)
		.where('state', '=', 'dead')
		.returning(['contact_id', 'webhook_id'])
		.executeTakeFirst();
	return row && { kind: 'bridge', contactId: row.contact_id, webhookId: row.webhook_id };
}

/** The provider is asked about it again. */
async function revivePayment(tx: Transaction<Database>, store: Store, id: string): Promise<RevivedRow | undefined> {
	const row = await tx
		.updateTable('payment_events')
		.set({ state: 'received', attempts: 0, ready_at: store.now(), error: null })
		.where('id', '=', id)
		.where('workspace_id', '=', store.workspaceId)
		.where('state', '=', 'dead')
		.returning('webhook_id')
		.executeTakeFirst();
	return row && { kind: 'payment', contactId: null, webhookId: row.webhook_id };
}

/** Makes what was given up ready again, with all its attempts before it. Undefined when it is not given up (any more). */
export async function reviveDeadLetter(
	tx: Transaction<Database>,
	store: Store,
	id: string,
): Promise<RevivedRow | undefined> {
	return (
		(await reviveReceived(tx, store, id)) ??
		(await reviveStep(tx, store, id)) ??
		(await reviveMessage(tx, store, id)) ??
		(await reviveFile(tx, store, id)) ??
		(await reviveBridge(tx, store, id)) ??
		(await revivePayment(tx, store, id))
	);
}

/** What the vendor said of a message that it refused or did not deliver; JSON, null when nobody said anything. */
export async function errorOfMessage(executor: Executor, workspaceId: string, id: string): Promise<string | null> {
	const row = await executor
		.selectFrom('messages')
		.select('error')
		.where('id', '=', id)
		.where('workspace_id', '=', workspaceId)
		.executeTakeFirst();
	return row?.error ?? null;
}

/** The same of several messages, by their ids; those of which nobody said anything are left out. */
export async function errorsOfMessages(
	executor: Executor,
	workspaceId: string,
	ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
	if (ids.length === 0) return new Map();
	const rows = await executor
		.selectFrom('messages')
		.select(['id', 'error'])
		.where('id', 'in', ids)
		.where('workspace_id', '=', workspaceId)
		.execute();
	return new Map(rows.flatMap(({ id, error }) => (error === null ? [] : [[id, error] as const])));
}

/** A dead letter by its id; undefined when there is none (any more). */
export async function getDeadLetter(
	executor: Executor,
	workspaceId: string,
	id: string,
): Promise<DeadLetterKind | undefined> {
	const dead = await executor
		.selectFrom('journal')
		.select(({ val }) => val<DeadLetterKind>('received').as('kind'))
		.where('id', '=', id)
		.where('workspace_id', '=', workspaceId)
		.where('state', '=', 'dead')
		.unionAll(
			executor
				.selectFrom('effects')
				.select(({ val }) => val<DeadLetterKind>('step').as('kind'))
				.where('id', '=', id)
				.where('workspace_id', '=', workspaceId)
				.where('state', '=', 'dead'),
		)
		.unionAll(
			executor
				.selectFrom('outbox')
				.select(({ val }) => val<DeadLetterKind>('message').as('kind'))
				.where('id', '=', id)
				.where('workspace_id', '=', workspaceId)
				.where('state', '=', 'failed'),
		)
		.unionAll(
			executor
				.selectFrom('attachments')
				.select(({ val }) => val<DeadLetterKind>('file').as('kind'))
				.where('id', '=', id)
				.where('workspace_id', '=', workspaceId)
				.where('state', 'in', ['failed', 'expired']),
		)
		.unionAll(
			executor
				.selectFrom('bridge_tasks')
				.select(({ val }) => val<DeadLetterKind>('bridge').as('kind'))
				.where('id', '=', id)
				.where('workspace_id', '=', workspaceId)
				.where('state', '=', 'dead'),
		)
		.unionAll(
			executor
				.selectFrom('payment_events')
				.select(({ val }) => val<DeadLetterKind>('payment').as('kind'))
				.where('id', '=', id)
				.where('workspace_id', '=', workspaceId)
				.where('state', '=', 'dead'),
		)
		.executeTakeFirst();
	return dead?.kind;
}

/** Puts a dead letter away: it stays on record and is listed no more. Undefined when there is none (any more). */
export async function dismissDeadLetter(
	tx: Transaction<Database>,
	store: Store,
	id: string,
): Promise<Omit<RevivedRow, 'webhookId'> | undefined> {
	const received = await tx
		.updateTable('journal')
		.set({ state: 'done', payload: '', error: null })
		.where('id', '=', id)
		.where('workspace_id', '=', store.workspaceId)
		.where('state', '=', 'dead')
		.returning('contact_id')
		.executeTakeFirst();
	if (received) return { kind: 'received', contactId: received.contact_id };
	const step = await tx
		.updateTable('effects')
		.set({ state: 'done', finished_at: store.now(), error: null })
		.where('id', '=', id)
		.where('workspace_id', '=', store.workspaceId)
		.where('state', '=', 'dead')
		.returning('contact_id')
		.executeTakeFirst();
	if (step) return { kind: 'step', contactId: step.contact_id };
	const message = await tx
		.updateTable('outbox')
		.set({ state: 'cancelled' })
		.where('id', '=', id)
		.where('workspace_id', '=', store.workspaceId)
		.where('state', '=', 'failed')
		.returning('contact_id')
		.executeTakeFirst();
	if (message) return { kind: 'message', contactId: message.contact_id };
	const file = await tx
		.updateTable('attachments')
		.set({ error: null })
		.where('id', '=', id)
		.where('workspace_id', '=', store.workspaceId)
		.where('state', 'in', ['failed', 'expired'])
		.where('error', 'is not', null)
		.returning('contact_id')
		.executeTakeFirst();
	if (file) return { kind: 'file', contactId: file.contact_id };
	const bridge = await tx
		.updateTable('bridge_tasks')
		.set({ state: 'done', error: null })
		.where('id', '=', id)
		.where('workspace_id', '=', store.workspaceId)
		.where('state', '=', 'dead')
		.returning('contact_id')
		.executeTakeFirst();
	if (bridge) return { kind: 'bridge', contactId: bridge.contact_id };
	const payment = await tx
		.updateTable('payment_events')
		.set({ state: 'ignored', error: null })
		.where('id', '=', id)
		.where('workspace_id', '=', store.workspaceId)
		.where('state', '=', 'dead')
		.returning('id')
		.executeTakeFirst();
	return payment && { kind: 'payment', contactId: null };
}
