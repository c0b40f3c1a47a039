import { createHash } from 'node:crypto';

import type { BatchOutcome, DeleteOutcome } from '../../clients/wazzup/batches';
import type { SyncCursor } from '../../domain/sync/cursor';
import { LARGEST_BATCH } from '../../domain/wazzup/limits';
import type { RequestFailure } from '../../http/failure';
import {
	noteSyncIntents,
	removeSyncStates,
	saveSyncStates,
	syncStates,
	type SyncKind,
	type SyncStateRow,
} from '../../store/repositories/syncState';
import type { Store } from '../../store/store';

/** One row of ours and what Wazzup shall have of it. */
export interface Wanted<Entity> {
	readonly id: string;
	/** Absent: Wazzup shall not have it. */
	readonly entity?: Entity;
	/** Why it cannot be sent yet. */
	readonly missing?: string;
	readonly parentId?: string;
	readonly position?: SyncCursor;
}

export interface KindReport {
	saved: number;
	deleted: number;
	/** Rows that Wazzup did not take, the first hundred, with the reason. */
	readonly refused: Array<{ readonly id: string; readonly problem: string }>;
}

const emptyReport = (): KindReport => ({ saved: 0, deleted: 0, refused: [] });

/** Wazzup could not be reached, or wants the key changed: what was not carried is carried by the next run. */
export class SyncInterrupted extends Error {
	constructor(readonly failure: RequestFailure) {
		super(failure.message);
	}
}

/** The calls for one kind. */
export interface EntityCalls<Entity> {
	saveAll(rows: readonly Entity[]): Promise<BatchOutcome<Entity>>;
	deleteAll?(ids: readonly string[]): Promise<DeleteOutcome>;
}

/** Batches under way at once: enough that the account's limit, not the line, sets the pace. */
const ABREAST = 8;
export const WAVE = ABREAST * LARGEST_BATCH;

/** How long until a refused row is tried again without having been changed, ms; doubled each time, a day at most. */
const FIRST_PAUSE = 900_000;
/** The same for a row at which Wazzup failed: it may be over in a moment, or never, ms. */
const FIRST_PAUSE_AFTER_FAILURE = 15_000;
const LONGEST_PAUSE = 86_400_000;
const SHOWN = 100;

const firstPauseOf = ({ status }: RequestFailure): number => (status === 500 ? FIRST_PAUSE_AFTER_FAILURE : FIRST_PAUSE);

const digestOf = (entity: object): string => createHash('sha256').update(JSON.stringify(entity)).digest('hex');

/** Carries rows of one kind to one account, and writes down what it has. */
export class Carrier<Entity extends { readonly id: string }> {
	readonly report = emptyReport();

	constructor(
		private readonly store: Store,
		private readonly account: string,
		private readonly kind: SyncKind,
		private readonly calls: EntityCalls<Entity>,
		private readonly dryRun: boolean,
	) {}

	/** Of these the ones that Wazzup has otherwise. */
	async differing(wanted: ReadonlyArray<Wanted<Entity>>): Promise<ReadonlyArray<Wanted<Entity>>> {
		const { store, account, kind } = this;
		const known = await syncStates(
			store.db,
			store,
			account,
			kind,
			wanted.map(({ id }) => id),
		);
		return wanted.filter(({ id, entity, missing }) => {
			const state = known.get(id);
			if (missing !== undefined) return state?.problem !== missing || (state.ready_at ?? Infinity) <= store.now();
			if (entity === undefined) return state !== undefined;
			const due = typeof state?.problem === 'string' && (state.ready_at ?? Infinity) <= store.now();
			return due || state?.digest !== digestOf(entity) || state.problem !== null;
		});
	}

	/** @throws SyncInterrupted once what was taken has been written down. */
	async carry(rows: ReadonlyArray<Wanted<Entity>>): Promise<void> {
		const sent = rows.filter(({ entity }) => entity !== undefined);
		const saves = sent.flatMap(({ entity }) => (entity === undefined ? [] : [entity]));
		const removals = rows.flatMap(({ id, entity, missing }) => ((entity ?? missing) === undefined ? [id] : []));
		if (this.dryRun) {
			this.report.saved += saves.length;
			this.report.deleted += removals.length;
			for (const { id, missing } of rows) if (missing !== undefined) this.refuse(id, missing);
			return;
		}
		await this.note(rows.filter(({ missing }) => missing !== undefined));
		const { store, account, kind } = this;
		if (sent.length > 0) await store.transaction(async (tx) => await noteSyncIntents(tx, store, account, kind, sent));
		const parents = new Map(rows.map(({ id, parentId }) => [id, parentId ?? null]));
		const batches = Array.from({ length: Math.ceil(saves.length / LARGEST_BATCH) }, (_, index) =>
			saves.slice(index * LARGEST_BATCH, (index + 1) * LARGEST_BATCH),
		);
		const ends = await Promise.all(batches.map(async (batch) => await this.save(batch, parents)));
		if (removals.length > 0) ends.push(await this.remove(removals, parents));
		const failure = ends.find((end) => end !== undefined);
		if (failure !== undefined) throw new SyncInterrupted(failure);
	}

