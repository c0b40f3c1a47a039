import { afterOpenMinutes } from '../../nodes/shared/domain/conversation/businessHours';
import { waitEndsAt } from '../../nodes/shared/domain/conversation/waiting';
import { businessProfileSchema, type BusinessProfile } from '../../nodes/shared/domain/profile/businessProfile';
import { prosuministros } from '../../nodes/shared/domain/profile/prosuministros';
import { Dialogue, known } from '../support/dialogue';

/** Mondays to Fridays 8 to 17:30 and Saturdays 8 to 12 in Bogotá. */
function withHours(handoff: Partial<BusinessProfile['handoff']> = {}): BusinessProfile {
	const day = [{ from: '08:00', to: '17:30' }];
	const week = { monday: day, tuesday: day, wednesday: day, thursday: day, friday: day, sunday: [] };
	return businessProfileSchema.parse({
		...prosuministros,
		hours: { week: { ...week, saturday: [{ from: '08:00', to: '12:00' }] } },
		handoff: { ...prosuministros.handoff, ...handoff },
	});
}

const local = (clock: string): Date => new Date(`${clock}:00-05:00`);
const reasons = (dialogue: Dialogue): readonly string[] => dialogue.all('handoff').map(({ reason }) => reason);

describe('D13: a customer who waits for a person', () => {
	test.each([
		['in the morning', '2026-11-23T09:00', 30, '2026-11-23T09:30'],
		['over the evening', '2026-11-23T17:20', 30, '2026-11-24T08:20'],
		['from the night', '2026-11-23T22:00', 30, '2026-11-24T08:30'],
		['over the weekend', '2026-11-28T11:50', 30, '2026-11-30T08:20'],
		['over a public holiday of the country', '2026-12-07T17:25', 30, '2026-12-09T08:25'],
		['longer than a day', '2026-11-23T08:00', 600, '2026-11-24T08:30'],
	])('opening hours only: %s', (_, from, minutes, until) => {
		expect(afterOpenMinutes(withHours(), local(from), minutes)).toEqual(local(until));
	});

	test('without opening hours every minute counts; 0 is never', () => {
		const since = '2026-11-24T03:00:00.000Z';
		const state = { mode: 'waiting', lastInboundAt: since } as const;
		const profile = { ...prosuministros, hours: withHours().hours };
		const always = { ...profile, handoff: { ...profile.handoff, waitingMinutes: 30, waitingInHoursOnly: false } };

		const unknownHours = businessProfileSchema.parse({ ...prosuministros, hours: {} });

		expect(afterOpenMinutes(unknownHours, new Date(since), 30)).toEqual(new Date('2026-11-24T03:30:00.000Z'));
		expect(waitEndsAt(state, {}, always)).toEqual(new Date('2026-11-24T03:30:00.000Z'));
		const never = { ...always, handoff: { ...always.handoff, waitingMinutes: 0 } };
		expect(waitEndsAt(state, {}, never)).toBeUndefined();
	});

	test('a complaint goes to a person in the turn that says it; the team is told again after the wait, once', () => {
		const dialogue = new Dialogue({ contact: known, profile: withHours() });
		dialogue.says('pésimo servicio, llevo un mes esperando');
		expect(reasons(dialogue)).toEqual(['complaint']);

		dialogue.waits(29);
		expect(reasons(dialogue)).toEqual(['complaint']);
		dialogue.waits(2);
		expect(dialogue.all('handoff').at(-1)).toMatchObject({ strength: 'notify', reason: 'waits_too_long' });
		dialogue.waits(300);
		expect(reasons(dialogue)).toEqual(['complaint', 'waits_too_long']);
		expect(dialogue.state.mode).toBe('waiting');
	});

	test('writing meanwhile neither resets the wait nor says it twice', () => {
		const dialogue = new Dialogue({ contact: known, profile: withHours() });
		dialogue.says('quiero hablar con una persona');
		dialogue.waits(20);
		dialogue.says('hola?');
		dialogue.waits(11);
		expect(reasons(dialogue)).toEqual(['asked_for_person', 'waits_too_long']);
		dialogue.says('sigo aquí');
		dialogue.waits(60);
		expect(reasons(dialogue)).toEqual(['asked_for_person', 'waits_too_long']);
	});

	test('who has a person waits no more', () => {
		const dialogue = new Dialogue({ contact: known, profile: withHours() });
		dialogue.says('quiero hablar con una persona');
		dialogue.person('wrote');
		dialogue.waits(120);

		expect(reasons(dialogue)).toEqual(['asked_for_person']);
	});

	test('given back to the bot and handed over again is a wait of its own', () => {
		const dialogue = new Dialogue({ contact: known, profile: withHours() });
		dialogue.says('quiero hablar con una persona');
		dialogue.waits(31);
		dialogue.person('gave_back');
		dialogue.says('quiero hablar con una persona');
		dialogue.waits(31);

		expect(reasons(dialogue).filter((reason) => reason === 'waits_too_long')).toHaveLength(2);
	});
});
