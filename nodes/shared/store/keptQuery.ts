import type { Compilable, CompiledQuery, DialectAdapter } from 'kysely';

import type { Executor } from './store';

/** Where a value goes that comes with each execution. */
class Place {
	constructor(
		readonly name: string,
		readonly position?: number,
	) {}
}

/** Which values are given, and how many of each list: what the text of the query depends on. */
function shapeOf(given: Readonly<Record<string, unknown>>): string {
	let shape = '';
	for (const name in given) {
		const value = given[name];
		if (value === undefined) continue;
		shape += Array.isArray(value) ? `${name}*${value.length},` : `${name},`;
	}
	return shape;
}

function placesOf(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
	const places = Object.entries(given).flatMap(([name, value]) => {
		if (value === undefined) return [];
		return [[name, Array.isArray(value) ? value.map((_one, position) => new Place(name, position)) : new Place(name)]];
	});
	return Object.fromEntries(places) as Record<string, unknown>;
}

function valueAt(given: Readonly<Record<string, unknown>>, { name, position }: Place): unknown {
	const value = given[name];
	return position !== undefined && Array.isArray(value) ? (value as readonly unknown[])[position] : value;
}

/**
 * A query of the hot path, put into words once for each database: building and compiling it costs more than SQLite takes to
 * answer it (about 25 µs of 35, November 2026).
 */
export class KeptQuery<Given extends object, Row> {
	readonly #build: (executor: Executor, given: Given) => Compilable<Row>;
	readonly #texts = new WeakMap<DialectAdapter, Map<string, CompiledQuery<Row>>>();

	/**
	 * @param build may depend on which values there are and on the length of lists, never on the values themselves: it is
	 * called with their places. It gives no value of its own that changes.
	 */
	constructor(build: (executor: Executor, given: Given) => Compilable<Row>) {
		this.#build = build;
	}

	async rows(executor: Executor, given: Given): Promise<Row[]> {
		return (await executor.executeQuery(this.#compiled(executor, given))).rows;
	}

	async first(executor: Executor, given: Given): Promise<Row | undefined> {
		return (await this.rows(executor, given))[0];
	}

	#compiled(executor: Executor, given: Given): CompiledQuery<Row> {
		const { adapter, plugins } = executor.getExecutor();
		// A plugin wants to see every query being made.
		if (plugins.length > 0) return this.#build(executor, given).compile();
		let texts = this.#texts.get(adapter);
		if (texts === undefined) {
			texts = new Map();
			this.#texts.set(adapter, texts);
		}
		const values = given as Readonly<Record<string, unknown>>;
		const shape = shapeOf(values);
		let kept = texts.get(shape);
		if (kept === undefined) {
			kept = this.#build(executor, placesOf(values) as Given).compile();
			texts.set(shape, kept);
		}
		return {
			...kept,
			parameters: kept.parameters.map((value) => (value instanceof Place ? valueAt(values, value) : value)),
		};
	}
}
