/** When collection and advertising may leave: by country, by the business's own hours, on holidays and in any zone (D25). */
import { DateTime } from 'luxon';

import { contactHoursOf, COUNTRIES_WITH_LAW, lawfulHours } from '../../nodes/shared/domain/consent/contactHours';
import { collectionTime, mayWrite } from '../../nodes/shared/domain/consent/mayWrite';
import {
	businessProfileSchema,
	type BusinessProfile,
	type BusinessProfileInput,
} from '../../nodes/shared/domain/profile/businessProfile';
import { prosuministros } from '../../nodes/shared/domain/profile/prosuministros';
import { validateProfile } from '../../nodes/shared/domain/profile/validateProfile';
import { daysWithHours, minutesOf, WEEKDAYS } from '../../nodes/shared/domain/profile/weekHours';
import * as fc from '../support/properties';

const profileWith = (change: Partial<BusinessProfileInput>): BusinessProfile =>
	businessProfileSchema.parse({ ...structuredClone(prosuministros), ...change });

const inCountry = (country: string, timeZone: string): BusinessProfile => profileWith({ country, timeZone });

const local = (profile: BusinessProfile, time: string): Date =>
	DateTime.fromISO(time, { zone: profile.timeZone }).toJSDate();

const mayCollect = (profile: BusinessProfile, time: string, last?: string): boolean =>
	mayWrite(
		'collection',
		{ lastCollectionAt: last === undefined ? undefined : local(profile, last).getTime() },
		local(profile, time),
		profile,
	).allowed;

const problemsOf = (input: BusinessProfile): ReadonlyArray<{ path: string; message: string }> => {
	const result = validateProfile(input);
	return 'problems' in result ? result.problems : [];
};

