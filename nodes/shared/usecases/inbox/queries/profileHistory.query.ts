import { profileHistory as historyOf } from '../../profile/profileHistory';
import { restoredVersion } from '../../profile/rollBackProfile';
import { pageOf, readCursor } from '../cursors';
import { teamNames } from '../teamNames';
import { actorName } from '../auditViews';
import { assertMay } from '../viewer';
import type { AnswerOf } from './query';

/** What somebody wrote, or which version was put in force again without a word. */
function noteOf(note: string | null): { readonly note?: string; readonly restores?: number } {
	if (note === null) return {};
	const restores = restoredVersion(note);
	return restores === undefined ? { note } : { restores };
}

/** The publications of the business profile, newest first. */
export const profileHistory: AnswerOf<'profileHistory'> = async ({ store, viewer }, { cursor, limit }) => {
	assertMay(viewer, 'editProfile');
	const before = readCursor(cursor)?.at;
	const versions = await historyOf(store, { before, limit: limit + 1 });
	const person = await teamNames(store.db, store.workspaceId);
	return pageOf(
		versions,
		limit,
		({ version }) => ({ at: version, id: String(version) }),
		({ version, publishedAt, publishedBy, note, changes }) => ({
			version,
			at: publishedAt,
			...(publishedBy === null ? {} : { by: actorName(publishedBy, person) }),
			...noteOf(note),
			changes,
		}),
	);
};
