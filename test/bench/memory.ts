import { readFileSync, writeFileSync } from 'node:fs';

/** The most memory a process held at once. Linux tells it; elsewhere the figure is left out. */
export interface PeakMemory {
	/** Megabytes since `watchMemory`; undefined where the system does not tell. */
	readonly megabytes: () => number | undefined;
}

/** Forgets the earlier peak of a process, so that the next one belongs to what is measured now. */
export function watchMemory(pid: number): PeakMemory {
	if (process.platform !== 'linux') return { megabytes: () => undefined };
	// 5: "reset the peak resident set size", https://docs.kernel.org/filesystems/proc.html
	writeFileSync(`/proc/${pid}/clear_refs`, '5');
	return {
		megabytes: () => {
			const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
			return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1_024);
		},
	};
}
