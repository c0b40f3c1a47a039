import type { LinkedNumberView } from '../../domain/inbox/views';
import { isLinkingProblem } from '../../domain/linkedNumbers/problems';
import { listAdvisors } from '../../store/repositories/advisors';
import { listLinkedNumbers, type LinkedNumberRow } from '../../store/repositories/linkedNumbers';
import type { Store } from '../../store/store';

const STATES: Readonly<Record<LinkedNumberRow['state'], LinkedNumberView['state']>> = {
	started: 'started',
	exchanging: 'started',
	authorized: 'started',
	located: 'started',
	subscribed: 'started',
	linked: 'linked',
	mirroring: 'mirroring',
	disconnected: 'unlinked',
	unlinked: 'unlinked',
	failed: 'failed',
};

const HISTORY: Readonly<Record<LinkedNumberRow['history'], LinkedNumberView['history']>> = {
	off: 'off',
	wanted: 'requested',
	requesting: 'requested',
	requested: 'requested',
	running: 'running',
	done: 'done',
	declined: 'declined',
	too_late: 'too_late',
};

function problemOf({ problem: key, problem_detail: said }: LinkedNumberRow): LinkedNumberView['problem'] {
	return isLinkingProblem(key) ? { key, ...(said === null ? {} : { said }) } : undefined;
}

/** A linked number as people see it. Never with its token. */
export function linkedNumberView(row: LinkedNumberRow, advisorName: string | undefined): LinkedNumberView {
	return {
		id: row.id,
		advisor: { id: row.advisor_id, name: advisorName ?? '' },
		phone: row.display_phone_number ?? undefined,
		verifiedName: row.verified_name ?? undefined,
		state: STATES[row.state],
		problem: problemOf(row),
		history: HISTORY[row.history],
		historyProgress: row.history_progress ?? undefined,
		contactsSynced: row.contacts_synced,
		linkedAt: row.linked_at === null ? undefined : new Date(row.linked_at).toISOString(),
	};
}

/** A client has tens of numbers; more than this many attempts nobody looks back at. */
const SHOWN = 200;

/** The linked numbers that somebody may see: their own, or everybody's. Newest first. */
export async function linkedNumbersFor(
	store: Store,
	viewer: { readonly advisorId: string; readonly seesAll: boolean },
): Promise<readonly LinkedNumberView[]> {
	const rows = await listLinkedNumbers(store.db, store.workspaceId, {
		limit: SHOWN,
		...(viewer.seesAll ? {} : { advisorId: viewer.advisorId }),
	});
	const names = new Map((await listAdvisors(store.db, store.workspaceId)).map(({ id, name }) => [id, name]));
	return rows.map((row) => linkedNumberView(row, names.get(row.advisor_id)));
}
