import { TEXT_KEYS } from '../../../domain/conversation/textKeys';
import { valuesOfText } from '../../../domain/conversation/textValues';
import { changesBetween, changesInWords } from '../../../domain/profile/diff';
import type { BusinessProfile } from '../../../domain/profile/businessProfile';
import type { QueryAnswers } from '../../../domain/inbox/requests';
import { texts } from '../../../text/texts';
import { profileInForce } from '../../businessProfile';
import { draftProfile } from '../../profileVersions';
import { operatorLanguage } from '../operatorLanguage';
import { assertMay } from '../viewer';
import type { AnswerOf } from './query';

type TextOfProfile = QueryAnswers['profile']['texts'][number];

function textsOf(profile: BusinessProfile): TextOfProfile[] {
	const confirmations = new Set(
		profile.options.flatMap(({ confirmation, confirmationWithoutAdvisor }) => [
			...confirmation,
			...confirmationWithoutAdvisor,
		]),
	);
	return profile.languages.flatMap((language) => {
		const own = profile.texts[language] ?? {};
		const catalogue = TEXT_KEYS.map((key): TextOfProfile => {
			const text = texts[key];
			const override = own[key];
			return {
				key,
				origin: text.source,
				language,
				standard: text[language] ?? text.es,
				...(override === undefined ? {} : { override }),
				values: valuesOfText(key, confirmations.has(key)),
			};
		});
		const known = new Set<string>(TEXT_KEYS);
		const added = Object.entries(own)
			.filter(([key]) => !known.has(key))
			.map(
				([key, override]): TextOfProfile => ({
					key,
					origin: 'client',
					language,
					standard: '',
					override,
					values: valuesOfText(key, confirmations.has(key)),
				}),
			);
		return [...catalogue, ...added];
	});
}

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
		texts: textsOf(shown),
	};
};
