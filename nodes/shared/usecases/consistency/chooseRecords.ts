import { RECORD_KINDS, type RecordKind } from '../../domain/consistency/findings';
import { stretchesOf } from '../../domain/consistency/sample';
import { changedSince, firstAndLast, idsOfStretch, type ChangedId } from '../../store/repositories/consistency';
import type { Store } from '../../store/store';

/** `both`: half of what changed lately, and what is left of the number from the whole time. */
export type Choice = 'both' | 'changed' | 'sample';

export interface Chosen {
	readonly choice: Choice;
	/** Of all kinds together. */
	readonly records: number;
	/** What changed from this time on. */
	readonly since: number;
	/** The same number looks at the same records, while none are added. */
	readonly sample: number;
}

/** Ids in one read. */
const PAGE = 200;

/** Into how many stretches of time a sample is spread. */
const STRETCHES = 20;

async function takeChanged(
	store: Store,
	kind: RecordKind,
	since: number,
	wanted: number,
	taken: Set<string>,
): Promise<void> {
	const until = taken.size + wanted;
	let before: ChangedId | undefined;
	while (taken.size < until) {
		const limit = Math.min(PAGE, until - taken.size);
		const page = await changedSince(store.db, store.workspaceId, kind, { since, before, limit });
		for (const { id } of page) taken.add(id);
		before = page.at(-1);
		if (page.length < limit) return;
	}
}

async function takeSample(
	store: Store,
	kind: RecordKind,
	sample: number,
	wanted: number,
	taken: Set<string>,
): Promise<void> {
	const ends = await firstAndLast(store.db, store.workspaceId, kind);
	if (ends === undefined || wanted <= 0) return;
	const until = taken.size + wanted;
	let stretches = stretchesOf(ends, Math.min(STRETCHES, wanted), sample).map((stretch) => ({ stretch, after: '' }));
	// In turn from every stretch an equal share; where there is less, the others get more in the next turn.
	while (taken.size < until && stretches.length > 0) {
		const share = Math.min(PAGE, Math.ceil((until - taken.size) / stretches.length));
		const unread: typeof stretches = [];
		for (const { stretch, after } of stretches) {
			if (taken.size >= until) return;
			const limit = Math.min(share, until - taken.size);
			const page = { ...stretch, ...(after === '' ? {} : { after }), limit };
			const ids = await idsOfStretch(store.db, store.workspaceId, kind, page);
			for (const id of ids) taken.add(id);
			if (ids.length === limit) unread.push({ stretch, after: ids.at(-1) ?? after });
		}
		stretches = unread;
	}
}

/** Which records are looked at. Every kind has its share; what it does not need the next ones get. */
export async function chooseRecords(
	store: Store,
	{ choice, records, since, sample }: Chosen,
): Promise<ReadonlyMap<RecordKind, readonly string[]>> {
	const chosen = new Map<RecordKind, readonly string[]>();
	let left = records;
	for (const [place, kind] of RECORD_KINDS.entries()) {
		const share = Math.ceil(left / (RECORD_KINDS.length - place));
		const taken = new Set<string>();
		if (choice !== 'sample') {
			const wanted = choice === 'both' ? Math.ceil(share / 2) : share;
			await takeChanged(store, kind, since, wanted, taken);
		}
		if (choice !== 'changed') await takeSample(store, kind, sample, share - taken.size, taken);
		chosen.set(kind, [...taken]);
		left -= taken.size;
	}
	return chosen;
}
