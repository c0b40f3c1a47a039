import { conversationDays, REACH } from '../../domain/metrics/conversationDays';
import { beginningOf, DAY, dayAfter, daysBetween, localDay } from '../../domain/metrics/localDay';
import { PartSum, type Part } from '../../domain/metrics/parts';
import { caseParts, leadParts, modelCallParts, paymentParts } from '../../domain/metrics/recordParts';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import {
	addDaily,
	factsBeginning,
	factsOf,
	forgetMetrics,
	metricsLock,
	metricsMark,
	saveFacts,
	saveMetricsMark,
} from '../../store/repositories/metricRows';
import {
	changedCases,
	changedConversations,
	changedLeads,
	changedMessages,
	changedPayments,
	channelsOfConversations,
	countedEffects,
	countedMessages,
	newModelCalls,
	troubleWithin,
	type ChangeCursor,
	type ChangedRow,
} from '../../store/repositories/metricSources';
import type { Store, StoreTransaction } from '../../store/store';
import { profileInForce } from '../profile/businessProfile';

/** Changed rows in one transaction: short, because on SQLite it holds up everybody else. */
const BATCH = 100;

/** Transactions of one call; what is left is counted by the next one. */
const BATCHES = 200;

/** A row is visible only once its transaction is committed, which is after the time that it bears, ms. */
const LATE_COMMITS = 60_000;

/** Work that is begun is over after this many days; the trouble of earlier days changes no more. */
const TROUBLED_DAYS = 4;

/** Days of a conversation that a change can concern: those within reach. */
const REACHED_DAYS = Math.ceil(REACH / DAY);

const SOURCES = ['messages', 'conversations', 'cases', 'leads', 'payments', 'modelCalls'] as const;
type Source = (typeof SOURCES)[number];

const START: ChangeCursor = { at: 0, id: '' };

interface Counting {
	readonly tx: StoreTransaction;
	readonly store: Store;
	readonly profile: BusinessProfile;
}

/** Replaces what subjects added by what they add now. */
async function replaceFacts(
	{ tx, store }: Counting,
	now: ReadonlyMap<string, readonly Part[]>,
	gone: ReadonlyMap<string, readonly Part[]> = new Map(),
): Promise<void> {
	const before = await factsOf(tx, store.workspaceId, [...now.keys()]);
	const change = new PartSum();
	for (const parts of [...before.values(), ...gone.values()]) for (const part of parts) change.addPart(part, -1);
	for (const parts of now.values()) for (const part of parts) change.addPart(part);
	const empty = [...gone.keys()].map((subject): readonly [string, readonly Part[]] => [subject, []]);
	await saveFacts(tx, store.workspaceId, new Map([...now, ...empty]));
	await addDaily(tx, store.workspaceId, change.parts());
}

/** The days that a change concerns, as spans without a hole: each is read at once. */
function spansAround(days: ReadonlySet<string>): ReadonlyArray<{ readonly from: string; readonly to: string }> {
	const spans: Array<{ from: string; to: string }> = [];
	for (const day of [...days].sort()) {
		const from = dayAfter(day, -REACHED_DAYS);
		const to = dayAfter(day, REACHED_DAYS);
		const last = spans.at(-1);
		if (last && from <= dayAfter(last.to, 1)) last.to = to;
		else spans.push({ from, to });
	}
	return spans;
}

/** What came from a conversation that was merged into this one is counted with this one from now on. */
const dayOfMoved = (subject: string): string => subject.slice(-10);

interface CountedAnew {
	readonly now: ReadonlyMap<string, readonly Part[]>;
	/** What came from merged conversations and is part of `now` from here on. */
	readonly moved: ReadonlyMap<string, readonly Part[]>;
}

