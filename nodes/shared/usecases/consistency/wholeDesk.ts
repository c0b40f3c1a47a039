import { caseCounter, formatCaseNumber } from '../../domain/cases/caseNumber';
import { numberFindings, syncFindings, type Finding } from '../../domain/consistency/findings';
import { countSoFar } from '../../store/repositories/cases';
import { numbersOfCases, syncedAccounts } from '../../store/repositories/consistency';
import {
	changedCases,
	changedContacts,
	changedLeads,
	type SyncCursors,
	type SyncRunRow,
} from '../../store/repositories/syncState';
import type { Store } from '../../store/store';
import type { Desk } from './looked';

/** Numbers that one statement asks for. */
const PAGE = 100;

/** An account that nothing was carried to for so long, and that no trigger asks for, is not used any more, ms. */
const FORGOTTEN = 30 * 86_400_000;

/** Accounts that changes are still carried to. */
export async function accountsInUse(store: Store, now: number): Promise<readonly SyncRunRow[]> {
	const runs = await syncedAccounts(store.db, store.workspaceId);
	return runs.filter(
		({ webhook_id: asked, finished_at: finished }) => asked !== null || (finished ?? 0) > now - FORGOTTEN,
	);
}

/** Numbers that were given without a case, the latest first, and the next one where it is taken. */
async function lookAtNumbers({ store, profile, now }: Desk, latest: number): Promise<readonly Finding[]> {
	const { numberPattern } = profile.cases;
	const at = new Date(now);
	const given = await countSoFar(store.db, store.workspaceId, caseCounter(numberPattern, at, profile.timeZone));
	if (given === 0) return [];
	const numberOf = (count: number): string => formatCaseNumber(numberPattern, count, at, profile.timeZone);
	const missing: string[] = [];
	for (let count = given; count > Math.max(0, given - latest); count -= PAGE) {
		const length = Math.min(PAGE, count, count - (given - latest));
		const numbers = Array.from({ length }, (_, place) => numberOf(count - place));
		const known = await numbersOfCases(store.db, store.workspaceId, numbers);
		missing.push(...numbers.filter((number) => !known.has(number)));
	}
	const next = numberOf(given + 1);
	const taken = await numbersOfCases(store.db, store.workspaceId, [next]);
	return numberFindings({ missing, taken: taken.has(next) ? next : undefined });
}

/** When the oldest change was made that an account has not been told. */
async function waitingFor(store: Store, { cursors }: SyncRunRow): Promise<number | undefined> {
	const marks = JSON.parse(cursors) as SyncCursors;
	const beginning = { at: 0, id: '' };
	const [contact] = await changedContacts(store.db, store, marks.contacts ?? beginning, 1);
	const withDeals = marks.withoutDeals !== true;
	const [lead] = withDeals ? await changedLeads(store.db, store, marks.leads ?? beginning, 1) : [];
	const withCases = withDeals && marks.withoutCases !== true;
	const [dealt] = withCases ? await changedCases(store.db, store, marks.cases ?? beginning, 1) : [];
	const times = [contact, lead, dealt].flatMap((row) => row?.updated_at ?? []);
	return times.length === 0 ? undefined : Math.min(...times);
}

/**
 * What concerns no single record: numbers of cases, and whether Wazzup is told of what changes.
 * @param latest how many numbers are looked at
 */
export async function lookAtDesk(desk: Desk, latest: number): Promise<readonly Finding[]> {
	const findings = [...(await lookAtNumbers(desk, latest))];
	for (const run of await accountsInUse(desk.store, desk.now)) {
		findings.push(...syncFindings(await waitingFor(desk.store, run), desk.now));
	}
	return findings;
}
