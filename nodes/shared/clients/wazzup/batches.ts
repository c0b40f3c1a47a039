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

/** Failures in a row after which Wazzup itself is broken: a single row among a hundred is alone after seven. */
const BROKEN_AFTER = 10;

export interface BatchRules {
	/** False where a request may replace what earlier ones brought: then the rows that are left leave together or not at all. */
	readonly divisible?: boolean;
	/** Whether Wazzup answers at the moment; asked when a single row fails and nothing else was sent that could tell. */
	readonly isUp?: () => Promise<boolean>;
}

/** Wazzup has failed at these rows, or for everybody: the answer does not say. */
const isBroken = ({ kind, status }: RequestFailure): boolean => kind === 'temporary' && status === 500;

/** Wazzup fails at this row alone and takes others: a refusal, whatever it calls it. */
const asRefusal = ({ message, status, code, traceId }: RequestFailure): RequestFailure =>
	new RequestFailure({
		vendor: 'wazzup',
		kind: 'rejected',
		message,
		description: 'Wazzup fails at this row and takes others. Look for unusual signs in its texts.',
		status,
		code,
		traceId,
	});

/**
 * Sends rows by the hundred. Of rows with the same id the last one is sent: Wazzup answers 500 to a batch that repeats
 * one. Wazzup takes a batch as a whole or not at all, so a refused one is tried again without the rows it blamed, or by
 * halves where it blamed none, until the guilty rows stand alone; so is one that it answers 500, as long as it takes others.
 * What else fails (no answer, wrong key, too fast) ends the sending: all rows that were not sent carry the reason.
 */
export async function saveInBatches<Row extends { readonly id: string }>(
	rows: readonly Row[],
	send: (batch: readonly Row[]) => Promise<void>,
	{ divisible = true, isUp }: BatchRules = {},
): Promise<BatchOutcome<Row>> {
	const lastOf = new Map(rows.map((row) => [row.id, row]));
	const unique = [...lastOf.values()];
	const outcome = {
		saved: [] as Row[],
		refused: [] as Array<RefusedRow<Row>>,
		superseded: rows.filter((row) => lastOf.get(row.id) !== row),
	};
	const waiting = chunksOf(unique);
	/** Rows at which Wazzup failed alone, while nothing has told yet that it takes others. */
	const suspects: Array<RefusedRow<Row>> = [];
	let brokenInARow = 0;
	while (waiting.length > 0) {
		const batch = waiting.shift() ?? [];
		try {
			await send(batch);
			outcome.saved.push(...batch);
			brokenInARow = 0;
		} catch (error) {
			if (!(error instanceof RequestFailure)) throw error;
			brokenInARow = isBroken(error) ? brokenInARow + 1 : 0;
			const maybeGuilty = divisible && isBroken(error) && brokenInARow < BROKEN_AFTER;
			if (error.kind !== 'rejected' && !maybeGuilty) {
				const unsent = [...suspects.splice(0).map(({ row }) => row), ...batch, ...waiting.splice(0).flat()];
				outcome.refused.push(...unsent.map((row) => ({ row, failure: error, fields: [] })));
				break;
			}
			if (maybeGuilty && batch.length === 1) {
				suspects.push(...batch.map((row) => ({ row, failure: error, fields: [] })));
				continue;
			}
			const { guilty, again } = takeApart(batch, error, divisible);
			outcome.refused.push(...guilty);
			waiting.unshift(...again);
		}
	}
	const takesOthers = suspects.length > 0 && (outcome.saved.length > 0 || (await isUp?.()) === true);
	outcome.refused.push(
		...suspects.map((suspect) => (takesOthers ? { ...suspect, failure: asRefusal(suspect.failure) } : suspect)),
	);
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

/**
 * Deletes by the hundred. What Wazzup does not know is told apart: it is gone either way. What it refuses is found by halves, so that
 * it keeps nothing else.
 */
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
			if (error.kind === 'rejected' && batch.length > 1) {
				const half = Math.ceil(batch.length / 2);
				waiting.unshift(batch.slice(0, half), batch.slice(half));
				continue;
			}
			const unsent = error.kind === 'rejected' ? batch : [...batch, ...waiting.splice(0).flat()];
			outcome.failed.push(...unsent.map((id) => ({ id, failure: error })));
		}
	}
	return outcome;
}