describe('D25: the hours of the country, until somebody says otherwise', () => {
	// Monday 2026-11-23 to Sunday 2026-11-29: no holiday in any of these countries.
	test.each<[string, string, string, string, string | undefined, string | undefined]>([
		['CO', 'America/Bogota', '07:00', '19:00', '08:00', '15:00'],
		['PE', 'America/Lima', '07:00', '20:00', undefined, undefined],
		['EC', 'America/Guayaquil', '07:00', '20:00', undefined, undefined],
		['CL', 'America/Santiago', '08:00', '20:00', '08:00', '20:00'],
		['MX', 'America/Mexico_City', '07:00', '22:00', undefined, undefined],
		['BR', 'America/Sao_Paulo', '09:00', '19:00', undefined, undefined],
		['ES', 'Europe/Madrid', '09:00', '21:00', undefined, undefined],
		['AR', 'America/Argentina/Buenos_Aires', '09:00', '19:00', undefined, undefined],
		['US', 'America/New_York', '09:00', '19:00', undefined, undefined],
	])('%s: weekdays %s-%s by the clock of %s', (country, zone, from, to, saturdayFrom, saturdayTo) => {
		const profile = inCountry(country, zone);
		const minuteBefore = (day: string, clock: string): string =>
			DateTime.fromISO(`${day}T${clock}`).minus({ minutes: 1 }).toISO({ includeOffset: false }) ?? '';
		// The holidays of the country differ: a Wednesday and a Saturday without one.
		const [weekday, saturday, sunday] = ['2026-11-25', '2026-11-28', '2026-11-29'];
		expect([
			mayCollect(profile, minuteBefore(weekday, from)),
			mayCollect(profile, `${weekday}T${from}`),
			mayCollect(profile, minuteBefore(weekday, to)),
			mayCollect(profile, `${weekday}T${to}`),
		]).toEqual([false, true, true, false]);
		expect(mayCollect(profile, `${sunday}T12:00`)).toBe(false);
		expect(mayCollect(profile, `${saturday}T${saturdayFrom ?? '12:00'}`)).toBe(saturdayFrom !== undefined);
		expect(mayCollect(profile, `${saturday}T${saturdayTo ?? '12:00'}`)).toBe(false);
	});

	test.each<[string, string, string, string]>([
		['CO', 'America/Bogota', '2026-07-20', 'independence'],
		['PE', 'America/Lima', '2026-07-28', 'independence'],
		['CL', 'America/Santiago', '2026-09-18', 'independence'],
		['MX', 'America/Mexico_City', '2026-09-16', 'independence'],
		['BR', 'America/Sao_Paulo', '2026-09-07', 'independence'],
		['ES', 'Europe/Madrid', '2026-10-12', 'the national day'],
		['AR', 'America/Argentina/Buenos_Aires', '2026-07-09', 'independence'],
	])('in %s (%s) nothing leaves on %s, %s, and in a country that works on it it does', (country, zone, day) => {
		expect(mayCollect(inCountry(country, zone), `${day}T12:00`)).toBe(false);
		expect(mayCollect({ ...inCountry(country, zone), country: 'PL' }, `${day}T12:00`)).toBe(true);
	});

	test('the same moment is early in one zone and late in another', () => {
		const at = new Date('2026-11-25T13:00:00Z');
		expect(mayWrite('collection', {}, at, inCountry('CO', 'America/Bogota')).allowed).toBe(true);
		expect(mayWrite('collection', {}, at, inCountry('MX', 'America/Tijuana')).allowed).toBe(false);
	});

	test('a country whose rule we do not know gets hours that every rule we know of allows', () => {
		const cautious = lawfulHours('ZZ');
		expect(cautious.law).toBeUndefined();
		expect(COUNTRIES_WITH_LAW).toEqual(['BR', 'CL', 'CO', 'EC', 'ES', 'MX', 'PE']);
		for (const country of COUNTRIES_WITH_LAW) {
			const known = lawfulHours(country);
			expect(known.law).toMatch(/\d/);
			for (const day of WEEKDAYS) {
				for (const range of cautious.week[day]) {
					expect([
						country,
						known.week[day].some(
							({ from, to }) => minutesOf(from) <= minutesOf(range.from) && minutesOf(range.to) <= minutesOf(to),
						),
					]).toEqual([country, true]);
				}
			}
		}
	});

	test.each(['constructor', 'valueOf', '__proto__', 'toString'])('%s is no country with a rule', (name) => {
		expect(lawfulHours(name)).toBe(lawfulHours('ZZ'));
	});

	test('Chile: at most two messages in any seven days, at least two days apart', () => {
		const profile = inCountry('CL', 'America/Santiago');
		expect(mayCollect(profile, '2026-11-27T12:00', '2026-11-24T18:00')).toBe(false);
		expect(mayCollect(profile, '2026-11-28T12:00', '2026-11-24T18:00')).toBe(true);
		let at = local(profile, '2026-11-24T12:00');
		const left: DateTime[] = [];
		while (left.length < 12) {
			const last = left.at(-1);
			at = collectionTime({ lastCollectionAt: last?.toMillis() }, at, profile);
			left.push(DateTime.fromJSDate(at, { zone: profile.timeZone }));
		}
		for (const first of left) {
			const week = left.filter((other) => other >= first && other < first.plus({ days: 7 }));
			expect(week.length).toBeLessThanOrEqual(2);
		}
	});

	test('what is refused is said with the hours that count', () => {
		const at = (profile: BusinessProfile) => mayWrite('collection', {}, local(profile, '2026-11-29T12:00'), profile);
		expect(at(prosuministros)).toEqual({
			allowed: false,
			code: 'outsideContactHours',
			reason: 'Such messages leave Monday to Friday 7:00–19:00, Saturday 8:00–15:00 only.',
		});
		expect(at(inCountry('PE', 'America/Lima'))).toEqual({
			allowed: false,
			code: 'outsideContactHours',
			reason: 'Such messages leave Monday to Friday 7:00–20:00 only.',
		});
	});
});