async function countConversation(
	{ tx, store, profile }: Counting,
	conversationId: string,
	channelId: string,
	changedDays: ReadonlySet<string>,
): Promise<CountedAnew> {
	const moved = await factsBeginning(tx, store.workspaceId, `moved:${conversationId}:`);
	const days = new Set([...changedDays, ...[...moved.keys()].map(dayOfMoved)]);
	const now = new Map<string, readonly Part[]>();
	for (const span of spansAround(days)) {
		const time = {
			from: beginningOf(span.from, profile.timeZone) - REACH - DAY,
			to: beginningOf(dayAfter(span.to, 1), profile.timeZone) + REACH + DAY,
		};
		const messages = await countedMessages(tx, store.workspaceId, conversationId, time);
		const effects = await countedEffects(tx, store.workspaceId, conversationId, time);
		const busy = new Set(messages.map(({ at }) => localDay(at, profile.timeZone)));
		for (const { at } of effects) busy.add(localDay(at, profile.timeZone));
		const counted = daysBetween(span.from, span.to).filter((day) => busy.has(day) || days.has(day));
		const parts = conversationDays({ channelId, messages, effects }, new Set(counted), profile);
		for (const [day, ofDay] of parts) now.set(`conversation:${conversationId}:${day}`, ofDay);
	}
	return { now, moved };
}

async function countConversations(counting: Counting, rows: readonly ChangedRow[]): Promise<void> {
	const { tx, store, profile } = counting;
	const days = new Map<string, Set<string>>();
	for (const { conversationId, concerns } of rows) {
		const known = days.get(conversationId) ?? new Set();
		days.set(conversationId, known.add(localDay(concerns, profile.timeZone)));
	}
	const channels = await channelsOfConversations(tx, store.workspaceId, [...days.keys()]);
	const now = new Map<string, readonly Part[]>();
	const moved = new Map<string, readonly Part[]>();
	for (const [conversationId, changed] of days) {
		const channelId = channels.get(conversationId);
		if (channelId === undefined) continue;
		const counted = await countConversation(counting, conversationId, channelId, changed);
		for (const [subject, parts] of counted.now) now.set(subject, parts);
		for (const [subject, parts] of counted.moved) moved.set(subject, parts);
	}
	// All together: their changes of a daily row are one write.
	await replaceFacts(counting, now, moved);
}

async function countRecords<Counted>(
	counting: Counting,
	kind: 'case' | 'lead' | 'payment' | 'model',
	rows: ReadonlyArray<{ readonly id: string; readonly counted: Counted | undefined }>,
	partsOf: (counted: Counted, timeZone: string) => readonly Part[],
): Promise<void> {
	const now = new Map<string, readonly Part[]>();
	for (const { id, counted } of rows) {
		if (counted !== undefined) now.set(`${kind}:${id}`, partsOf(counted, counting.profile.timeZone));
	}
	await replaceFacts(counting, now);
}

/** Counts one page of what changed. Returns where it ended. */
async function countPage(counting: Counting, source: Source, after: ChangeCursor): Promise<readonly ChangeCursor[]> {
	const { tx, store } = counting;
	switch (source) {
		case 'messages':
		case 'conversations': {
			const read = source === 'messages' ? changedMessages : changedConversations;
			const rows = await read(tx, store.workspaceId, after, BATCH);
			await countConversations(counting, rows);
			return rows;
		}
		case 'cases': {
			const rows = await changedCases(tx, store.workspaceId, after, BATCH);
			await countRecords(counting, 'case', rows, caseParts);
			return rows;
		}
		case 'leads': {
			const rows = await changedLeads(tx, store.workspaceId, after, BATCH);
			await countRecords(counting, 'lead', rows, leadParts);
			return rows;
		}
		case 'payments': {
			const rows = await changedPayments(tx, store.workspaceId, after, BATCH);
			await countRecords(counting, 'payment', rows, paymentParts);
			return rows;
		}
		case 'modelCalls': {
			const rows = await newModelCalls(tx, store.workspaceId, after, BATCH);
			await countRecords(counting, 'model', rows, modelCallParts);
			return rows;
		}
	}
}

