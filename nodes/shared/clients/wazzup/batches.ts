import { RequestFailure } from '../../http/failure';
import { LARGEST_BATCH } from '../../domain/wazzup/limits';
import { rowFaults } from './errorTable';

/** A row that Wazzup did not take, and why. */
export interface RefusedRow<Row> {
	readonly row: Row;
	readonly failure: RequestFailure;
	/** The fields of this row that Wazzup blamed, where it said so. */
	readonly fields: readonly string[];
}

export interface BatchOutcome<Row> {
	readonly saved: readonly Row[];
	readonly refused: ReadonlyArray<RefusedRow<Row>>;
	/** Rows that were left out because a later one has the same id. */
	readonly superseded: readonly Row[];
}

/**
 * Sends rows by the hundred. Of rows with the same id the last one is sent: Wazzup answers 500 to a batch that repeats
 * one. Wazzup takes a batch as a whole or not at all, so a refused one is tried again without the rows it blamed, or by
 * halves where it blamed none, until the guilty rows stand alone. What else fails (no answer, wrong key, too fast) ends
 * the sending: all rows that were not sent carry the reason.
 *
 * @param divisible False where a request may replace what earlier ones brought: then the rows that are left leave
 *   together or not at all.
 */
export async function saveInBatches<Row extends { readonly id: string }>(
	rows: readonly Row[],
	send: (batch: readonly Row[]) => Promise<void>,
	divisible = true,
): Promise<BatchOutcome<Row>> {
	const lastOf = new Map(rows.map((row) => [row.id, row]));
	const unique = [...lastOf.values()];
	const outcome = {
		saved: [] as Row[],
		refused: [] as Array<RefusedRow<Row>>,
		superseded: rows.filter((row) => lastOf.get(row.id) !== row),
	};
	const waiting = chunksOf(unique);
	while (waiting.length > 0) {
		const batch = waiting.shift() ?? [];
		try {
			await send(batch);
			outcome.saved.push(...batch);
		} catch (error) {
			if (!(error instanceof RequestFailure)) throw error;
			if (error.kind !== 'rejected') {
				const unsent = [...batch, ...waiting.splice(0).flat()];
				outcome.refused.push(...unsent.map((row) => ({ row, failure: error, fields: [] })));
				break;
			}
			const { guilty, again } = takeApart(batch, error, divisible);
			outcome.refused.push(...guilty);
			waiting.unshift(...again);
		}
	}
	return outcome;
}

export function chunksOf<Row>(rows: readonly Row[]): Array<readonly Row[]> {
	return Array.from({ length: Math.ceil(rows.length / LARGEST_BATCH) }, (_, index) =>
		rows.slice(index * LARGEST_BATCH, (index + 1) * LARGEST_BATCH),
	);
}

function takeApart<Row>(
	batch: readonly Row[],
	failure: RequestFailure,
	divisible: boolean,
): { readonly guilty: ReadonlyArray<RefusedRow<Row>>; readonly again: ReadonlyArray<readonly Row[]> } {
	const faults = new Map(rowFaults(failure.details).map(({ index, fields }) => [index, fields]));
	if (batch.length === 1) {
		return { guilty: batch.map((row) => ({ row, failure, fields: faults.get(0) ?? [] })), again: [] };
	}
	const blamed = batch.flatMap((row, index) => {
		const fields = faults.get(index);
		return fields === undefined ? [] : [{ row, failure, fields }];
	});
	if (blamed.length > 0) {
		const rest = batch.filter((_, index) => !faults.has(index));
		return { guilty: blamed, again: rest.length === 0 ? [] : [rest] };
	}
	if (!divisible) return { guilty: batch.map((row) => ({ row, failure, fields: [] })), again: [] };
	const half = Math.ceil(batch.length / 2);
	return { guilty: [], again: [batch.slice(0, half), batch.slice(half)] };
}

export interface DeleteOutcome {
	readonly deleted: readonly string[];
	readonly notFound: readonly string[];
	/** Ids that were not deleted because the call failed. */
	readonly failed: ReadonlyArray<{ readonly id: string; readonly failure: RequestFailure }>;
}

/** Deletes by the hundred. What Wazzup does not know is told apart: it is gone either way. */
export async function deleteInBatches(
	ids: readonly string[],
	send: (batch: readonly string[]) => Promise<readonly string[]>,
): Promise<DeleteOutcome> {
	const outcome = {
		deleted: [] as string[],
		notFound: [] as string[],
		failed: [] as DeleteOutcome['failed'][number][],
	};
	const waiting = chunksOf([...new Set(ids)]);
	while (waiting.length > 0) {
		const batch = waiting.shift() ?? [];
		try {
			const unknown = new Set(await send(batch));
			outcome.deleted.push(...batch.filter((id) => !unknown.has(id)));
			outcome.notFound.push(...batch.filter((id) => unknown.has(id)));
		} catch (error) {
			if (!(error instanceof RequestFailure)) throw error;
			const unsent = [...batch, ...waiting.splice(0).flat()];
			outcome.failed.push(...unsent.map((id) => ({ id, failure: error })));
		}
	}
	return outcome;
}
