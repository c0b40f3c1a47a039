import type { RecordKind } from '../../domain/consistency/findings';
import type { Stretch } from '../../domain/consistency/sample';
import type { Executor } from '../store';
import type { AttachmentRow } from './attachments';
import type { CaseRow } from './cases';
import type { ContactRow } from './contacts';
import type { ConversationRow } from './conversations';
import type { LeadRow } from './leads';
import type { PaymentRow } from './payments';
import type { SyncRunRow, SyncStateRow } from './syncState';

/** Where the records of a kind lie. Files never change, so they have no time of a change. */
const CHANGING = {
	payment: 'payments',
	lead: 'leads',
	case: 'cases',
	conversation: 'conversations',
	contact: 'contacts',
} as const;

const TABLES = { ...CHANGING, file: 'attachments' } as const;

/** A place among records in the order of their changes, newest first. */
export interface ChangedId {
	readonly id: string;
	readonly at: number;
}

/** A page of what was changed since a time, newest first. `before` is the last one of the page before. */
export async function changedSince(
	executor: Executor,
	workspaceId: string,
	kind: RecordKind,
	page: { readonly since: number; readonly before?: ChangedId; readonly limit: number },
): Promise<ChangedId[]> {
	const { since, before, limit } = page;
	if (kind === 'file') {
		const rows = await executor
			.selectFrom('attachments')
			.select(['id', 'created_at as at'])
			.where('workspace_id', '=', workspaceId)
			.$if(before !== undefined, (query) => query.where('id', '<', before?.id ?? ''))
			.orderBy('id', 'desc')
			.limit(limit)
			.execute();
		// Ids are made in the order of time.
		return rows.filter(({ at }) => at >= since);
	}
	let query = executor
		.selectFrom(CHANGING[kind])
		.select(['id', 'updated_at as at'])
		.where('workspace_id', '=', workspaceId)
		.where('updated_at', '>=', since);
	if (before !== undefined) {
		query = query
			.where('updated_at', '<=', before.at)
			.where((row) => row.or([row('updated_at', '<', before.at), row('id', '<', before.id)]));
	}
	return await query.orderBy('updated_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

/** Ids of a stretch in their order, after one of them where it is given. */
export async function idsOfStretch(
	executor: Executor,
	workspaceId: string,
	kind: RecordKind,
	page: Stretch & { readonly after?: string; readonly limit: number },
): Promise<string[]> {
	const { from, below, after, limit } = page;
	let query = executor.selectFrom(TABLES[kind]).select('id').where('workspace_id', '=', workspaceId);
	query = after === undefined ? query.where('id', '>=', from) : query.where('id', '>', after);
	if (below !== undefined) query = query.where('id', '<', below);
	return (await query.orderBy('id').limit(limit).execute()).map(({ id }) => id);
}

/** The oldest and the newest record of a kind; undefined: there is none. */
export async function firstAndLast(
	executor: Executor,
	workspaceId: string,
	kind: RecordKind,
): Promise<{ readonly first: string; readonly last: string } | undefined> {
	const ends = [];
	for (const direction of ['asc', 'desc'] as const) {
		const row = await executor
			.selectFrom(TABLES[kind])
			.select('id')
			.where('workspace_id', '=', workspaceId)
			.orderBy('id', direction)
			.limit(1)
			.executeTakeFirst();
		ends.push(row?.id);
	}
	const [first, last] = ends;
	return first === undefined || last === undefined ? undefined : { first, last };
}

interface RowOfKind {
	readonly payment: PaymentRow;
	readonly lead: LeadRow;
	readonly case: CaseRow;
	readonly file: AttachmentRow;
	readonly conversation: ConversationRow;
	readonly contact: ContactRow;
}

/** The records that are still there. */
export async function recordsByIds<Kind extends RecordKind>(
	executor: Executor,
	workspaceId: string,
	kind: Kind,
	ids: readonly string[],
): Promise<Array<RowOfKind[Kind]>>;
export async function recordsByIds(
	executor: Executor,
	workspaceId: string,
	kind: RecordKind,
	ids: readonly string[],
): Promise<object[]> {
	if (ids.length === 0) return [];
	return await executor
		.selectFrom(TABLES[kind])
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('id', 'in', [...ids])
		.orderBy('id')
		.execute();
}

/** Customers of the workspace who have these numbers. */
export async function contactsOfNumbers(
	executor: Executor,
	workspaceId: string,
	phones: readonly string[],
): Promise<ReadonlyArray<Pick<ContactRow, 'id' | 'phone' | 'name' | 'profile_name' | 'username'>>> {
	if (phones.length === 0) return [];
	return await executor
		.selectFrom('contacts')
		.select(['id', 'phone', 'name', 'profile_name', 'username'])
		.where('workspace_id', '=', workspaceId)
		.where('phone', 'in', [...phones])
		.where('merged_into', 'is', null)
		.where('erased_at', 'is', null)
		.orderBy('id')
		.execute();
}

/** Under which addresses these customers are known. */
export async function addressesOf(
	executor: Executor,
	workspaceId: string,
	contactIds: readonly string[],
): Promise<ReadonlyArray<{ readonly contact_id: string; readonly kind: string; readonly value: string }>> {
	if (contactIds.length === 0) return [];
	return await executor
		.selectFrom('contact_identities')
		.select(['contact_id', 'kind', 'value'])
		.where('contact_id', 'in', [...contactIds])
		.where('workspace_id', '=', workspaceId)
		.execute();
}

/** Since when the oldest message to each of these customers could have left and has not. */
export async function waitingToLeave(
	executor: Executor,
	workspaceId: string,
	contactIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
	if (contactIds.length === 0) return new Map();
	const rows = await executor
		.selectFrom('outbox')
		.select(['conversation_id', (row) => row.fn.min('ready_at').as('since')])
		.where('contact_id', 'in', [...contactIds])
		.where('state', 'in', ['queued', 'sending', 'unknown'])
		.where('workspace_id', '=', workspaceId)
		.groupBy('conversation_id')
		.execute();
	return new Map(rows.map(({ conversation_id: id, since }) => [id, Number(since)]));
}

/** Of the latest messages of a conversation: when the oldest that the vendor took, and told nothing more of, was written. */
export async function untoldSince(
	executor: Executor,
	workspaceId: string,
	conversationId: string,
	latest: number,
): Promise<number | undefined> {
	const rows = await executor
		.selectFrom('messages')
		.select(['at', 'direction', 'delivery_status'])
		.where('conversation_id', '=', conversationId)
		.where('workspace_id', '=', workspaceId)
		.orderBy('at', 'desc')
		.orderBy('id', 'desc')
		.limit(latest)
		.execute();
	return rows.findLast(({ direction, delivery_status: status }) => direction === 'out' && status === 'accepted')?.at;
}

/** Payments that were asked of these customers, newest first. */
export async function paymentsOfContacts(
	executor: Executor,
	workspaceId: string,
	contactIds: readonly string[],
	limit: number,
): Promise<PaymentRow[]> {
	if (contactIds.length === 0) return [];
	return await executor
		.selectFrom('payments')
		.selectAll()
		.where('contact_id', 'in', [...contactIds])
		.where('workspace_id', '=', workspaceId)
		.orderBy('id', 'desc')
		.limit(limit)
		.execute();
}

/** Which of these numbers belong to a case. */
export async function numbersOfCases(
	executor: Executor,
	workspaceId: string,
	numbers: readonly string[],
): Promise<ReadonlySet<string>> {
	if (numbers.length === 0) return new Set();
	const rows = await executor
		.selectFrom('cases')
		.select('number')
		.where('workspace_id', '=', workspaceId)
		.where('number', 'in', [...numbers])
		.execute();
	return new Set(rows.map(({ number }) => number));
}

/** Accounts that changes of the workspace are carried to. */
export async function syncedAccounts(executor: Executor, workspaceId: string): Promise<SyncRunRow[]> {
	return await executor
		.selectFrom('sync_runs')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.orderBy('account')
		.execute();
}

/** What these accounts have of these records. */
export async function syncStatesOf(
	executor: Executor,
	workspaceId: string,
	accounts: readonly string[],
	kind: SyncStateRow['kind'],
	ids: readonly string[],
): Promise<SyncStateRow[]> {
	if (accounts.length === 0 || ids.length === 0) return [];
	return await executor
		.selectFrom('sync_state')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('account', 'in', [...accounts])
		.where('kind', '=', kind)
		.where('id', 'in', [...ids])
		.execute();
}
