import { changesBetween, tellableChanges } from '../../../domain/profile/diff';
import { profileInForce } from '../../profile/businessProfile';
import { draftProfile } from '../../profile/profileVersions';
import { assertMay } from '../viewer';
import type { AnswerOf } from './query';

/** The profile in force, and the draft if there is one with what it would change. */
export const profile: AnswerOf<'profile'> = async ({ store, viewer }) => {
	assertMay(viewer, 'editProfile');
	const inForce = await profileInForce(store);
	const draft = await draftProfile(store);
	return {
		published: inForce.profile,
		version: inForce.version,
		...(draft === undefined ? {} : { draft: draft.profile }),
		changes: draft === undefined ? [] : tellableChanges(changesBetween(inForce.profile, draft.profile), draft.profile),
	};
};
