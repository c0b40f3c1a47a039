import type { DatabaseSync, StatementSync } from 'node:sqlite';

export interface PreparedStatement {
	readonly statement: StatementSync;
	/** Whether it answers with rows: every select, and writes with `returning`. */
	readonly returnsRows: boolean;
}

/** Prepared statements by their text; the least recently used one leaves when it is full. */
export class StatementCache {
	readonly #database: DatabaseSync;
	readonly #capacity: number;
	readonly #byText = new Map<string, PreparedStatement>();

	constructor(database: DatabaseSync, capacity: number) {
		this.#database = database;
		this.#capacity = capacity;
	}

	get size(): number {
		return this.#byText.size;
	}

	prepare(text: string): PreparedStatement {
		const known = this.#byText.get(text);
		if (known !== undefined) {
			this.#byText.delete(text);
			this.#byText.set(text, known);
			return known;
		}
		const statement = this.#database.prepare(text);
		const prepared = { statement, returnsRows: statement.columns().length > 0 };
		this.#byText.set(text, prepared);
		if (this.#byText.size > this.#capacity) {
			const [oldest] = this.#byText.keys();
			if (oldest !== undefined) this.#byText.delete(oldest);
		}
		return prepared;
	}

	clear(): void {
		this.#byText.clear();
	}
}
