import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';

import { hostFolder } from '../support/host/folders';

/** One line of the report. */
export interface Figure {
	readonly name: string;
	readonly value: number;
	readonly unit: string;
	/** Against n8n's own nodes in the same run, or against the smaller case that the name tells. */
	readonly ratio?: number;
}

/** What the issue expects of a figure, and whether it came true. */
export interface Expectation {
	readonly expected: string;
	readonly measured: string;
	readonly fine: boolean;
}

export interface Report {
	readonly figures: readonly Figure[];
	readonly expectations: readonly Expectation[];
	/** How the figures were taken, and what disturbed them. */
	readonly remarks: readonly string[];
	readonly machine: string;
	readonly node: string;
	readonly n8n: string;
	readonly date: string;
}

/** The machine in a few words. */
export function machine(): string {
	const [first] = cpus();
	return `${cpus().length} × ${first?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform}`;
}

/** How many processors were wanted in the last minute, by this program and by everything else. */
export const load = (): number => loadavg()[0] ?? 0;

/** Other work on the machine makes every figure worse: it belongs into the report. */
export function otherWork(loadBefore: number): string | undefined {
	if (loadBefore < 0.3) return undefined;
	return `The machine was shared: a load of ${loadBefore.toFixed(1)} on its ${cpus().length} processors before the start.`;
}

export function versionOfN8n(): string {
	const manifest = JSON.parse(readFileSync(join(hostFolder, 'node_modules', 'n8n', 'package.json'), 'utf8')) as {
		version: string;
	};
	return manifest.version;
}

const readReport = (file: string): Report => JSON.parse(readFileSync(file, 'utf8')) as Report;

export function writeReport(file: string, report: Report): void {
	writeFileSync(file, `${JSON.stringify(report, null, '\t')}\n`);
}

/** What one measurement alone brings into the report of the last whole run. */
export interface ReportPart {
	readonly figures: readonly Figure[];
	readonly expectations: readonly Expectation[];
	readonly remark: string;
	/** Which figures, expectations and remarks of the report these replace. */
	readonly replaces: { readonly figure: RegExp; readonly expectation: RegExp; readonly remark: RegExp };
}

/** Puts a part in the place of what the report said of the same. */
export function writePartOfReport(file: string, { figures, expectations, remark, replaces }: ReportPart): void {
	const report = readReport(file);
	writeReport(file, {
		...report,
		figures: [...report.figures.filter(({ name }) => !replaces.figure.test(name)), ...figures],
		expectations: [
			...report.expectations.filter(({ expected }) => !replaces.expectation.test(expected)),
			...expectations,
		],
		remarks: [...report.remarks.filter((known) => !replaces.remark.test(known)), remark],
	});
}

/** A number as people read it: whole when large, one place behind the point when small. */
export const shown = (value: number): string => {
	const digits = Math.abs(value) < 10 ? 1 : 0;
	return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
};

/** Lines of aligned columns: the first to the left, the others to the right. */
export function columns(rows: ReadonlyArray<readonly string[]>): string[] {
	const widths: number[] = [];
	for (const row of rows)
		for (const [place, cell] of row.entries()) widths[place] = Math.max(widths[place] ?? 0, cell.length);
	return rows.map((row) =>
		row
			.map((cell, place) => (place === 0 ? cell.padEnd(widths[place] ?? 0) : cell.padStart((widths[place] ?? 0) + 3)))
			.join('')
			.trimEnd(),
	);
}
