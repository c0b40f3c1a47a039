import { TEXT_KEYS } from '../domain/conversation/textKeys';
import { valuesOfText } from '../domain/conversation/textValues';
import type { BusinessProfile, Language } from '../domain/profile/businessProfile';
import { texts } from './texts';

/** A sentence that a customer can read, in one language. */
export interface TextOfProfile {
	readonly key: string;
	/** Whether the client's story says it, or we do. */
	readonly origin: 'client' | 'ours';
	readonly language: Language;
	/** What is said where the profile says nothing else; empty for a text of the profile alone. */
	readonly standard: string;
	/** The profile's own words. */
	readonly override?: string;
	/** What it may name in braces. */
	readonly values: readonly string[];
}

/** Whether a text stands in the confirmation of a menu option. */
const isSaidAsConfirmation = (profile: BusinessProfile): ((key: string) => boolean) => {
	const said = new Set(
		profile.options.flatMap(({ confirmation, confirmationWithoutAdvisor }) => [
			...confirmation,
			...confirmationWithoutAdvisor,
		]),
	);
	return (key) => said.has(key);
};

/** Every text of a profile in each of its languages: the product's, then those that only the profile has. */
export function textsOfProfile(profile: BusinessProfile): readonly TextOfProfile[] {
	const isConfirmation = isSaidAsConfirmation(profile);
	const known = new Set<string>(TEXT_KEYS);
	const added = [...new Set(Object.values(profile.texts).flatMap((own) => Object.keys(own ?? {})))].filter(
		(key) => !known.has(key),
	);
	return profile.languages.flatMap((language) => {
		const own = new Map(Object.entries(profile.texts[language] ?? {}));
		const entry = (key: string, origin: TextOfProfile['origin'], standard: string): TextOfProfile => {
			const override = own.get(key);
			return {
				key,
				origin,
				language,
				standard,
				...(override === undefined ? {} : { override }),
				values: valuesOfText(key, isConfirmation(key)),
			};
		};
		return [
			...TEXT_KEYS.map((key) => entry(key, texts[key].source, texts[key][language] ?? texts[key].es)),
			...added.map((key) => entry(key, 'client', '')),
		];
	});
}
