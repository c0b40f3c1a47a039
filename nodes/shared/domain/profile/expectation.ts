import { z } from 'zod';

import { areaName } from '../cases/areaRouting';
import type { ReplayOutcome } from '../conversation/replay';
import { CASE_TYPES, type BusinessProfile } from './businessProfile';
import type { OperatorLanguage } from './fieldNames';

/** How a conversation that is kept as a test must end. What is left out is not looked at. */
export const expectationSchema = z.object({
	/** Id of the menu option. */
	option: z.string().min(1).optional(),
	caseType: z.enum(CASE_TYPES).optional(),
	/** Key of the area. */
	area: z.string().min(1).optional(),
	lead: z.boolean().optional(),
	/** Whether a person takes over. */
	person: z.boolean().optional(),
	/** How many cases it makes. */
	cases: z.number().int().min(0).optional(),
});

export type Expectation = z.infer<typeof expectationSchema>;

/** How a conversation ended, as an expectation for the next profile. */
export function expectationOf(outcome: ReplayOutcome): Expectation {
	const last = outcome.cases.at(-1);
	return {
		cases: outcome.cases.length,
		person: outcome.takenOver !== undefined,
		...(last === undefined ? {} : { caseType: last.type, area: last.area, lead: last.lead }),
		...(last?.option === undefined ? {} : { option: last.option }),
	};
}

export const optionTitle = (id: string | undefined, profile: BusinessProfile): string | undefined =>
	profile.options.find((option) => option.id === id)?.title ?? id;

interface Aspect {
	readonly name: Readonly<Record<OperatorLanguage, string>>;
	shown(value: unknown, profile: BusinessProfile, language: OperatorLanguage): string;
}

const NOTHING = { en: 'none', es: 'ninguna' } as const;
const YES = { en: 'yes', es: 'sí' } as const;
const NO = { en: 'no', es: 'no' } as const;

const yesOrNo = (value: unknown, _profile: BusinessProfile, language: OperatorLanguage): string =>
	value === true ? YES[language] : NO[language];

const ASPECTS: Readonly<Record<keyof Expectation, Aspect>> = {
	option: {
		name: { en: 'menu option', es: 'opción del menú' },
		shown: (value, profile, language) => optionTitle(value as string | undefined, profile) ?? NOTHING[language],
	},
	caseType: {
		name: { en: 'case type', es: 'tipo de caso' },
		shown: (value, _profile, language) => String(value ?? NOTHING[language]),
	},
	area: {
		name: { en: 'area', es: 'área' },
		shown: (value, profile, language) => (value === undefined ? NOTHING[language] : areaName(value as string, profile)),
	},
	lead: { name: { en: 'makes a lead', es: 'crea un lead' }, shown: yesOrNo },
	person: { name: { en: 'a person takes over', es: 'pasa a una persona' }, shown: yesOrNo },
	cases: { name: { en: 'cases', es: 'casos' }, shown: (value) => String(value ?? 0) },
};

/** One thing in which a conversation does not end as it must. */
export interface UnmetExpectation {
	readonly aspect: keyof Expectation;
	readonly found: Expectation[keyof Expectation];
	readonly wanted: Expectation[keyof Expectation];
}

/** What an outcome does not fulfil; empty when it ends as expected. */
export function unmetExpectations(expected: Expectation, outcome: ReplayOutcome): UnmetExpectation[] {
	const ended = expectationOf(outcome);
	return (Object.keys(ASPECTS) as Array<keyof Expectation>).flatMap((aspect) => {
		const wanted = expected[aspect];
		const found = ended[aspect] ?? (aspect === 'lead' ? false : undefined);
		return wanted === undefined || wanted === found ? [] : [{ aspect, found, wanted }];
	});
}

/** The same in words. */
export function unmetInWords(
	{ aspect, found, wanted }: UnmetExpectation,
	profile: BusinessProfile,
	language: OperatorLanguage,
): string {
	const { name, shown } = ASPECTS[aspect];
	const instead = language === 'en' ? 'instead of' : 'en vez de';
	return `${name[language]}: ${shown(found, profile, language)} ${instead} ${shown(wanted, profile, language)}`;
}

/** A value for a page that says it in its own language: options and areas by their names, yes and no and kinds of case by key. */
export function unmetValue(
	aspect: keyof Expectation,
	value: UnmetExpectation['found'],
	profile: BusinessProfile,
): string {
	if (value === undefined) return '';
	if (typeof value === 'boolean') return value ? 'yes' : 'no';
	if (aspect === 'option') return optionTitle(String(value), profile) ?? '';
	return aspect === 'area' ? areaName(String(value), profile) : String(value);
}
