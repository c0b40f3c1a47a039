import { TEXT_KEYS } from '../conversation/textKeys';
import { valuesOfText } from '../conversation/textValues';
import type { BusinessProfile, Question } from './businessProfile';
import { minutesOf, WEEKDAYS } from './weekHours';

/** What a schema alone cannot see: each rule by a name of its own, so that a form can say it in its own language. */
export type ProfileRule =
	| 'advisorMayBeNobody'
	| 'closeTooEarly'
	| 'emptyText'
	| 'endsBeforeItBegins'
	| 'languageMissing'
	| 'noArea'
	| 'noContactHours'
	| 'noEarlierQuestion'
	| 'noText'
	| 'noTimeZone'
	| 'secondReminderTooEarly'
	| 'tooFewChoices'
	| 'unknownValue'
	| 'usedTwice';

export type ProfilePath = ReadonlyArray<string | number>;

export interface ProfileRuleProblem {
	readonly path: ProfilePath;
	readonly rule: ProfileRule;
	/** What it is about, as it stands in the profile. */
	readonly about: string;
	/** For people who read English. */
	readonly message: string;
}

type Report = (path: ProfilePath, rule: ProfileRule, about: string, message: string) => void;

function checkQuestions(
	questions: readonly Question[],
	path: ProfilePath,
	areas: ReadonlySet<string>,
	text: (key: string, path: ProfilePath) => void,
	report: Report,
): void {
	const earlier = new Set<string>();
	questions.forEach((question, index) => {
		const here = [...path, index];
		const { field } = question;
		if (earlier.has(field))
			report([...here, 'field'], 'usedTwice', field, `'${field}' is used twice; give every question its own field`);
		text(question.textKey, [...here, 'textKey']);
		if (question.invalidTextKey !== undefined) text(question.invalidTextKey, [...here, 'invalidTextKey']);
		if (question.type === 'choice' && question.choices.length < 2)
			report([...here, 'choices'], 'tooFewChoices', field, 'needs at least two buttons');
		for (const condition of question.onlyWhen)
			if (!earlier.has(condition.field))
				report(
					[...here, 'onlyWhen'],
					'noEarlierQuestion',
					condition.field,
					`'${condition.field}' is no earlier question of this option`,
				);
		question.choices.forEach((choice, position) => {
			const there = [...here, 'choices', position];
			if (question.choices.findIndex(({ value }) => value === choice.value) !== position)
				report([...there, 'value'], 'usedTwice', choice.value, `'${choice.value}' is used twice`);
			if (choice.area !== undefined && !areas.has(choice.area))
				report([...there, 'area'], 'noArea', choice.area, `'${choice.area}' is no area of this profile`);
		});
		earlier.add(field);
	});
}

/** Areas, texts and fields that are named must exist, and times must follow each other. */
function checkReferences(profile: BusinessProfile, report: Report): void {
	const areas = new Set(profile.areas.map(({ key }) => key));
	const texts = new Set<string>([
		...TEXT_KEYS,
		...Object.values(profile.texts).flatMap((own) => Object.keys(own ?? {})),
	]);
	const own = new Map(Object.entries(profile.texts[profile.language] ?? {}));
	/** A sentence that is said by itself must say something. */
	const text = (key: string, path: ProfilePath): void => {
		if (!texts.has(key)) report(path, 'noText', key, `'${key}' has no text; add it under Texts`);
		else if (own.get(key)?.trim() === '') report(path, 'emptyText', key, `'${key}' says nothing; write it under Texts`);
	};
	const area = (key: string, path: ProfilePath): void => {
		if (!areas.has(key)) report(path, 'noArea', key, `'${key}' is no area of this profile`);
	};
	profile.areas.forEach(({ key }, index) => {
		if (profile.areas.findIndex((other) => other.key === key) !== index)
			report(['areas', index, 'key'], 'usedTwice', key, `'${key}' is used twice`);
	});
	checkQuestions(profile.contactFields, ['contactFields'], areas, text, report);
	profile.options.forEach((option, index) => {
		if (profile.options.findIndex(({ id }) => id === option.id) !== index)
			report(['options', index, 'id'], 'usedTwice', option.id, `'${option.id}' is used twice`);
		area(option.area, ['options', index, 'area']);
		checkQuestions(option.questions, ['options', index, 'questions'], areas, text, report);
		for (const list of ['confirmation', 'confirmationWithoutAdvisor'] as const)
			option[list].forEach((key, position) => text(key, ['options', index, list, position]));
	});
	profile.tags.rules.forEach((rule, index) =>
		rule.areas.forEach((key, position) => area(key, ['tags', 'rules', index, 'areas', position])),
	);
	area(profile.withoutOption.area, ['withoutOption', 'area']);
	for (const [type, key] of Object.entries(profile.areaByCaseType)) area(key, ['areaByCaseType', type]);
	if (!profile.languages.includes(profile.language))
		report(
			['languages'],
			'languageMissing',
			profile.language,
			`must contain the profile's own language (${profile.language})`,
		);
	const { firstReminderMinutes, secondReminderMinutes, closeMinutes } = profile.times;
	if (secondReminderMinutes <= firstReminderMinutes)
		report(['times', 'secondReminderMinutes'], 'secondReminderTooEarly', '', 'must be later than the first reminder');
	if (closeMinutes <= secondReminderMinutes)
		report(['times', 'closeMinutes'], 'closeTooEarly', '', 'must be later than the second reminder');
}

