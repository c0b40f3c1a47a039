import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Longer than n8n takes to see that its time was moved (movedDate.cjs), ms. */
const SEEN_WITHIN = 25;

/** What time it is on a desk: for n8n, for the simulated vendors and for whoever opens its store. */
export interface Clock {
	now(): number;
	/** Goes on from that time, e.g. `2026-10-10T08:00:00-05:00`. Best while the desk rests: n8n was asleep until then. */
	moveTo(time: string): Promise<void>;
	forward(milliseconds: number): Promise<void>;
	/** Environment of a process that lives at this time. */
	readonly environment: Readonly<Record<string, string>>;
}

/** The machine's own time, which nobody can move. */
export const machineClock: Clock = {
	now: Date.now,
	moveTo: () => Promise.reject(new Error("This desk lives at the machine's own time: start it with 'startsAt'")),
	forward: () => Promise.reject(new Error("This desk lives at the machine's own time: start it with 'startsAt'")),
	environment: {},
};

/** A time that begins at `time`, runs on as the machine's does, and can be moved. @param folder where it is written down */
export function clockSetTo(time: string, folder: string): Clock {
	const file = join(folder, 'date-moved-by');
	let movedBy = 0;
	const now = (): number => Date.now() + movedBy;
	const write = (milliseconds: number): void => {
		movedBy = milliseconds;
		// In one step: n8n reads it whenever it asks for the time.
		writeFileSync(`${file}.new`, String(milliseconds));
		renameSync(`${file}.new`, file);
	};
	const move = async (milliseconds: number): Promise<void> => {
		if (milliseconds < 0) throw new Error('Time only goes forward');
		write(movedBy + milliseconds);
		await sleep(SEEN_WITHIN);
	};
	mkdirSync(folder, { recursive: true });
	write(Date.parse(time) - Date.now());
	return {
		now,
		forward: move,
		moveTo: async (later) => await move(Date.parse(later) - now()),
		environment: { DATE_MOVED_BY: file },
	};
}