describe('D25: own hours of the business', () => {
	const own = (change: Partial<BusinessProfile['contactHours']> = {}): BusinessProfile => ({
		...prosuministros,
		contactHours: {
			...prosuministros.contactHours,
			rule: 'own',
			week: {
				...prosuministros.contactHours.week,
				monday: [
					{ from: '14:00', to: '16:30' },
					{ from: '09:15', to: '12:00' },
				],
				sunday: [{ from: '20:00', to: '24:00' }],
			},
			...change,
		},
	});

	test.each<[string, boolean, string]>([
		['2026-11-23T09:14', false, 'before'],
		['2026-11-23T09:15', true, 'in the morning'],
		['2026-11-23T12:00', false, 'at noon'],
		['2026-11-23T16:29', true, 'in the afternoon'],
		['2026-11-23T16:30', false, 'after'],
		['2026-11-24T10:00', false, 'on a day without hours'],
		['2026-11-22T23:59', true, 'in the last minute of Sunday'],
	])('%s: %s (%s)', (time, allowed) => {
		expect(mayCollect(own(), time)).toBe(allowed);
		expect(mayWrite('marketing', { marketingSince: 1 }, local(own(), time), own()).allowed).toBe(allowed);
	});

	test('holidays count as any day where the business says so, also those it named itself', () => {
		// Monday 2026-12-07 is an own holiday; 2026-11-16 one of Colombia.
		const closed = { ...prosuministros.hours, holidays: ['2026-12-07'] };
		for (const day of ['2026-12-07', '2026-11-16']) {
			expect(mayCollect({ ...own(), hours: closed }, `${day}T10:00`)).toBe(false);
			expect(mayCollect({ ...own({ onHolidays: true }), hours: closed }, `${day}T10:00`)).toBe(true);
		}
	});

	test.each<[number, string, boolean]>([
		[0, '2026-11-23T09:20', true],
		[1, '2026-11-23T09:20', false],
		[1, '2026-11-22T23:59', true],
		[2, '2026-11-22T20:00', false],
		[7, '2026-11-17T10:00', false],
		[7, '2026-11-16T23:59', true],
	])('one collection message every %d days, the last at %s: %s', (collectionEveryDays, last, allowed) => {
		expect(mayCollect(own({ collectionEveryDays }), '2026-11-23T10:00', last)).toBe(allowed);
		// Advertising is not counted.
		const consent = { marketingSince: 1, lastCollectionAt: local(own(), last).getTime() };
		expect(mayWrite('marketing', consent, local(own(), '2026-11-23T10:00'), own({ collectionEveryDays })).allowed).toBe(
			true,
		);
	});

	test('a pause of several days is said as such', () => {
		const profile = own({ collectionEveryDays: 3 });
		const lastCollectionAt = local(profile, '2026-11-22T20:00').getTime();
		expect(mayWrite('collection', { lastCollectionAt }, local(profile, '2026-11-23T10:00'), profile)).toEqual({
			allowed: false,
			code: 'collectionTooSoon',
			reason: 'A collection message left less than 3 days ago.',
		});
	});

	test('hours that were written down and are not chosen change nothing', () => {
		const kept: BusinessProfile = { ...own(), contactHours: { ...own().contactHours, rule: 'country' } };
		expect(contactHoursOf(kept)).toBe(lawfulHours('CO'));
	});

	test('a profile from before this setting keeps the hours it had', () => {
		const { contactHours: _contactHours, approvals: _approvals, ...before } = prosuministros;
		const profile = businessProfileSchema.parse(before);
		expect(profile.contactHours.rule).toBe('country');
		expect(profile).toEqual(prosuministros);
	});

	test('own hours without any, or that end before they begin, are refused where they stand', () => {
		const none = Object.fromEntries(WEEKDAYS.map((day) => [day, []])) as unknown as BusinessProfile['hours']['week'];
		expect(problemsOf(own({ week: none }))).toEqual([
			{ path: 'Contact Hours › Week', message: 'needs hours on at least one day' },
		]);
		for (const to of ['09:00', '08:00', '00:00'])
			expect(problemsOf(own({ week: { ...none, friday: [{ from: '09:00', to }] } }))).toEqual([
				{ path: 'Contact Hours › Week › Friday 1 › To', message: 'must be later than 09:00' },
			]);
		// Until they are chosen, nobody needs them.
		expect(problemsOf({ ...own({ week: none, rule: 'country' }) })).toEqual([]);
	});

	test('a range that the clock leaves out when it is put forward waits for the next day', () => {
		// New York, 2026-03-08: after 1:59 comes 3:00.
		const week = {
			...prosuministros.contactHours.week,
			sunday: [{ from: '02:10', to: '02:50' }],
			monday: [{ from: '08:00', to: '09:00' }],
		};
		const profile = { ...own({ week, onHolidays: true }), timeZone: 'America/New_York' };
		const time = collectionTime({}, local(profile, '2026-03-08T00:30'), profile);
		expect(time).toEqual(local(profile, '2026-03-09T08:00'));
	});

	const clock = fc
		.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
		.map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
	const ranges = fc.array(
		fc
			.tuple(clock, clock)
			.filter(([one, other]) => one !== other)
			.map((pair) => {
				const [from = '', to = ''] = [...pair].sort();
				return { from, to };
			}),
		{ maxLength: 3 },
	);
	const zones = ['America/Bogota', 'America/Santiago', 'America/Asuncion', 'Europe/Madrid', 'Asia/Kathmandu', 'UTC'];

	test('whatever the hours, the zone and the last message: it leaves when it may, never before, and nothing earlier would do', () => {
		fc.assert(
			fc.property(
				fc.record(Object.fromEntries(WEEKDAYS.map((day) => [day, ranges]))),
				fc.constantFrom(...zones),
				fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-12-31') }),
				fc.option(fc.integer({ min: 0, max: 40 * 86_400_000 }), { nil: undefined }),
				fc.integer({ min: 0, max: 30 }),
				fc.boolean(),
				(week, timeZone, at, ago, collectionEveryDays, onHolidays) => {
					const contactHours = { rule: 'own' as const, week, collectionEveryDays, onHolidays };
					const parsed = businessProfileSchema.parse({ ...prosuministros, timeZone, contactHours });
					fc.pre(problemsOf(parsed).length === 0);
					const lastCollectionAt = ago === undefined ? undefined : at - ago;
					const may = (moment: number): boolean =>
						mayWrite('collection', { lastCollectionAt }, new Date(moment), parsed).allowed;
					const time = collectionTime({ lastCollectionAt }, new Date(at), parsed).getTime();
					expect(time).toBeGreaterThanOrEqual(at);
					expect(may(time)).toBe(true);
					const earlier = Array.from({ length: 40 }, (_, step) => at + ((time - at) * step) / 40);
					if (time > at) for (const moment of earlier) expect([moment, may(moment)]).toEqual([moment, false]);
				},
			),
			{ numRuns: 150 },
		);
	});
});

describe('D25: hours as people say them', () => {
	const { week } = prosuministros.contactHours;
	test.each<[Partial<BusinessProfile['hours']['week']>, ReadonlyArray<[string, string, string]>]>([
		[{}, []],
		[{ monday: [{ from: '07:00', to: '19:00' }] }, [['monday', 'monday', '7:00–19:00']]],
		[
			{ monday: [{ from: '10:00', to: '12:00' }], wednesday: [{ from: '10:00', to: '12:00' }] },
			[
				['monday', 'monday', '10:00–12:00'],
				['wednesday', 'wednesday', '10:00–12:00'],
			],
		],
		[
			{
				saturday: [
					{ from: '08:00', to: '12:00' },
					{ from: '14:00', to: '24:00' },
				],
				sunday: [
					{ from: '08:00', to: '12:00' },
					{ from: '14:00', to: '24:00' },
				],
			},
			[['saturday', 'sunday', '8:00–12:00, 14:00–24:00']],
		],
	])('%j', (days, said) => {
		expect(daysWithHours({ ...week, ...days }).map(({ first, last, hours }) => [first, last, hours])).toEqual(said);
	});
});
