import { AsyncLocalStorage } from 'node:async_hooks';
import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';

import type { SqliteConnection } from './sqliteConnection';
import { sqliteFailure } from './sqliteFailure';
import { TransactionScope, type TransactionScopes } from './transactionScope';

/** Most units of work in one commit. */
export const LARGEST_GROUP = 100;

/** A group takes no further work after this many milliseconds, so that nobody waits long for an answer. */
const LONGEST_GROUP = 25;

interface QueuedWork {
	readonly scope: TransactionScope;
	/** Runs the work and keeps its outcome; rejects when it failed. */
	run(): Promise<void>;
	/** Tells the caller the outcome that was kept. */
	settle(): void;
	fail(error: unknown): void;
}

/**
 * Commits units of work that wait at the same moment together: `synchronous = full` makes the disk wait, not the work,
 * the limit. Each unit has a savepoint of its own, so that one that fails leaves no trace and no other is harmed; nobody
 * hears of success before the common commit is on disk.
 */
export class GroupCommit {
	readonly #connection: SqliteConnection;
	readonly #scopes: TransactionScopes;
	readonly #exclusively: (group: () => Promise<void>) => Promise<void>;
	#queue: QueuedWork[] = [];
	#running = false;

	constructor(
		connection: SqliteConnection,
		scopes: TransactionScopes,
		exclusively: (group: () => Promise<void>) => Promise<void>,
	) {
		this.#connection = connection;
		this.#scopes = scopes;
		this.#exclusively = exclusively;
	}

	async submit<T>(work: (scope: TransactionScope) => Promise<T>): Promise<T> {
		this.#scopes.assertOutside();
		return await new Promise<T>((resolve, reject) => {
			const scope = new TransactionScope();
			const inCallersContext = AsyncLocalStorage.snapshot();
			let tell = (): void => reject(new Error('The unit of work has not run'));
			this.#queue.push({
				scope,
				run: async () => {
					try {
						const value = await inCallersContext(
							async () => await this.#scopes.run(scope, async () => await work(scope)),
						);
						tell = () => {
							resolve(value);
							inCallersContext(() => scope.committed());
						};
					} catch (error) {
						tell = () => reject(error);
						throw error;
					}
				},
				settle: () => tell(),
				fail: reject,
			});
			void this.#commitQueued();
		});
	}

	async #commitQueued(): Promise<void> {
		if (this.#running) return;
		this.#running = true;
		try {
			while (this.#queue.length > 0) {
				// Requests whose bytes arrived in this round of the event loop join the group.
				await setImmediate();
				await this.#exclusively(async () => await this.#commitGroup());
			}
		} catch (error) {
			for (const work of this.#queue.splice(0)) work.fail(error);
		} finally {
			this.#running = false;
		}
	}

	async #commitGroup(): Promise<void> {
		await this.#connection.beginImmediate();
		const finished: QueuedWork[] = [];
		const until = performance.now() + LONGEST_GROUP;
		try {
			while (finished.length < LARGEST_GROUP && (finished.length === 0 || performance.now() < until)) {
				const work = this.#queue.shift();
				if (work === undefined) break;
				finished.push(work);
				// The first of a group needs no savepoint: when it fails there is nothing else to keep.
				if (finished.length === 1) {
					if (await this.#failed(work)) break;
				} else {
					await this.#runInSavepoint(work);
				}
			}
			if (this.#connection.inTransaction) this.#connection.command('commit');
		} catch (error) {
			const failure = sqliteFailure(error, this.#connection.path);
			for (const work of finished) work.fail(failure);
			return;
		} finally {
			this.#connection.rollback();
		}
		for (const work of finished) work.settle();
	}

	async #failed(work: QueuedWork): Promise<boolean> {
		try {
			await work.run();
			return false;
		} catch {
			this.#connection.rollback();
			return true;
		}
	}

	async #runInSavepoint(work: QueuedWork): Promise<void> {
		this.#connection.command('savepoint unit');
		try {
			await work.run();
		} catch (error) {
			// A full or failing disk makes SQLite roll back everything, the savepoint too.
			if (!this.#connection.inTransaction) throw error;
			this.#connection.command('rollback to unit');
		}
		this.#connection.command('release unit');
	}
}
