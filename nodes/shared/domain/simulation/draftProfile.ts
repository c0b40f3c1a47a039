import type { Intent } from '../classifier/types';
import type { BusinessProfile, MenuOption, QuestionChoice } from '../profile/businessProfile';
import { validateProfile } from '../profile/validateProfile';
import { isPhoneNumber } from './chatSides';
import type { SeenHours } from './openingHours';
import type { AskedFor, DraftProfile, FoundAdvisor, FoundKeyword } from './simulationReport';

/** From this share of all needs on, something inside "something else" deserves a button of its own. */
const OWN_OPTION_SHARE = 0.15;
const OWN_OPTION_CONVERSATIONS = 5;
const BUTTON_LENGTH = 20;
const KEYWORD_WEIGHT = 2;

export interface ChatFindings {
	readonly businessName: string | undefined;
	readonly askedFor: readonly AskedFor[];
	readonly keywords: readonly FoundKeyword[];
	readonly advisors: readonly FoundAdvisor[];
	readonly hours: SeenHours | undefined;
}

const withoutNumber = (title: string): string => title.replace(/^\s*\d+[.)]\s*/, '');

/** "3. Facturación y pagos" is longer than a button may be; whole words are left out. */
function numbered(title: string, place: number): string {
	const words = withoutNumber(title).split(' ');
	while (words.length > 1 && `${place}. ${words.join(' ')}`.length > BUTTON_LENGTH) words.pop();
	while (words.length > 1 && (words.at(-1) ?? '').length < 3) words.pop();
	return `${place}. ${words.join(' ')}`.slice(0, BUTTON_LENGTH);
}

const demandOf = (option: MenuOption, asked: ReadonlyMap<Intent, number>): number =>
	option.intents.reduce((sum, intent) => sum + (asked.get(intent) ?? 0), 0);

interface Split {
	readonly option: MenuOption;
	readonly added: readonly MenuOption[];
}

/** Takes out of an option what so many people ask for that it should stand on the menu itself. */
function withOwnOptions(option: MenuOption, asked: ReadonlyMap<Intent, number>, total: number): Split {
	const questions = option.questions.filter(({ type }) => type === 'choice');
	const popular = (choice: QuestionChoice): boolean =>
		choice.intents.length > 0 &&
		choice.intents.every((intent) => {
			const conversations = asked.get(intent) ?? 0;
			return conversations >= OWN_OPTION_CONVERSATIONS && conversations / total >= OWN_OPTION_SHARE;
		});
	const taken = questions.flatMap(({ choices }) => choices.filter(popular));
	// A question needs two answers at least; a menu of ten is no menu.
	const left = questions.every(({ choices }) => choices.filter((choice) => !popular(choice)).length >= 2);
	if (taken.length === 0 || !left) return { option, added: [] };
	const intents = new Set(taken.flatMap((choice) => choice.intents));
	return {
		option: {
			...option,
			intents: option.intents.filter((intent) => !intents.has(intent)),
			questions: option.questions.map((question) => ({
				...question,
				choices: question.choices.filter((choice) => !taken.includes(choice)),
			})),
		},
		added: taken.map((choice) => ({
			...option,
			id: choice.value,
			title: choice.title,
			label: choice.title,
			firstLabel: undefined,
			translations: {},
			keywords: choice.keywords,
			intents: choice.intents,
			area: choice.area ?? option.area,
			caseType: choice.caseType ?? option.caseType,
			questions: option.questions.filter(({ type }) => type !== 'choice'),
		})),
	};
}

function menuFrom(
	base: BusinessProfile,
	asked: ReadonlyMap<Intent, number>,
): { readonly options: MenuOption[]; readonly newOptions: string[] } {
	const total = [...asked.values()].reduce((sum, count) => sum + count, 0);
	const newOptions: string[] = [];
	const options = base.options.flatMap((option) => {
		const split = withOwnOptions(option, asked, total);
		const added = split.added.filter(({ id }) => !base.options.some((other) => other.id === id));
		if (added.length !== split.added.length) return [option];
		newOptions.push(...added.map(({ id }) => id));
		return [...added, split.option];
	});
	// What is left over stays last, however many ask for it.
	const rank = (option: MenuOption): number =>
		option.caseType === 'other' ? Number.NEGATIVE_INFINITY : demandOf(option, asked);
	return {
		newOptions,
		options: [...options]
			.sort((one, other) => rank(other) - rank(one) || 0)
			.map((option, index) => ({
				...option,
				title: numbered(option.title, index + 1),
				translations: Object.fromEntries(
					Object.entries(option.translations).map(([language, words]) => [
						language,
						{ ...words, title: numbered(words.title, index + 1) },
					]),
				),
			})),
	};
}

/**
 * A profile for a client whose chats were read, on top of another one: options in the order of what people ask, their own
 * words as keywords, the hours in which they were answered. Where a finding would make the profile invalid, the base stays.
 */
export function draftProfileFromChats(base: BusinessProfile, found: ChatFindings): DraftProfile {
	const needs = new Map(
		found.askedFor
			.filter(({ intent }) => base.options.some((option) => option.intents.includes(intent)))
			.map(({ intent, conversations }) => [intent, conversations]),
	);
	const { options, newOptions } = menuFrom(base, needs);
	const known = new Set(base.keywords.map(({ phrase }) => phrase));
	const name = found.businessName === undefined || isPhoneNumber(found.businessName) ? base.name : found.businessName;
	const draft = {
		...base,
		name,
		// Somebody else's slogan is worse than none.
		slogan: name === base.name ? base.slogan : '',
		options,
		keywords: [
			...base.keywords,
			...found.keywords
				.filter(({ phrase }) => !known.has(phrase))
				.map(({ intent, phrase }) => ({ intent, phrase, weight: KEYWORD_WEIGHT })),
		],
		hours: found.hours === undefined ? base.hours : { ...base.hours, ...found.hours },
	};
	const checked = validateProfile(draft);
	const { advisors, keywords } = found;
	if ('problems' in checked) return { profile: base, advisors, keywords, newOptions: [], hoursSeen: false };
	return { profile: checked.profile, advisors, keywords, newOptions, hoursSeen: found.hours !== undefined };
}
