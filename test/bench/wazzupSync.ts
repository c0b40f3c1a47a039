/**
 * A hundred thousand contacts for Wazzup, on both databases: the first run against the account's limit of 500 requests in
 * 5 s, a run with nothing to do, and one with a hundredth changed; the last two also with a tenth of the contacts.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

import { openStore } from '../../nodes/shared/store/open';
import { updateContact } from '../../nodes/shared/store/repositories/contacts';
import type { Store, StoreSettings } from '../../nodes/shared/store/store';
import { saveAdvisor } from '../../nodes/shared/usecases/team/saveAdvisor';
import { startPostgres } from '../support/host/postgres';
import { startProcess } from '../support/host/processes';
import { eventually } from '../support/host/waiting';
import { layDownContacts } from '../support/manyContacts';
import { startSyncProcess, type SyncProcess, type SyncRun } from '../support/syncProcesses';
import { watchMemory } from './memory';
import { median } from './pureCosts';
import { shown, type Expectation, type Figure } from './report';

const REQUESTS_IN_FIVE_SECONDS = 500;
const ROWS_OF_A_REQUEST = 100;

const EXPECTED = {
	/** Of the time that the limit alone takes. */
	limitRatio: 1.2,
	megabytes: 200,
	/** What a run costs with ten times the contacts and as many changed ones. */
	contactsRatio: 1.5,
} as const;

/** One run and what Wazzup saw of it. */
export interface MeasuredSync {
	readonly milliseconds: number;
	readonly saved: number;
	readonly requests: number;
	readonly refusedForTheRate: number;
}

export interface SyncCosts {
	readonly database: 'SQLite' | 'PostgreSQL';
	readonly contacts: number;
	readonly changed: number;
	readonly first: MeasuredSync;
	/** What the limit alone takes for as many requests. */
	readonly limitMilliseconds: number;
	readonly nothing: MeasuredSync;
	readonly someChanged: MeasuredSync;
	/** The same with a tenth of the contacts and as many changed ones. */
	readonly fewerContacts: { readonly nothing: MeasuredSync; readonly someChanged: MeasuredSync };
	/** The most that the process held above what it held idle; Linux only. */
	readonly megabytesAboveIdle: number | undefined;
}

interface Figures {
	readonly contacts: number;
	readonly requests: ReadonlyArray<{ readonly operation: string; readonly count: number }>;
	readonly refusedForTheRate: number;
}

/** A Wazzup with its limit, in a process of its own so that its memory and its work are nobody's here. */
async function startWazzup(folder: string, name: string) {
	const apiKey = randomBytes(12).toString('hex');
	const main = join(__dirname, '..', 'simulators', 'wazzup', 'main.ts');
	const running = startProcess({
		name: 'Wazzup',
		command: process.execPath,
		args: ['--import', 'tsx', main, '--api-key', apiKey],
		logFile: join(folder, `wazzup-${name}.log`),
	});
	const origin = await eventually(
		'Wazzup',
		() => {
			const line = /\{"baseUrl":.*\}/.exec(running.log())?.[0];
			if (line === undefined) throw new Error(`Wazzup does not listen: ${running.log(5)}`);
			return new URL((JSON.parse(line) as { baseUrl: string }).baseUrl).origin;
		},
		{ within: 30_000 },
	);
	return {
		apiKey,
		baseUrl: `${origin}/v3`,
		figures: async () => (await (await fetch(`${origin}/simulator/figures`)).json()) as Figures,
		forget: async () => void (await fetch(`${origin}/simulator/clear`, { method: 'POST', body: '{}' })),
		stop: async () => await running.stop(),
	};
}

type Wazzup = Awaited<ReturnType<typeof startWazzup>>;

/** The middle one of some runs, each after `prepare`; what they sent is of the last. */
async function measured(
	syncing: SyncProcess,
	wazzup: Wazzup,
	{ times = 1, prepare }: { readonly times?: number; readonly prepare?: () => Promise<void> } = {},
): Promise<MeasuredSync> {
	const runs: SyncRun[] = [];
	for (let time = 0; time < times; time += 1) {
		await prepare?.();
		await wazzup.forget();
		const run = await syncing.sync();
		if (run?.report.state !== 'done') throw new Error(`The run ended ${run?.report.state}: ${run?.report.problem}`);
		runs.push(run);
	}
	const { requests, refusedForTheRate } = await wazzup.figures();
	return {
		milliseconds: median(runs.map(({ milliseconds }) => milliseconds)),
		saved: runs.at(-1)?.report.contacts.saved ?? 0,
		requests: requests
			.filter(({ operation }) => operation.endsWith(' /contacts'))
			.reduce((sum, { count }) => sum + count, 0),
		refusedForTheRate,
	};
}

