import { createHash, randomBytes } from 'node:crypto';

import type { Insertable, Selectable, Transaction } from 'kysely';

import type { AuditLogTable, Database } from '../schema';
import { KeptQuery } from '../keptQuery';
import type { Executor, Store } from '../store';
import { queueBusinessEvents } from './businessEvents';

export type AuditRow = Selectable<AuditLogTable>;

/** One line of the bitácora. */
export interface AuditEntry {
	/** The contact concerned; without one the line goes to the actor's own chain. */
	readonly contactId?: string;
	/** `bot`, `customer`, `workflow`, `advisor:<id>`. */
	readonly actor: string;
	/** What happened: `message.received`, `case.opened` … */
	readonly action: string;
	readonly subjectKind?: string;
	readonly subjectId?: string;
	readonly payload?: Readonly<Record<string, unknown>>;
}

/** What is told in the thread of a conversation, between its messages. */
export const TOLD_IN_THREAD: ReadonlySet<string> = new Set([
	'approval.approved',
	'approval.expired',
	'approval.rejected',
	'approval.requested',
	'approval.used',
	'bridge.failed',
	'bridge.passed',
	'bridge.taken',
	'case.opened',
	'case.status_changed',
	'case.assigned',
	'case.added_to',
	'conversation.assigned',
	'conversation.unassigned',
	'conversation.nobody_on_duty',
	'conversation.bot_paused',
	'conversation.bot_resumed',
	'conversation.person_wrote',
	'conversation.closed',
	'conversation.escalated',
	'contact.merged',
	'follow_up.saved',
	'follow_up.ended',
	'lead.created',
	'lead.updated',
	'lead.stage_changed',
	'link.offered',
	'message.set_aside',
	'number.linked',
	'number.unlinked',
	'payment.cash_cancelled',
	'payment.cash_recorded',
	'payment.confirmed',
	'payment.dispute_closed',
	'payment.disputed',
	'payment.expired',
	'payment.failed',
	'payment.link_created',
	'payment.link_requested',
	'payment.mismatch',
	'payment.pending',
	'payment.proof_checked',
	'payment.refund_created',
	'payment.refund_failed',
	'payment.refunded',
]);

function digestOf(salt: string, entry: string): string {
	return createHash('sha256').update(salt).update('\n').update(entry).digest('hex');
}

const lastLine = new KeptQuery((executor, asked: { workspaceId: string; chain: string }) =>
	executor
		.selectFrom('audit_log')
		.select(['sequence', 'hmac'])
		.where('workspace_id', '=', asked.workspaceId)
		.where('chain', '=', asked.chain)
		.orderBy('sequence', 'desc')
		.limit(1),
);

const insert = new KeptQuery((executor, row: Insertable<AuditLogTable>) =>
	executor.insertInto('audit_log').values(row),
);

/**
 * Appends to the chain of the contact (or actor), in the transaction of what it records. The digest is salted so that
 * an erased payload cannot be guessed back, and the HMAC covers the one before it: a changed, removed or inserted line
 * breaks the chain for everybody without the store's key.
 */
export async function appendAudit(tx: Transaction<Database>, store: Store, entry: AuditEntry): Promise<void> {
	const chain = entry.contactId ?? `actor:${entry.actor}`;
	const last = await lastLine.first(tx, { workspaceId: store.workspaceId, chain });
	const sequence = (last?.sequence ?? 0) + 1;
	const at = store.now();
	const payload = JSON.stringify(entry.payload ?? {});
	const salt = randomBytes(16).toString('hex');
	const digest = digestOf(
		salt,
		[chain, sequence, at, entry.actor, entry.action, entry.subjectKind, entry.subjectId, payload].join('\n'),
	);
	await insert.rows(tx, {
		id: store.newId(),
		workspace_id: store.workspaceId,
		chain,
		sequence,
		at,
		actor: entry.actor,
		action: entry.action,
		subject_kind: entry.subjectKind ?? null,
		subject_id: entry.subjectId ?? null,
		payload,
		salt,
		digest,
		hmac: store.sign(`${last?.hmac ?? ''}|${digest}`),
		told_at: TOLD_IN_THREAD.has(entry.action) ? at : null,
	});
	await queueBusinessEvents(tx, store, entry);
}

/** Lines of a chain in order; `after` is the sequence of the last one of the page before. */
export async function auditOfChain(
	executor: Executor,
	workspaceId: string,
	chain: string,
	page: { readonly after?: number; readonly limit: number },
): Promise<AuditRow[]> {
	return await executor
		.selectFrom('audit_log')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('chain', '=', chain)
		.where('sequence', '>', page.after ?? 0)
		.orderBy('sequence')
		.limit(page.limit)
		.execute();
}

/** What the bitácora says when everything personal of a chain was erased; it vouches for the emptied lines before it. */
export const ERASED_ACTION = 'person.erased';

/** What it says when old records went by rule (O11); it vouches for the lines before it in the same way. */
export const RETENTION_ACTION = 'records.erased';

const VOUCHES: ReadonlySet<string> = new Set([ERASED_ACTION, RETENTION_ACTION]);

/**
 * The first line of the chain that does not fit, or undefined when the whole chain is as it was written. A line without
 * payload is right only before an erasure.
 */
export function firstBrokenLine(store: Store, rows: readonly AuditRow[]): AuditRow | undefined {
	let previous = '';
	let expected = 1;
	const erasedUntil = rows.findLast((row) => VOUCHES.has(row.action) && row.payload !== null)?.sequence ?? 0;
	for (const row of rows) {
		const told = [
			row.chain,
			row.sequence,
			row.at,
			row.actor,
			row.action,
			row.subject_kind ?? undefined,
			row.subject_id ?? undefined,
			row.payload,
		].join('\n');
		const intact =
			row.payload === null || row.salt === null ? row.sequence < erasedUntil : digestOf(row.salt, told) === row.digest;
		if (!intact || row.sequence !== expected || row.hmac !== store.sign(`${previous}|${row.digest}`)) return row;
		previous = row.hmac;
		expected += 1;
	}
	return undefined;
}

