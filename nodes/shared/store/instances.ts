import { hostname } from 'node:os';

import type { Kysely } from 'kysely';

import type { OpenDatabase } from './driver/openDatabase';
import { errorCode } from './errorCode';
import type { Database } from './schema';

/** How often a process says that it lives, in milliseconds. */
export const HEARTBEAT_EVERY = 5_000;

/** A process that has not said so for longer than this is dead, in milliseconds. */
export const HEARTBEAT_GOOD_FOR = 15_000;

/** Rows of processes that are dead for this long are removed, in milliseconds. */
const FORGOTTEN_AFTER = 24 * 60 * 60 * 1_000;

/** This process on one database: its heartbeat, and the measure of the database's clock. */
export interface Instance {
	readonly bootId: string;
	/** Milliseconds, by the database's clock. */
	now(): number;
	/** Says at once that this process lives, and measures the database's clock again. */
	beat(): Promise<void>;
	/** Stops the heartbeat and gives up the claims of this process. */
	stop(): Promise<void>;
}

/**
 * @param clock Taken as the database's clock when given; otherwise the machine's clock, corrected by a measured offset.
 */
export async function startInstance(
	database: OpenDatabase,
	bootId: string,
	clock: (() => number) | undefined,
	machineClock: () => number,
): Promise<Instance> {
	let offset = 0;
	const now = clock ?? (() => Math.round(machineClock() + offset));
	const measure = async (): Promise<void> => {
		if (clock === undefined) offset = await database.clockOffset(machineClock);
	};
	await measure();
	const startedAt = now();
	const beat = async (): Promise<void> => {
		await measure();
		await database.db
			.insertInto('instances')
			.values({ boot_id: bootId, started_at: startedAt, heartbeat_at: now(), host: hostname(), pid: process.pid })
			.onConflict((conflict) => conflict.column('boot_id').doUpdateSet({ heartbeat_at: now() }))
			.execute();
	};
	await beat();
	await database.db
		.deleteFrom('instances')
		.where('heartbeat_at', '<', now() - FORGOTTEN_AFTER)
		.execute();
	let beating: Promise<void> = Promise.resolve();
	const timer = setInterval(() => {
		// A beat that fails needs no answer: the database is away for now, and the next beat comes in five seconds.
		beating = database.scopes.outside(beat).catch(() => undefined);
	}, HEARTBEAT_EVERY).unref();
	return {
		bootId,
		now,
		beat,
		stop: async () => {
			clearInterval(timer);
			await beating;
			// Without it the row says that we live for fifteen seconds more, nothing worse.
			await database.db
				.deleteFrom('instances')
				.where('boot_id', '=', bootId)
				.execute()
				.catch(() => undefined);
		},
	};
}

/**
 * Boot ids whose claims are still good: ours, and those of every process whose last heartbeat is not older than 15 s.
 *
 * On SQLite all processes run on one machine, so a process that is gone is known at once, without waiting 15 s: after a
 * restart its claims are free immediately. A second process that is really there (n8n's command line, a backup script)
 * keeps its claims. A row with our own process id and another boot id is ours from before a restart: containers give the
 * same process id to every start.
 */
export async function livingOwners(
	executor: Pick<Kysely<Database>, 'selectFrom'>,
	dialect: 'sqlite' | 'postgres',
	inThisProcess: readonly string[],
	now: number,
): Promise<string[]> {
	const rows = await executor
		.selectFrom('instances')
		.select(['boot_id', 'host', 'pid'])
		.where('heartbeat_at', '>=', now - HEARTBEAT_GOOD_FOR)
		.execute();
	const others = rows.filter(
		(row) => !inThisProcess.includes(row.boot_id) && (dialect === 'postgres' || isRunning(row.host, row.pid)),
	);
	return [...inThisProcess, ...others.map((row) => row.boot_id)];
}

function isRunning(host: string, pid: number): boolean {
	if (host !== hostname()) return true;
	if (pid === process.pid) return false;
	try {
		return process.kill(pid, 0);
	} catch (error) {
		// Somebody else's process may not be asked, but it is there.
		return errorCode(error) === 'EPERM';
	}
}
