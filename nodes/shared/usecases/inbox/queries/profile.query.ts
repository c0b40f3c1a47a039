import { changesBetween, changesInWords } from '../../../domain/profile/diff';
import { textsOfProfile } from '../../../text/textsOfProfile';
import { profileInForce } from '../../businessProfile';
import { draftProfile } from '../../profileVersions';
import { operatorLanguage } from '../operatorLanguage';
import { assertMay } from '../viewer';
import type { AnswerOf } from './query';

/** The profile in force, the draft if there is one, and every text with what it is overridden by. */
export const profile: AnswerOf<'profile'> = async ({ store, viewer }) => {
	assertMay(viewer, 'editProfile');
	const inForce = await profileInForce(store);
	const draft = await draftProfile(store);
	const shown = draft?.profile ?? inForce.profile;
	return {
		published: inForce.profile,
		version: inForce.version,
		...(draft === undefined ? {} : { draft: draft.profile }),
		changes:
			draft === undefined
				? []
				: changesInWords(
						changesBetween(inForce.profile, draft.profile),
						draft.profile,
						operatorLanguage(inForce.profile.language),
					),
		texts: textsOfProfile(shown),
	};
};