/** Own hours of contact must leave some time in which a message can leave: otherwise reminders would wait for ever. */
function checkContactHours({ contactHours: { rule, week } }: BusinessProfile, report: Report): void {
	if (rule !== 'own') return;
	if (WEEKDAYS.every((day) => week[day].length === 0))
		report(['contactHours', 'week'], 'noContactHours', '', 'needs hours on at least one day');
	for (const day of WEEKDAYS) {
		week[day].forEach(({ from, to }, index) => {
			if (minutesOf(to) <= minutesOf(from))
				report(['contactHours', 'week', day, index, 'to'], 'endsBeforeItBegins', from, `must be later than ${from}`);
		});
	}
}

/** A `{value}` that nothing fills would stop the bot in the middle of a conversation. */
function checkPlaceholders(profile: BusinessProfile, report: Report): void {
	const told = (list: 'confirmation' | 'confirmationWithoutAdvisor') =>
		new Set(profile.options.flatMap((option) => option[list]));
	const confirmations = told('confirmation');
	const withoutAdvisor = told('confirmationWithoutAdvisor');
	const withoutAlternative = new Set(
		profile.options.flatMap((option) => (option.confirmationWithoutAdvisor.length === 0 ? option.confirmation : [])),
	);
	const isConfirmation = (key: string) => confirmations.has(key) || withoutAdvisor.has(key);
	for (const [language, texts] of Object.entries(profile.texts)) {
		for (const [key, words] of Object.entries(texts ?? {})) {
			const allowed = valuesOfText(key, isConfirmation(key));
			const path = ['texts', language, key];
			for (const [placeholder, name = ''] of words.matchAll(/\{([a-z_]+)\}/g)) {
				if (!allowed.includes(name))
					report(
						path,
						'unknownValue',
						placeholder,
						`${placeholder} is nothing this text knows; it may use ${allowed.map((one) => `{${one}}`).join(', ')}`,
					);
				else if (name === 'advisor' && (withoutAlternative.has(key) || withoutAdvisor.has(key)))
					report(
						path,
						'advisorMayBeNobody',
						placeholder,
						'{advisor} may be nobody here; add a Confirmation Without Advisor to the menu option',
					);
			}
		}
	}
}

function isTimeZone(name: string): boolean {
	try {
		return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
	} catch {
		// What the engine knows of zones it tells by refusing all others.
		return false;
	}
}

/** What does not fit together in a profile whose every field fits by itself. */
export function problemsOfProfile(profile: BusinessProfile): readonly ProfileRuleProblem[] {
	const problems: ProfileRuleProblem[] = [];
	const report: Report = (path, rule, about, message) => problems.push({ path, rule, about, message });
	checkReferences(profile, report);
	checkPlaceholders(profile, report);
	checkContactHours(profile, report);
	if (!isTimeZone(profile.timeZone))
		report(['timeZone'], 'noTimeZone', profile.timeZone, 'is no time zone; use a name like America/Bogota');
	return problems;
}
