import type { MessageView } from '../../../../shared/domain/inbox/views';
import { myId } from '../../state/session';
import { words } from '../../words/words';

/** Who wrote, as the team says it. */
export function authorOf(row: Pick<MessageView, 'author' | 'advisor'>): string {
	const { authors } = words.value;
	if (row.advisor?.id === myId.value && row.author !== 'phone') return authors.you;
	if (row.author === 'phone' && row.advisor) return `${row.advisor.name} · ${authors.phone}`;
	return row.advisor?.name ?? authors[row.author];
}