	private async save(
		batch: readonly Entity[],
		parents: ReadonlyMap<string, string | null>,
	): Promise<RequestFailure | undefined> {
		const { saved, refused } = await this.calls.saveAll(batch);
		const rejected = refused.filter(({ failure }) => failure.kind === 'rejected');
		const before = await this.states(rejected.map(({ row }) => row.id));
		await this.store.transaction(async (tx) => {
			await saveSyncStates(tx, [
				...saved.map((entity) => this.state(entity.id, parents, { digest: digestOf(entity) })),
				...rejected.map(({ row, failure }) =>
					this.refusal(row.id, parents, failure.message, before.get(row.id), firstPauseOf(failure)),
				),
			]);
		});
		this.report.saved += saved.length;
		for (const { row, failure } of rejected) this.refuse(row.id, failure.message);
		return refused.find(({ failure }) => failure.kind !== 'rejected')?.failure;
	}

	private async remove(
		ids: readonly string[],
		parents: ReadonlyMap<string, string | null>,
	): Promise<RequestFailure | undefined> {
		const { store, account, kind } = this;
		const outcome = (await this.calls.deleteAll?.(ids)) ?? { deleted: [], notFound: ids, failed: [] };
		const gone = [...outcome.deleted, ...outcome.notFound];
		const rejected = outcome.failed.filter(({ failure }) => failure.kind === 'rejected');
		const before = await this.states(rejected.map(({ id }) => id));
		await store.transaction(async (tx) => {
			await removeSyncStates(tx, store, account, kind, gone);
			await saveSyncStates(
				tx,
				rejected.map(({ id, failure }) => {
					const known = before.get(id);
					return this.refusal(
						id,
						known === undefined ? parents : new Map([[id, known.parent_id]]),
						failure.message,
						known,
					);
				}),
			);
		});
		this.report.deleted += outcome.deleted.length;
		for (const { id, failure } of rejected) this.refuse(id, failure.message);
		return outcome.failed.find(({ failure }) => failure.kind !== 'rejected')?.failure;
	}

	/** Rows that cannot be sent yet are looked at again later. */
	private async note(rows: ReadonlyArray<Wanted<Entity>>): Promise<void> {
		if (rows.length === 0) return;
		const parents = new Map(rows.map(({ id, parentId }) => [id, parentId ?? null]));
		const before = await this.states(rows.map(({ id }) => id));
		await this.store.transaction(
			async (tx) =>
				await saveSyncStates(
					tx,
					rows.map(({ id, missing }) => this.refusal(id, parents, missing ?? '', before.get(id))),
				),
		);
		for (const { id, missing } of rows) this.refuse(id, missing ?? '');
	}

	private async states(ids: readonly string[]): Promise<ReadonlyMap<string, SyncStateRow>> {
		return await syncStates(this.store.db, this.store, this.account, this.kind, ids);
	}

	private refuse(id: string, problem: string): void {
		if (this.report.refused.length < SHOWN) this.report.refused.push({ id, problem });
	}

	private state(id: string, parents: ReadonlyMap<string, string | null>, changes: Partial<SyncStateRow>): SyncStateRow {
		return {
			workspace_id: this.store.workspaceId,
			account: this.account,
			kind: this.kind,
			id,
			parent_id: parents.get(id) ?? null,
			digest: null,
			problem: null,
			attempts: 0,
			ready_at: null,
			changed_at: this.store.now(),
			...changes,
		};
	}

	private refusal(
		id: string,
		parents: ReadonlyMap<string, string | null>,
		problem: string,
		before: SyncStateRow | undefined,
		firstPause = FIRST_PAUSE,
	): SyncStateRow {
		const attempts = (before?.attempts ?? 0) + 1;
		const pause = Math.min(firstPause * 2 ** (attempts - 1), LONGEST_PAUSE);
		// What Wazzup took before, it still has.
		const digest = before?.digest ?? null;
		return this.state(id, parents, { digest, problem, attempts, ready_at: this.store.now() + pause });
	}
}
