import { TEXT_KEYS } from '../../../shared/domain/conversation/textKeys';
import type { BusinessProfile, Language } from '../../../shared/domain/profile/businessProfile';
import { texts as standardTexts } from '../../../shared/text/texts';

/** The list with one entry somewhere else. */
export function moved<Entry>(list: readonly Entry[], at: number, by: number): Entry[] {
	const next = [...list];
	const taken = next.splice(at, 1);
	next.splice(at + by, 0, ...taken);
	return next;
}

/** The list with one entry changed. */
export const replaced = <Entry>(list: readonly Entry[], at: number, to: Partial<Entry>): Entry[] =>
	list.map((entry, place) => (place === at ? { ...entry, ...to } : entry));

/** The list without one entry. */
export const without = <Entry>(list: readonly Entry[], at: number): Entry[] =>
	list.filter((_entry, place) => place !== at);

/** Words typed or pasted as one line, or several, each once. */
export function wordsIn(text: string): string[] {
	const found = text
		.split(/[,;\n]/)
		.map((word) => word.trim())
		.filter((word) => word !== '');
	return [...new Set(found)];
}

type Texts = BusinessProfile['texts'];

/** The profile's own words of a text; without words the product's are said again. */
export function withText(texts: Texts, language: Language, key: string, words: string | undefined): Texts {
	const own = Object.entries(texts[language] ?? {}).filter(([known]) => known !== key);
	return { ...texts, [language]: Object.fromEntries(words === undefined ? own : [...own, [key, words]]) };
}

const standardKeys = new Set<string>(TEXT_KEYS);

/** How many places of a profile say a text. */
export function usesOfText(profile: BusinessProfile, key: string): number {
	const questions = [...profile.contactFields, ...profile.options.flatMap((option) => option.questions)];
	return [
		...questions.flatMap(({ textKey, invalidTextKey }) => [textKey, invalidTextKey]),
		...profile.options.flatMap((option) => [...option.confirmation, ...option.confirmationWithoutAdvisor]),
	].filter((used) => used === key).length;
}

/** Whether what is written here is said here only: a text of the profile that no other place says. */
export const isSaidOnlyHere = (profile: BusinessProfile, key: string): boolean =>
	!standardKeys.has(key) && usesOfText(profile, key) <= 1;

function freeKey(texts: Texts, base: string): string {
	const taken = new Set([...standardKeys, ...Object.values(texts).flatMap((own) => Object.keys(own ?? {}))]);
	let key = base;
	for (let number = 2; taken.has(key); number += 1) key = `${base}_${number}`;
	return key;
}

/** The words of a text in every language that has them: the profile's own, else the product's. */
function wordsByLanguage(profile: BusinessProfile, key: string): ReadonlyArray<readonly [Language, string]> {
	const standard = TEXT_KEYS.find((known) => known === key);
	return profile.languages.flatMap((language) => {
		const own = new Map(Object.entries(profile.texts[language] ?? {}));
		const words = own.get(key) ?? (standard === undefined ? undefined : standardTexts[standard][language]);
		return words === undefined ? [] : [[language, words] as const];
	});
}

export interface SaidHere {
	readonly key: string;
	readonly texts: Texts;
}

/**
 * Words written for one place of the profile. What other places say stays: a text that is not this place's alone is copied, in
 * every language, under a key of its own that begins with `base`.
 */
export function sayHere(
	profile: BusinessProfile,
	key: string,
	base: string,
	language: Language,
	words: string,
): SaidHere {
	if (isSaidOnlyHere(profile, key)) {
		// A translation that was emptied is none: the main language is said again.
		const isGone = words === '' && language !== profile.language;
		return { key, texts: withText(profile.texts, language, key, isGone ? undefined : words) };
	}
	const own = freeKey(profile.texts, base);
	const copied = wordsByLanguage(profile, key).reduce(
		(texts, [known, said]) => withText(texts, known, own, said),
		profile.texts,
	);
	return { key: own, texts: withText(copied, language, own, words) };
}
