import { countUnread } from '../../../store/repositories/notifications';
import { countWanting, type InboxList } from '../../../store/repositories/inboxConversations';
import { scopeOf } from '../viewer';
import type { AnswerOf } from './query';

/** More are shown as "99+". */
const COUNTED = 100;

/** How many conversations of each list have something unread, or somebody who waits. */
export const counts: AnswerOf<'counts'> = async ({ store, viewer }) => {
	const scope = scopeOf(viewer);
	const wanting = async (list: InboxList): Promise<number> =>
		await countWanting(store.db, store.workspaceId, list, scope, COUNTED);
	return {
		mine: await wanting('mine'),
		unassigned: await wanting('unassigned'),
		all: await wanting('all'),
		notifications: await countUnread(store.db, store.workspaceId, viewer.advisorId, COUNTED),
	};
};
