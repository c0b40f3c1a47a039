import type { FollowUpView, PersonOfTeam } from '../../domain/inbox/views';
import type { FollowUpRow } from '../../store/repositories/followUps';

export function followUpView(
	row: FollowUpRow,
	contactName: string,
	person: (id: string | null) => PersonOfTeam | undefined,
): FollowUpView {
	const advisor = person(row.advisor_id);
	return {
		id: row.id,
		conversationId: row.conversation_id,
		contactName,
		text: row.text,
		dueAt: new Date(row.due_at).toISOString(),
		...(advisor === undefined ? {} : { advisor }),
		state: row.state,
		kind: row.kind,
	};
}
