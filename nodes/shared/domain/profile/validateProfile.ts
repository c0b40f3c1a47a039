import { IANAZone } from 'luxon';
import type { ZodIssue } from 'zod';

import { TEXT_KEYS } from '../conversation/textKeys';
import { valuesOfText } from '../conversation/textValues';
import { businessProfileSchema, type BusinessProfile, type Question } from './businessProfile';
import { fieldName } from './fieldNames';

/** What is wrong with a profile, for the person who edits it. */
export interface ProfileProblem {
	/** Where, in the words of the form: "Menu Option “2. Estado de pedido” › Question 1 › Button 3 › Title". */
	readonly path: string;
	readonly message: string;
}

export type ProfileValidation =
	| { readonly profile: BusinessProfile }
	| { readonly problems: readonly ProfileProblem[] };

/** What the button of a menu option says. */
function titleOfOption(input: unknown, place: number): string | undefined {
	const options: unknown =
		typeof input === 'object' && input !== null && 'options' in input ? input.options : undefined;
	const option: unknown = Array.isArray(options) ? options[place] : undefined;
	return typeof option === 'object' && option !== null && 'title' in option && typeof option.title === 'string'
		? option.title.trim() || undefined
		: undefined;
}

/**
 * "options", 1, "questions", 0, "title" as "Menu Option “2. Estado de pedido” › Question 1 › Title": a form may hold other
 * options than the profile it changes, so a number would point to another row. Without a title there is only the number.
 */
function inWords(path: ReadonlyArray<string | number>, input: unknown): string {
	const parts: string[] = [];
	path.forEach((part, index) => {
		if (typeof part !== 'number') return parts.push(fieldName(part));
		const title = index === 1 && path[0] === 'options' ? titleOfOption(input, part) : undefined;
		return parts.push(`${parts.pop() ?? 'Entry'} ${title === undefined ? part + 1 : `“${title}”`}`);
	});
	return parts.length === 0 ? 'Business Profile' : parts.join(' › ');
}

function messageOf(issue: ZodIssue): string {
	switch (issue.code) {
		case 'invalid_type':
			return issue.received === 'undefined' ? 'is missing' : `must be ${issue.expected}, not ${issue.received}`;
		case 'invalid_enum_value':
			return `must be one of ${issue.options.join(', ')}`;
		default:
			return issue.message;
	}
}

type Report = (path: ReadonlyArray<string | number>, message: string) => void;

function checkQuestions(
	questions: readonly Question[],
	path: ReadonlyArray<string | number>,
	areas: ReadonlySet<string>,
	knowsText: (key: string) => boolean,
	report: Report,
): void {
	const earlier = new Set<string>();
	questions.forEach((question, index) => {
		const here = [...path, index];
		if (earlier.has(question.field))
			report([...here, 'field'], `'${question.field}' is used twice; give every question its own field`);
		if (!knowsText(question.textKey))
			report([...here, 'textKey'], `'${question.textKey}' has no text; add it under Texts`);
		if (question.invalidTextKey !== undefined && !knowsText(question.invalidTextKey))
			report([...here, 'invalidTextKey'], `'${question.invalidTextKey}' has no text; add it under Texts`);
		if (question.type === 'choice' && question.choices.length < 2)
			report([...here, 'choices'], 'needs at least two buttons');
		for (const { field } of question.onlyWhen)
			if (!earlier.has(field)) report([...here, 'onlyWhen'], `'${field}' is no earlier question of this option`);
		question.choices.forEach((choice, position) => {
			if (question.choices.findIndex(({ value }) => value === choice.value) !== position)
				report([...here, 'choices', position, 'value'], `'${choice.value}' is used twice`);
			if (choice.area !== undefined && !areas.has(choice.area))
				report([...here, 'choices', position, 'area'], `'${choice.area}' is no area of this profile`);
		});
		earlier.add(question.field);
	});
}

/** What a schema alone cannot see: areas, texts and fields that are named must exist, and times must follow each other. */
function checkReferences(profile: BusinessProfile, report: Report): void {
	const areas = new Set(profile.areas.map(({ key }) => key));
	const texts = new Set<string>([
		...TEXT_KEYS,
		...Object.values(profile.texts).flatMap((own) => Object.keys(own ?? {})),
	]);
	const knowsText = (key: string): boolean => texts.has(key);
	const area = (key: string, path: ReadonlyArray<string | number>): void => {
		if (!areas.has(key)) report(path, `'${key}' is no area of this profile`);
	};
	profile.areas.forEach(({ key }, index) => {
		if (profile.areas.findIndex((other) => other.key === key) !== index)
			report(['areas', index, 'key'], `'${key}' is used twice`);
	});
	checkQuestions(profile.contactFields, ['contactFields'], areas, knowsText, report);
	profile.options.forEach((option, index) => {
		if (profile.options.findIndex(({ id }) => id === option.id) !== index)
			report(['options', index, 'id'], `'${option.id}' is used twice`);
		area(option.area, ['options', index, 'area']);
		checkQuestions(option.questions, ['options', index, 'questions'], areas, knowsText, report);
		for (const list of ['confirmation', 'confirmationWithoutAdvisor'] as const)
			option[list].forEach((key, position) => {
				if (!knowsText(key)) report(['options', index, list, position], `'${key}' has no text; add it under Texts`);
			});
	});
	profile.tags.rules.forEach((rule, index) =>
		rule.areas.forEach((key, position) => area(key, ['tags', 'rules', index, 'areas', position])),
	);
	area(profile.withoutOption.area, ['withoutOption', 'area']);
	for (const [type, key] of Object.entries(profile.areaByCaseType)) area(key, ['areaByCaseType', type]);
	if (!IANAZone.isValidZone(profile.timeZone)) report(['timeZone'], 'is no time zone; use a name like America/Bogota');
	if (!profile.languages.includes(profile.language))
		report(['languages'], `must contain the profile's own language (${profile.language})`);
	const { firstReminderMinutes, secondReminderMinutes, closeMinutes } = profile.times;
	if (secondReminderMinutes <= firstReminderMinutes)
		report(['times', 'secondReminderMinutes'], 'must be later than the first reminder');
	if (closeMinutes <= secondReminderMinutes)
		report(['times', 'closeMinutes'], 'must be later than the second reminder');
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
						`${placeholder} is nothing this text knows; it may use ${allowed.map((one) => `{${one}}`).join(', ')}`,
					);
				else if (name === 'advisor' && (withoutAlternative.has(key) || withoutAdvisor.has(key)))
					report(path, '{advisor} may be nobody here; add a Confirmation Without Advisor to the menu option');
			}
		}
	}
}

/**
 * Checks a profile as it comes from a form or an import.
 *
 * @returns the complete profile with every default filled in, or every problem at once, each with its place in words
 */
export function validateProfile(input: unknown): ProfileValidation {
	const parsed = businessProfileSchema.safeParse(input);
	if (!parsed.success)
		return {
			problems: parsed.error.issues.map((issue) => ({ path: inWords(issue.path, input), message: messageOf(issue) })),
		};
	const problems: ProfileProblem[] = [];
	const report: Report = (path, message) => problems.push({ path: inWords(path, parsed.data), message });
	checkReferences(parsed.data, report);
	checkPlaceholders(parsed.data, report);
	return problems.length > 0 ? { problems } : { profile: parsed.data };
}
