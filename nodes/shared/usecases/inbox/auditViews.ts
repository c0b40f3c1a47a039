import { customerName } from '../../domain/identity/knownName';
import type { AuditLineView, PersonOfTeam } from '../../domain/inbox/views';
import type { AuditRow } from '../../store/repositories/auditLog';
import type { ContactRow } from '../../store/repositories/contacts';

/** `advisor:<id>` is shown by name; what is no person stays as it is. */
export function actorName(actor: string, person: (id: string | null) => PersonOfTeam | undefined): string {
	const id = /^advisor:(.+)$/.exec(actor)?.[1];
	return (id === undefined ? undefined : person(id)?.name) ?? actor;
}

/** Longer values are read in the bitácora. */
const SHOWN_LENGTH = 300;

/** The single values of a payload as text; lists joined, what is nested left out. */
export function flatWords(payload: string | null): Record<string, string> {
	if (payload === null) return {};
	const values = Object.entries(JSON.parse(payload) as Record<string, unknown>);
	return Object.fromEntries(
		values.flatMap(([name, value]) => {
			const single = Array.isArray(value) ? value.filter((part) => typeof part !== 'object').join(', ') : value;
			if (single === null || single === undefined || typeof single === 'object' || single === '') return [];
			return [[name, String(single as string | number | boolean).slice(0, SHOWN_LENGTH)]];
		}),
	);
}

export function auditLineView(
	row: AuditRow,
	person: (id: string | null) => PersonOfTeam | undefined,
	contact: ContactRow | undefined,
): AuditLineView {
	return {
		id: row.id,
		at: new Date(row.at).toISOString(),
		actor: actorName(row.actor, person),
		action: row.action,
		...(row.subject_kind === null ? {} : { subjectKind: row.subject_kind }),
		...(row.subject_id === null ? {} : { subjectId: row.subject_id }),
		...(contact === undefined ? {} : { contactName: customerName(contact) }),
		...(row.payload === null ? {} : { payload: JSON.parse(row.payload) as Record<string, unknown> }),
	};
}
