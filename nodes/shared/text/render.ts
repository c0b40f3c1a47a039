import type { ChoicePart, SayEffect, TextPart } from '../domain/conversation/types';
import { TEXT_KEYS, type TextKey } from '../domain/conversation/textKeys';
import type { Choice, OutboundMessage } from '../domain/messages/outbound';
import { ownValue } from '../domain/ownValue';
import { LANGUAGES, type BusinessProfile, type Language, type MenuOption } from '../domain/profile/businessProfile';
import { texts } from './texts';

/** A text that cannot be said as it stands; the message names the text and what it lacks. */
export class TextError extends Error {
	override readonly name = 'TextError';

	constructor(
		/** The text, or the button, that cannot be said. */
		readonly key: string,
		message: string,
	) {
		super(message);
	}
}

const isTextKey = (key: string): key is TextKey => (TEXT_KEYS as readonly string[]).includes(key);

/** The nearest language that the product knows: `pt` and `pt_BR` are `pt-BR`, anything unknown is the profile's own. */
function nearestLanguage(language: string, profile: BusinessProfile): Language {
	const wanted = language.replace('_', '-').toLowerCase();
	return (
		LANGUAGES.find((known) => known.toLowerCase() === wanted) ??
		LANGUAGES.find((known) => known.slice(0, 2) === wanted.slice(0, 2)) ??
		profile.language
	);
}

/**
 * Words of a key with their placeholders: the profile's own, else the product's, in the language, else the profile's language, else
 * Spanish.
 *
 * @throws TextError when the key is unknown.
 */
export function wordsOf(key: string, profile: BusinessProfile, language: Language): string {
	const own = ownValue(profile.texts[language], key);
	if (own !== undefined) return own;
	const catalogued = isTextKey(key) ? texts[key] : undefined;
	const words =
		catalogued?.[language] ??
		ownValue(profile.texts[profile.language], key) ??
		catalogued?.[profile.language] ??
		ownValue(profile.texts.es, key) ??
		catalogued?.es;
	if (words === undefined)
		throw new TextError(key, `There is no text '${key}'. Add it to the texts of the business profile.`);
	return words;
}

const KEYCAPS = ['1️⃣', '2️⃣', '3️⃣', '4️⃣', '5️⃣', '6️⃣', '7️⃣', '8️⃣', '9️⃣', '🔟'];

function optionLines(profile: BusinessProfile, language: Language, first: boolean): string {
	return profile.options
		.map((option, index) => `${KEYCAPS[index]} ${optionLabel(option, profile, language, first)}`)
		.join('\n');
}

function optionLabel(option: MenuOption, profile: BusinessProfile, language: Language, first: boolean): string {
	const translated = language === profile.language ? undefined : option.translations[language];
	const { label, firstLabel } = translated ?? option;
	return first ? (firstLabel ?? label) : label;
}

/** Values that any text may use and that come from the profile. */
function profileValue(name: string, profile: BusinessProfile, language: Language): string | undefined {
	switch (name) {
		case 'business':
			return profile.name;
		case 'slogan':
			return profile.slogan;
		case 'options':
			return optionLines(profile, language, false);
		case 'first_options':
			return optionLines(profile, language, true);
		case 'hours':
			return profile.hours.inWords;
		case 'address':
			return profile.address;
		case 'privacy_url':
			return profile.consent.privacyUrl;
		default:
			return undefined;
	}
}

function fill(
	key: string,
	words: string,
	values: Readonly<Record<string, string | number>>,
	profile: BusinessProfile,
	language: Language,
): string {
	// A line that is nothing but an empty value (no slogan) disappears with its line break.
	return words
		.split('\n')
		.flatMap((line) => {
			const filled = line.replace(/\{([a-z_]+)\}/g, (placeholder, name: string) => {
				const value = ownValue(values, name) ?? profileValue(name, profile, language);
				if (value === undefined) throw new TextError(key, `The text '${key}' needs a value for ${placeholder}.`);
				return String(value);
			});
			return filled === '' && line !== '' ? [] : [filled];
		})
		.join('\n');
}

/**
 * One sentence, ready to be read.
 *
 * @throws TextError when the key is unknown or a placeholder has no value.
 */
export function renderText(part: TextPart, profile: BusinessProfile, language: string): string {
	const nearest = nearestLanguage(language, profile);
	const sentence = fill(part.text, wordsOf(part.text, profile, nearest), part.values ?? {}, profile, nearest);
	return [sentence, ...(part.lines ?? []).map((line) => renderText(line, profile, nearest))].join('\n');
}

/** WhatsApp's limit for the title of a reply button; a list row allows 24. */
const BUTTON_TITLE_LENGTH = 20;

function renderChoice(choice: ChoicePart, profile: BusinessProfile, language: Language): Choice {
	// Options and answers of the profile bring their own title; only the bot's own buttons are in the catalogue.
	const [kind, first, second] = choice.text.split(':');
	let title: string | undefined;
	if (kind === 'option') {
		const option = profile.options.find((candidate) => candidate.id === first);
		title = (language === profile.language ? undefined : option?.translations[language]?.title) ?? option?.title;
	} else if (kind === 'choice') {
		const answer = [...profile.contactFields, ...profile.options.flatMap((option) => option.questions)]
			.filter((question) => question.field === first)
			.flatMap((question) => question.choices)
			.find((candidate) => candidate.value === second);
		title = (language === profile.language ? undefined : answer?.translations[language]) ?? answer?.title;
	} else if (kind === 'literal') {
		title = String(choice.values?.['title'] ?? '');
	} else {
		title = fill(choice.text, wordsOf(choice.text, profile, language), choice.values ?? {}, profile, language);
	}
	if (!title) throw new TextError(choice.text, `There is no title for the button '${choice.text}'.`);
	return { id: choice.id, title: [...title].slice(0, BUTTON_TITLE_LENGTH).join('') };
}

/**
 * The bubble of a turn: its parts joined by an empty line, each word for word, with its buttons.
 *
 * @param language the conversation's language (`es`, `en`, `pt-BR` or a locale near one of them)
 * @throws TextError when a text is unknown or a placeholder has no value
 */
export function render(effect: SayEffect, profile: BusinessProfile, language: string): OutboundMessage {
	const nearest = nearestLanguage(language, profile);
	const text = effect.parts.map((part) => renderText(part, profile, nearest)).join('\n\n');
	if (effect.link !== undefined)
		return {
			type: 'url_button',
			text,
			label: renderText({ text: effect.link.text }, profile, nearest),
			url: effect.link.url,
		};
	if (!effect.choices?.length) return { type: 'text', text };
	const choices = effect.choices.map((choice) => renderChoice(choice, profile, nearest));
	return choices.length > 3
		? { type: 'choices', text, choices, listLabel: renderText({ text: 'list_label' }, profile, nearest) }
		: { type: 'choices', text, choices };
}
