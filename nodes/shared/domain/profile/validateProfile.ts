import type { ZodIssue } from 'zod';

import { businessProfileSchema, type BusinessProfile } from './businessProfile';
import { fieldName } from './fieldNames';
import { problemsOfProfile } from './profileRules';

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
	const problems = problemsOfProfile(parsed.data).map(({ path, message }) => ({
		path: inWords(path, parsed.data),
		message,
	}));
	return problems.length > 0 ? { problems } : { profile: parsed.data };
}
