import type { DatabaseSync, StatementSync } from 'node:sqlite';

export interface PreparedStatement {
	readonly statement: StatementSync;
	/** Whether it answers with rows: every select, and writes with `returning`. */
	readonly returnsRows: boolean;
}

/**
 * Prepared statements by their text. Two generations, because putting a statement in its place at every use costs as much
 * as a small query: what was used since the last change of generation is kept, the rest leaves.
 */
export class StatementCache {
	readonly #database: DatabaseSync;
	readonly #capacity: number;
	#young = new Map<string, PreparedStatement>();
	#old = new Map<string, PreparedStatement>();

	/** @param capacity of each generation */
	constructor(database: DatabaseSync, capacity: number) {
		this.#database = database;
		this.#capacity = capacity;
	}

	get size(): number {
		return this.#young.size + this.#old.size;
	}

	prepare(text: string): PreparedStatement {
		const known = this.#young.get(text);
		if (known !== undefined) return known;
		const prepared = this.#old.get(text) ?? this.#prepareNew(text);
		if (this.#young.size >= this.#capacity) {
			this.#old = this.#young;
			this.#young = new Map();
		} else {
			this.#old.delete(text);
		}
		this.#young.set(text, prepared);
		return prepared;
	}

	clear(): void {
		this.#young.clear();
		this.#old.clear();
	}

	#prepareNew(text: string): PreparedStatement {
		const statement = this.#database.prepare(text);
		return { statement, returnsRows: statement.columns().length > 0 };
	}
}
