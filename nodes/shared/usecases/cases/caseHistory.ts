import { attachmentsOf } from '../../store/repositories/attachments';
import { auditOfSubject, type AuditRow } from '../../store/repositories/auditLog';
import type { CaseRow } from '../../store/repositories/cases';
import type { Executor } from '../../store/store';

/** One thing that happened to a case, oldest first. */
export interface CaseEvent {
	readonly at: string;
	readonly actor: string;
	/** `case.opened`, `case.status_changed`, `case.note_added` … */
	readonly action: string;
	/** A note's or addition's words. */
	readonly text?: string;
	readonly details: Readonly<Record<string, unknown>>;
}

/** Lines of one case that are told; a case with more is read in the audit log. */
const LONGEST_HISTORY = 500;

function eventOf(row: AuditRow): CaseEvent {
	const details = row.payload === null ? {} : (JSON.parse(row.payload) as Record<string, unknown>);
	const { text, note, requestId: _requestId, ...rest } = details;
	const words = text ?? note;
	return {
		at: new Date(row.at).toISOString(),
		actor: row.actor,
		action: row.action,
		...(typeof words === 'string' ? { text: words } : {}),
		details: rest,
	};
}

/** What happened to a case, by the bitácora: its notes, status changes, assignments, files and corrections (P1). */
export async function historyOfCase(executor: Executor, found: CaseRow): Promise<CaseEvent[]> {
	const rows = await auditOfSubject(executor, found.workspace_id, found.id, LONGEST_HISTORY);
	return rows.map(eventOf);
}

/** The files on a case, as people read them. */
export async function filesOfCase(executor: Executor, found: CaseRow): Promise<ReadonlyArray<Record<string, unknown>>> {
	const files = await attachmentsOf(executor, found.workspace_id, 'case', found.id);
	return files.map((file) => ({
		attachmentId: file.id,
		type: file.type,
		filename: file.filename,
		mimeType: file.mime_type,
		size: file.size,
		state: file.state,
	}));
}
