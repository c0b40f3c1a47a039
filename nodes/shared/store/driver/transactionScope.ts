import { AsyncLocalStorage } from 'node:async_hooks';

import { Transaction, type Dialect, type Driver, type QueryExecutor } from 'kysely';

import type { Database } from '../schema';

/** Longest that one unit of work may hold a transaction, in milliseconds. */
const LONGEST_TRANSACTION = 30_000;

/** One unit of work, from its first statement to its commit or rollback. */
export class TransactionScope {
	#ended = false;
	#afterCommit: Array<() => void> = [];

	get ended(): boolean {
		return this.#ended;
	}

	end(): void {
		this.#ended = true;
	}

	/** Runs `action` once what this unit of work wrote is durable; never when it is rolled back. */
	afterCommit(action: () => void): void {
		this.#afterCommit.push(action);
	}

	committed(): void {
		const actions = this.#afterCommit;
		this.#afterCommit = [];
		for (const action of actions) action();
	}
}

/**
 * Which unit of work the running code belongs to. Without it, a query through `store.db` inside a transaction would wait
 * for the connection that its own transaction holds, for ever (SQLite), or silently run outside of it (PostgreSQL).
 */
export class TransactionScopes {
	readonly #current = new AsyncLocalStorage<TransactionScope>();

	/** The unit of work that this code runs in, if it has not ended. */
	current(): TransactionScope | undefined {
		const scope = this.#current.getStore();
		return scope === undefined || scope.ended ? undefined : scope;
	}

	/** Runs `work` as if no transaction was running: for what only happens to start inside of one. */
	outside<T>(work: () => T): T {
		return this.#current.exit(work);
	}

	assertOutside(): void {
		if (this.current() === undefined) return;
		throw new Error(
			'The store was used directly inside one of its transactions: use the transaction that the work was given',
		);
	}

	/** Runs `work` in `scope`; a work that takes longer than `longest` is given up, and its transaction with it. */
	async run<T>(scope: TransactionScope, work: () => Promise<T>, longest = LONGEST_TRANSACTION): Promise<T> {
		let timer: NodeJS.Timeout | undefined;
		const tooLong = new Promise<never>((_resolve, reject) => {
			timer = setTimeout(() => {
				reject(
					new Error(`A transaction was given up after ${longest / 1000} seconds: only the store may be awaited inside`),
				);
			}, longest);
		});
		try {
			return await Promise.race([this.#current.run(scope, work), tooLong]);
		} finally {
			clearTimeout(timer);
			scope.end();
		}
	}
}

/** The transaction object that a unit of work is given. It refuses to work once the unit has ended. */
export function transactionOn(
	dialect: Dialect,
	driver: Driver,
	executor: QueryExecutor,
	scope: TransactionScope,
	provider: Pick<QueryExecutor, 'provideConnection'>,
): Transaction<Database> {
	return new Transaction<Database>({
		config: { dialect },
		dialect,
		driver,
		executor: executor.withConnectionProvider({
			provideConnection: async (consumer) => {
				if (scope.ended) throw new Error('A query came after the end of its transaction: await every query inside');
				return await provider.provideConnection(consumer);
			},
		}),
	});
}
