import type { AuditRow } from '../../store/repositories/auditLog';

const COLUMNS: ReadonlyArray<readonly [title: string, read: (row: AuditRow) => string | number | null]> = [
	['at', (row) => new Date(row.at).toISOString()],
	['actor', (row) => row.actor],
	['action', (row) => row.action],
	['subjectKind', (row) => row.subject_kind],
	['subjectId', (row) => row.subject_id],
	['details', (row) => row.payload],
	['chain', (row) => row.chain],
	['sequence', (row) => row.sequence],
	['digest', (row) => row.digest],
	['hmac', (row) => row.hmac],
];

/** A spreadsheet runs what begins like a formula, and customers choose their own words. */
const guarded = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

const cell = (value: string | number | null): string => {
	const text = guarded(String(value ?? ''));
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Lines of the bitácora as CSV (RFC 4180), with the mark that makes Excel read accents. */
export function auditCsv(rows: readonly AuditRow[]): string {
	const lines = rows.map((row) => COLUMNS.map(([, read]) => cell(read(row))).join(','));
	return `\uFEFF${[COLUMNS.map(([title]) => title).join(','), ...lines].join('\r\n')}\r\n`;
}