/** Another name for each, as after an import that corrects them. */
async function rename(store: Store, ids: readonly string[]): Promise<void> {
	const name = `Cliente ${store.newId()}`;
	await store.transaction(async (tx) => {
		for (const id of ids) await updateContact(tx, store, id, { name });
	});
}

const TIMES = 5;

interface Phase {
	readonly first: MeasuredSync;
	readonly nothing: MeasuredSync;
	readonly someChanged: MeasuredSync;
	readonly megabytesAboveIdle: number | undefined;
}

interface PhaseOptions {
	readonly contacts: number;
	readonly changed: number;
	/** What the database does by itself within a minute of an import. */
	readonly rest: () => Promise<void>;
}

async function measurePhase(
	settings: StoreSettings,
	wazzup: Wazzup,
	{ contacts, changed, rest }: PhaseOptions,
): Promise<Phase> {
	const store = await openStore(settings);
	const { apiKey, baseUrl } = wazzup;
	try {
		const { advisor } = await saveAdvisor(store, { name: 'Laura Pérez', role: 'supervisor' }, 'bench');
		const changedFrom = store.now() - 3_600_000;
		const ids = await layDownContacts(store, { count: contacts, ownerAdvisorId: advisor.id, changedFrom });
		await rest();
		const syncing = await startSyncProcess({ settings, apiKey, baseUrl });
		try {
			const memory = watchMemory(syncing.pid);
			const first = await measured(syncing, wazzup);
			const known = await wazzup.figures();
			if (known.contacts !== contacts) throw new Error(`Wazzup has ${known.contacts} of ${contacts} contacts`);
			const nothing = await measured(syncing, wazzup, { times: TIMES });
			const every = Math.floor(ids.length / changed);
			const chosen = ids.filter((_id, place) => place % every === 0);
			const prepare = async (): Promise<void> => await rename(store, chosen);
			const someChanged = await measured(syncing, wazzup, { times: TIMES, prepare });
			const peak = memory.megabytes();
			const megabytesAboveIdle = peak === undefined ? undefined : peak - syncing.idleMegabytes;
			return { first, nothing, someChanged, megabytesAboveIdle };
		} finally {
			await syncing.stop();
		}
	} finally {
		await store.close();
	}
}

/** Measures on SQLite and on PostgreSQL, in `folder`. */
export async function wazzupSyncCosts(
	folder: string,
	contacts: number,
	narrate: (line: string) => void,
): Promise<readonly SyncCosts[]> {
	const postgres = await startPostgres();
	const changed = Math.round(contacts / 100);
	const encryptionKey = randomBytes(32).toString('hex');
	const costs: SyncCosts[] = [];
	try {
		const { host, port, user, password, database: databaseName } = await postgres.createDatabase('crm');
		const path = join(folder, 'sync.sqlite');
		for (const database of ['SQLite', 'PostgreSQL'] as const) {
			const settings = (workspaceId: string): StoreSettings =>
				database === 'SQLite'
					? { database: 'sqlite', workspaceId, path, encryptionKey }
					: {
							database: 'postgres',
							workspaceId,
							...{ host, port, user, password, databaseName },
							ssl: false,
							encryptionKey,
						};
			const phase = async (name: string, people: number): Promise<Phase> => {
				narrate(`Wazzup: ${people.toLocaleString('en')} contacts on ${database}`);
				const wazzup = await startWazzup(folder, `${database}-${name}`);
				try {
					return await measurePhase(settings(name), wazzup, {
						contacts: people,
						changed,
						rest: async () => {
							if (database === 'PostgreSQL') await postgres.query(databaseName, 'analyze');
						},
					});
				} finally {
					await wazzup.stop();
				}
			};
			const fewer = await phase('fewer', Math.round(contacts / 10));
			const all = await phase('all', contacts);
			costs.push({
				database,
				contacts,
				changed,
				...all,
				limitMilliseconds: (Math.ceil(contacts / ROWS_OF_A_REQUEST) / REQUESTS_IN_FIVE_SECONDS) * 5_000,
				fewerContacts: { nothing: fewer.nothing, someChanged: fewer.someChanged },
			});
		}
	} finally {
		await postgres.stop();
	}
	return costs;
}