/** A page of the workspace's bitácora, newest first. `before` is the last row of the page before. */
export async function listAudit(
	executor: Executor,
	workspaceId: string,
	page: {
		readonly before?: Pick<AuditRow, 'at' | 'id'>;
		readonly limit: number;
		readonly chain?: string;
		readonly actor?: string;
		readonly action?: string;
		readonly subjectId?: string;
		/** Milliseconds; from this time on, and before that one. */
		readonly from?: number;
		readonly to?: number;
	},
): Promise<AuditRow[]> {
	const { before } = page;
	let query = executor.selectFrom('audit_log').selectAll().where('workspace_id', '=', workspaceId);
	if (page.chain !== undefined) query = query.where('chain', '=', page.chain);
	if (page.actor !== undefined) query = query.where('actor', '=', page.actor);
	if (page.action !== undefined) query = query.where('action', '=', page.action);
	if (page.subjectId !== undefined) query = query.where('subject_id', '=', page.subjectId);
	if (page.from !== undefined) query = query.where('at', '>=', page.from);
	if (page.to !== undefined) query = query.where('at', '<', page.to);
	if (before !== undefined) {
		query = query
			.where('at', '<=', before.at)
			.where((row) => row.or([row('at', '<', before.at), row('id', '<', before.id)]));
	}
	return await query.orderBy('at', 'desc').orderBy('id', 'desc').limit(page.limit).execute();
}

/** Chains of the workspace in their order; `after` is the last one of the page before. */
export async function auditChains(
	executor: Executor,
	workspaceId: string,
	page: { readonly after?: string; readonly limit: number },
): Promise<string[]> {
	const rows = await executor
		.selectFrom('audit_log')
		.select('chain')
		.distinct()
		.where('workspace_id', '=', workspaceId)
		.where('sequence', '=', 1)
		.where('chain', '>', page.after ?? '')
		.orderBy('chain')
		.limit(page.limit)
		.execute();
	return rows.map((row) => row.chain);
}

/** Whether a request was written down before: the line, or undefined. Reads the chain of one contact only. */
export async function auditOfRequest(
	executor: Executor,
	workspaceId: string,
	asked: { readonly chain: string; readonly action: string; readonly subjectId: string; readonly requestId: string },
): Promise<AuditRow | undefined> {
	const rows = await executor
		.selectFrom('audit_log')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('chain', '=', asked.chain)
		.where('action', '=', asked.action)
		.where('subject_id', '=', asked.subjectId)
		.execute();
	return rows.find(({ payload }) => {
		const written = payload === null ? undefined : (JSON.parse(payload) as { requestId?: unknown });
		return written?.requestId === asked.requestId;
	});
}

/** Empties the lines of a chain: what was said is gone, the digests that the chain is made of stay. */
export async function eraseAuditPayloads(tx: Transaction<Database>, workspaceId: string, chain: string): Promise<void> {
	await tx
		.updateTable('audit_log')
		.set({ payload: null, salt: null })
		.where('workspace_id', '=', workspaceId)
		.where('chain', '=', chain)
		.execute();
}

/** Lines of a time, oldest first. `after` is the last row of the page before. */
export async function auditOfTime(
	executor: Executor,
	workspaceId: string,
	page: {
		readonly from: number;
		readonly to: number;
		readonly after?: Pick<AuditRow, 'at' | 'id'>;
		readonly limit: number;
	},
): Promise<ReadonlyArray<Pick<AuditRow, 'id' | 'at' | 'sequence' | 'hmac'>>> {
	const { after } = page;
	let query = executor
		.selectFrom('audit_log')
		.select(['id', 'at', 'sequence', 'hmac'])
		.where('workspace_id', '=', workspaceId)
		.where('at', '>=', page.from)
		.where('at', '<', page.to);
	if (after !== undefined) {
		query = query
			.where('at', '>=', after.at)
			.where((row) => row.or([row('at', '>', after.at), row('id', '>', after.id)]));
	}
	return await query.orderBy('at').orderBy('id').limit(page.limit).execute();
}

/** When the bitácora of the workspace begins. */
export async function firstAuditTime(executor: Executor, workspaceId: string): Promise<number | undefined> {
	const row = await executor
		.selectFrom('audit_log')
		.select('at')
		.where('workspace_id', '=', workspaceId)
		.orderBy('at')
		.orderBy('id')
		.limit(1)
		.executeTakeFirst();
	return row?.at;
}

/** Lines about one thing, oldest first. */
export async function auditOfSubject(
	executor: Executor,
	workspaceId: string,
	subjectId: string,
	limit: number,
): Promise<AuditRow[]> {
	return await executor
		.selectFrom('audit_log')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('subject_id', '=', subjectId)
		.orderBy('at')
		.orderBy('id')
		.limit(limit)
		.execute();
}

/** Lines about one thing at about a time, oldest first. */
export async function auditAround(
	executor: Executor,
	workspaceId: string,
	asked: { readonly subjectId: string; readonly from: number; readonly to: number },
): Promise<AuditRow[]> {
	return await executor
		.selectFrom('audit_log')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('subject_id', '=', asked.subjectId)
		.where('at', '>=', asked.from)
		.where('at', '<=', asked.to)
		.orderBy('at')
		.orderBy('id')
		.limit(200)
		.execute();
}
