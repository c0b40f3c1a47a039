import type { BusinessProfile } from './businessProfile';

/** A value that the dialogue keeps, by the name that the business gave it: its menu option, or the button's title. */
function answerInWords({ options }: BusinessProfile, field: string, value: string): string {
	if (field === 'flow') return options.find(({ id }) => id === value)?.label ?? value;
	const choices = options
		.flatMap(({ questions }) => questions)
		.flatMap((question) => (question.field === field ? question.choices : []));
	return choices.find((choice) => choice.value === value)?.title ?? value;
}

/** The same for all that is known of a request. */
export const answersInWords = (
	profile: BusinessProfile,
	known: Readonly<Record<string, string>>,
): Record<string, string> =>
	Object.fromEntries(Object.entries(known).map(([field, value]) => [field, answerInWords(profile, field, value)]));
