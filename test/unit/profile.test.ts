import { businessProfileSchema, type BusinessProfileInput } from '../../nodes/shared/domain/profile/businessProfile';
import { profiles, prosuministros } from '../../nodes/shared/domain/profile/prosuministros';
import { validateProfile } from '../../nodes/shared/domain/profile/validateProfile';

const problemsOf = (input: unknown) => {
	const result = validateProfile(input);
	return 'problems' in result ? result.problems : [];
};
const changed = (change: Partial<BusinessProfileInput>): unknown => ({ ...structuredClone(prosuministros), ...change });
const option = (change: object) =>
	changed({ options: [{ ...structuredClone(prosuministros.options[0]), ...change } as never] });

describe('D34: the defaults of every settled point stand in one table', () => {
	test('of the preset', () => {
		expect(prosuministros).toMatchObject({
			start: 'data',
			answerDelayMs: 1500,
			times: {
				firstReminderMinutes: 15,
				secondReminderMinutes: 120,
				closeMinutes: 720,
				duplicateHours: 24,
				handoffIdleHours: 12,
				quietFrom: '21:00',
				quietTo: '07:00',
			},
			handoff: { stalledTurns: 6 },
			cases: { numberPattern: 'PS-{YYYY}-{000001}' },
			leads: { rule: 'formal' },
			payments: { reminders: 2 },
		});
	});

	test('and of any other profile that says nothing', () => {
		const bare = businessProfileSchema.parse({
			name: 'X',
			options: prosuministros.options,
			areas: prosuministros.areas,
		});

		expect(bare.times).toEqual(prosuministros.times);
		expect(bare.handoff).toEqual(prosuministros.handoff);
		expect(bare.contactFields.map(({ textKey }) => textKey)).toEqual(['A2', 'A3']);
	});
});

describe('a profile is checked in words that name the field', () => {
	test('the preset has no problem, and comes back complete', () => {
		expect(validateProfile(profiles.prosuministros)).toEqual({ profile: prosuministros });
	});

	test('it survives export and import', () => {
		expect(validateProfile(JSON.parse(JSON.stringify(prosuministros)))).toEqual({ profile: prosuministros });
	});

	test.each<[string, unknown, string, string]>([
		['nothing', {}, 'Name', 'is missing'],
		['no object', 'x', 'Business Profile', 'must be object, not string'],
		[
			'a long button',
			option({ title: 'Una cotización muy formal' }),
			'Menu Option “Una cotización muy formal” › Title',
			'20 characters',
		],
		['no title', option({ title: '' }), 'Menu Option 1 › Title', 'must not be empty'],
		['an unknown area', option({ area: 'moon' }), 'Menu Option “1. Cotización” › Area', "'moon' is no area"],
		[
			'an unknown text',
			option({ confirmation: ['Z9'] }),
			'Menu Option “1. Cotización” › Confirmation 1',
			"'Z9' has no text",
		],
		[
			'one button',
			option({
				questions: [{ field: 'a', type: 'choice', textKey: 'D2', choices: [{ value: 'x', title: 'X' }] }],
			}),
			'Menu Option “1. Cotización” › Question 1 › Button',
			'at least two',
		],
		[
			'a field twice',
			option({
				questions: [
					{ field: 'a', type: 'text', textKey: 'D1' },
					{ field: 'a', type: 'text', textKey: 'D2' },
				],
			}),
			'Menu Option “1. Cotización” › Question 2 › Field',
			'used twice',
		],
		[
			'a condition on a later question',
			option({ questions: [{ field: 'a', type: 'text', textKey: 'D1', onlyWhen: [{ field: 'b', is: ['x'] }] }] }),
			'Menu Option “1. Cotización” › Question 1 › Condition',
			"'b' is no earlier question",
		],
		['a time zone', changed({ timeZone: 'Bogota' }), 'Time Zone', 'America/Bogota'],
		[
			'reminders out of order',
			changed({ times: { firstReminderMinutes: 200 } }),
			'Times › Second Reminder',
			'later than the first',
		],
		['a close after the window', changed({ times: { closeMinutes: 2000 } }), 'Times › Close', '24 hours'],
		[
			'a number without a counter',
			changed({ cases: { numberPattern: 'PS' } }),
			'Cases › Case Number Pattern',
			'{000001}',
		],
		[
			'eleven options',
			changed({ options: Array.from({ length: 11 }, () => structuredClone(prosuministros.options[0])) as never }),
			'Menu Option',
			'at most 10',
		],
		['a language without the main one', changed({ languages: ['en'] }), 'Languages', '(es)'],
	])('%s', (_name, input, path, message) => {
		expect(problemsOf(input)).toContainEqual({ path, message: expect.stringContaining(message) });
	});

	test('every problem is reported at once', () => {
		expect(problemsOf(changed({ name: '', country: 'Colombia', timeZone: 'x' })).length).toBeGreaterThanOrEqual(2);
	});

	test('texts of the profile’s own may be asked and confirmed with', () => {
		const own = changed({
			texts: { es: { my_question: '¿Cuál?' } },
			options: [
				{
					...structuredClone(prosuministros.options[0]),
					questions: [{ field: 'a', type: 'text', textKey: 'my_question' }],
				} as never,
			],
		});

		expect(problemsOf(own)).toEqual([]);
	});
});