/** One line for each figure, the databases beside each other. */
export function syncRows(costs: readonly SyncCosts[]): string[][] {
	const row = (name: string, read: (of: SyncCosts) => string): string[] => [name, ...costs.map(read)];
	const seconds = (milliseconds: number): string => (milliseconds / 1_000).toFixed(1);
	const milliseconds = (of: MeasuredSync): string => shown(of.milliseconds);
	return [
		row('', ({ database }) => database),
		row('First run, s', ({ first }) => seconds(first.milliseconds)),
		row('  what the limit alone takes, s', ({ limitMilliseconds }) => seconds(limitMilliseconds)),
		row('  requests, of these refused', ({ first }) => `${first.requests}, ${first.refusedForTheRate}`),
		row('Run with nothing changed, ms', ({ nothing }) => milliseconds(nothing)),
		row('  with a tenth of the contacts, ms', ({ fewerContacts }) => milliseconds(fewerContacts.nothing)),
		row('Run with 1 % changed, ms', ({ someChanged }) => milliseconds(someChanged)),
		row('  as many of a tenth of the contacts, ms', ({ fewerContacts }) => milliseconds(fewerContacts.someChanged)),
		row('Memory above idle, MB', ({ megabytesAboveIdle }) =>
			megabytesAboveIdle === undefined ? 'not told' : shown(megabytesAboveIdle),
		),
	];
}

export const syncExpectations = (costs: readonly SyncCosts[]): Expectation[] =>
	costs.flatMap(({ database, contacts, changed, first, limitMilliseconds, nothing, someChanged, ...others }) => {
		const requests = Math.ceil(contacts / ROWS_OF_A_REQUEST);
		const limitRatio = first.milliseconds / limitMilliseconds;
		const contactsRatio = someChanged.milliseconds / others.fewerContacts.someChanged.milliseconds;
		const megabytes = others.megabytesAboveIdle;
		const name = `Wazzup on ${database}`;
		return [
			{
				expected: `${name}: ${shown(contacts)} contacts for the first time in ${shown(requests)} requests, none refused, and under ${EXPECTED.limitRatio} times what the limit alone takes`,
				measured: `${shown(first.requests)} requests, ${first.refusedForTheRate} refused, ${limitRatio.toFixed(2)} times`,
				fine: first.requests === requests && first.refusedForTheRate === 0 && limitRatio < EXPECTED.limitRatio,
			},
			{
				expected: `${name}: with nothing changed nothing is sent, with ${shown(changed)} changed only those`,
				measured: `${nothing.requests} requests, ${shown(someChanged.saved)} contacts`,
				fine: nothing.requests === 0 && someChanged.saved === changed,
			},
			{
				expected: `${name}: a run costs with ten times the contacts and as many changed ones under ${EXPECTED.contactsRatio} times as much`,
				measured: `${contactsRatio.toFixed(2)} times`,
				fine: contactsRatio < EXPECTED.contactsRatio,
			},
			...(megabytes === undefined
				? []
				: [
						{
							expected: `${name}: under ${EXPECTED.megabytes} MB above idle`,
							measured: `${shown(megabytes)} MB`,
							fine: megabytes < EXPECTED.megabytes,
						},
					]),
		];
	});

export const syncFigures = (costs: readonly SyncCosts[]): Figure[] =>
	costs.flatMap(({ database, contacts, changed, first, limitMilliseconds, nothing, someChanged, ...others }) => {
		const name = (what: string): string => `wazzup: ${what}, ${contacts} contacts, ${database}`;
		const whole = (of: MeasuredSync): { value: number; unit: string } => ({
			value: Number(of.milliseconds.toPrecision(4)),
			unit: 'ms',
		});
		const ratio = (of: number): number => Number(of.toPrecision(4));
		return [
			{ name: name('first run'), ...whole(first), ratio: ratio(first.milliseconds / limitMilliseconds) },
			{ name: name('requests of the first run'), value: first.requests, unit: '' },
			{ name: name('run with nothing changed'), ...whole(nothing) },
			{
				name: name(`run with ${changed} changed`),
				...whole(someChanged),
				ratio: ratio(someChanged.milliseconds / others.fewerContacts.someChanged.milliseconds),
			},
			...(others.megabytesAboveIdle === undefined
				? []
				: [{ name: name('memory above idle'), value: others.megabytesAboveIdle, unit: 'MB' }]),
		];
	});
