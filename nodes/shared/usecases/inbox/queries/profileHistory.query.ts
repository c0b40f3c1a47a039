import { profileInForce } from '../../profile/businessProfile';
import { profileHistory as historyOf } from '../../profile/profileHistory';
import { pageOf, readCursor } from '../cursors';
import { operatorLanguage } from '../operatorLanguage';
import { teamNames } from '../teamNames';
import { actorName } from '../auditViews';
import { assertMay } from '../viewer';
import type { AnswerOf } from './query';

/** The publications of the business profile, newest first. */
export const profileHistory: AnswerOf<'profileHistory'> = async ({ store, viewer }, { cursor, limit }) => {
	assertMay(viewer, 'editProfile');
	const { profile } = await profileInForce(store);
	const before = readCursor(cursor)?.at;
	const versions = await historyOf(store, { before, limit: limit + 1 }, operatorLanguage(profile.language));
	const person = await teamNames(store.db, store.workspaceId);
	return pageOf(
		versions,
		limit,
		({ version }) => ({ at: version, id: String(version) }),
		({ version, publishedAt, publishedBy, note, changes }) => ({
			version,
			at: publishedAt,
			...(publishedBy === null ? {} : { by: actorName(publishedBy, person) }),
			...(note === null ? {} : { note }),
			changes,
		}),
	);
};