async function countTrouble(counting: Counting): Promise<void> {
	const { tx, store, profile } = counting;
	const today = localDay(store.now(), profile.timeZone);
	const now = new Map<string, readonly Part[]>();
	for (const day of daysBetween(dayAfter(today, -TROUBLED_DAYS), today)) {
		const from = beginningOf(day, profile.timeZone);
		const to = beginningOf(dayAfter(day, 1), profile.timeZone);
		const { errors, retries } = await troubleWithin(tx, store.workspaceId, { from, to });
		const sum = new PartSum();
		if (errors > 0) sum.add({ day, name: 'integration_errors', count: errors });
		if (retries > 0) sum.add({ day, name: 'retries', count: retries });
		now.set(`trouble:${day}`, sum.parts());
	}
	await replaceFacts(counting, now);
}

async function counted<Result>(store: Store, work: (tx: StoreTransaction) => Promise<Result>): Promise<Result> {
	return await store.transaction(async (tx) => {
		await store.lock(tx, metricsLock(store.workspaceId));
		return await work(tx);
	});
}

/** Days begin elsewhere once the time zone is another: everything is counted anew. */
async function followTimeZone(store: Store, timeZone: string): Promise<void> {
	if ((await metricsMark(store.db, store.workspaceId, 'zone')) === timeZone) return;
	await counted(store, async (tx) => {
		const known = await metricsMark(tx, store.workspaceId, 'zone');
		if (known === timeZone) return;
		if (known !== undefined) await forgetMetrics(tx, store.workspaceId);
		await saveMetricsMark(tx, store.workspaceId, 'zone', timeZone);
	});
}

/** Where a reading begins: never within the time in which a commit may still come. */
function kept(reached: ChangeCursor, now: number): ChangeCursor {
	const safe = now - LATE_COMMITS;
	return reached.at < safe ? reached : { at: safe, id: '' };
}

const cursorIn = (mark: string | undefined): ChangeCursor =>
	mark === undefined ? START : (JSON.parse(mark) as ChangeCursor);

async function catchUpSource(
	store: Store,
	profile: BusinessProfile,
	source: Source,
	batches: number,
): Promise<{ readonly batches: number; readonly isCurrent: boolean }> {
	let reached: ChangeCursor | undefined;
	for (let used = 1; used <= batches; used += 1) {
		const page = await counted(store, async (tx) => {
			const marked = cursorIn(await metricsMark(tx, store.workspaceId, source));
			const after = reached ?? marked;
			const rows = await countPage({ tx, store, profile }, source, after);
			const last = rows.at(-1);
			if (last === undefined) return { count: 0, last: after };
			const mark = kept(last, store.now());
			// Another process may have come further in the meantime.
			if (mark.at > marked.at || (mark.at === marked.at && mark.id > marked.id)) {
				await saveMetricsMark(tx, store.workspaceId, source, JSON.stringify({ at: mark.at, id: mark.id }));
			}
			return { count: rows.length, last };
		});
		reached = { at: page.last.at, id: page.last.id };
		if (page.count < BATCH) return { batches: used, isCurrent: true };
	}
	return { batches, isCurrent: false };
}

/**
 * Brings the daily figures up to what the store holds (O9). Reads only what changed since the last time, and counts each subject
 * anew in place of what it added before: read twice, in any order, by several processes, the figures are the same.
 * @returns false when there was more than fits into one call; the next one goes on.
 */
export async function catchUpMetrics(store: Store, options: { readonly batches?: number } = {}): Promise<boolean> {
	const { profile } = await profileInForce(store);
	await followTimeZone(store, profile.timeZone);
	let left = options.batches ?? BATCHES;
	for (const source of SOURCES) {
		const { batches, isCurrent } = await catchUpSource(store, profile, source, left);
		left -= batches;
		if (!isCurrent || left <= 0) return false;
	}
	await counted(store, async (tx) => await countTrouble({ tx, store, profile }));
	return true;
}

/** Counts everything anew, for whoever doubts the figures. What was erased since is not counted any more. */
export async function recountMetrics(store: Store): Promise<void> {
	await counted(store, async (tx) => await forgetMetrics(tx, store.workspaceId));
	while (!(await catchUpMetrics(store)));
}
