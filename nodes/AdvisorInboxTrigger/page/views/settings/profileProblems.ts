import type { ZodIssue } from 'zod';

import { businessProfileSchema, type BusinessProfile } from '../../../../shared/domain/profile/businessProfile';
import { problemsOfProfile, type ProfilePath } from '../../../../shared/domain/profile/profileRules';
import type { SettingsWords } from '../../words/settings/es';

export interface ProfileProblems {
	/** How many values are wrong. */
	readonly count: number;
	/** The first one's place. */
	readonly first?: ProfilePath;
	/** What is wrong with the value at a place, in words. */
	readonly at: (...path: ProfilePath) => string | undefined;
	/** Whether anything at a place or inside of it is wrong. */
	readonly under: (path: ProfilePath) => boolean;
}

const keyOf = (path: ProfilePath): string => JSON.stringify(path);

type Trouble = SettingsWords['trouble'];

/** Fields that are written in a form of their own, by the last name of their place. */
const FORMS: ReadonlyMap<string | number, Exclude<keyof Trouble, 'rules'>> = new Map([
	['field', 'key'],
	['value', 'key'],
	['id', 'key'],
	['from', 'clock'],
	['to', 'clock'],
	['quietFrom', 'clock'],
	['quietTo', 'clock'],
	['privacyUrl', 'url'],
	['country', 'country'],
	['amount', 'amount'],
	['input', 'amount'],
	['output', 'amount'],
	['currency', 'currency'],
	['numberPattern', 'counter'],
] as const);

function formOf({ path }: ZodIssue, trouble: Trouble): string {
	const last = path.at(-1);
	const form = FORMS.get(typeof last === 'number' ? (path.at(-2) ?? '') : (last ?? ''));
	if (form !== undefined) {
		const said = trouble[form];
		if (typeof said === 'string') return said;
	}
	return path.includes('holidays') ? trouble.day : trouble.unfit;
}

function wordsOf(issue: ZodIssue, trouble: Trouble): string {
	switch (issue.code) {
		case 'too_small': {
			const least = Number(issue.minimum);
			if (issue.type === 'string') return least <= 1 ? trouble.empty : trouble.longer(least);
			if (issue.type === 'array') return trouble.chooseOne;
			return issue.inclusive ? trouble.atLeast(least) : trouble.moreThan(least);
		}
		case 'too_big': {
			const most = Number(issue.maximum);
			if (issue.type === 'string') return trouble.shorter(most);
			return issue.type === 'array' ? trouble.fewer(most) : trouble.atMost(most);
		}
		case 'custom':
			return issue.path[0] === 'retention' ? trouble.keptDays : trouble.unfit;
		case 'invalid_type':
			return issue.expected === 'integer' ? trouble.whole : trouble.unfit;
		case 'invalid_string':
		case 'invalid_union':
			return formOf(issue, trouble);
		default:
			return trouble.unfit;
	}
}

/** Everything that the desk would refuse of a profile, in words for whoever fills in its forms. */
export function problemsIn(profile: BusinessProfile, trouble: Trouble): ProfileProblems {
	const parsed = businessProfileSchema.safeParse(profile);
	const found: ReadonlyArray<readonly [ProfilePath, string]> = parsed.success
		? problemsOfProfile(parsed.data).map(({ path, rule, about }) => [path, trouble.rules[rule](about)] as const)
		: parsed.error.issues.map((issue) => [issue.path, wordsOf(issue, trouble)] as const);
	const byPlace = new Map([...found].reverse().map(([path, words]) => [keyOf(path), words]));
	return {
		count: byPlace.size,
		first: found[0]?.[0],
		at: (...path) => byPlace.get(keyOf(path)),
		under: (path) => found.some(([place]) => path.every((part, index) => place[index] === part)),
	};
}
