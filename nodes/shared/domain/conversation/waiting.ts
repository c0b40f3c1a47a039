import type { BusinessProfile } from '../profile/businessProfile';
import { afterOpenMinutes } from './businessHours';
import { readMemory, type Memory } from './memory';
import type { ConversationState, HandoffEffect, StepResult, TimeEvent, WakeEffect } from './types';

const HOUR = 3_600_000;
const MINUTE = 60_000;

type Waiting = Pick<ConversationState, 'mode' | 'lastInboundAt'>;

/** Since when the customer waits for a person; a conversation that something else than the bot handed over, since the last word. */
const waitsSince = ({ lastInboundAt }: Waiting, memory: Memory): string | undefined =>
	memory.personSince ?? lastInboundAt;

/** When the team is to be told that a customer still waits (D13); undefined when nobody waits, or the team was told. */
export function waitEndsAt(state: Waiting, memory: Memory, profile: BusinessProfile): Date | undefined {
	const { waitingMinutes, waitingInHoursOnly } = profile.handoff;
	const since = waitsSince(state, memory);
	if (state.mode !== 'waiting' || waitingMinutes === 0 || since === undefined || memory.waitTold === since)
		return undefined;
	const from = new Date(since);
	return waitingInHoursOnly
		? afterOpenMinutes(profile, from, waitingMinutes)
		: new Date(from.getTime() + waitingMinutes * MINUTE);
}

/** The next look at a conversation that a person has or is to get: the end of the wait, or that nobody has written for long. */
export function wakeWithPerson(state: Waiting, memory: Memory, profile: BusinessProfile, lastSign: Date): WakeEffect {
	const idleAt = lastSign.getTime() + profile.times.handoffIdleHours * HOUR;
	const waitEnds = waitEndsAt(state, memory, profile)?.getTime() ?? Infinity;
	return { kind: 'wake', at: new Date(Math.min(idleAt, waitEnds)).toISOString() };
}

/** The customer has waited too long: the team is told once more, and the wait goes on. Undefined when it is not so yet. */
export function tellOfWait(
	state: ConversationState,
	event: TimeEvent,
	profile: BusinessProfile,
	lastSign: Date,
): StepResult | undefined {
	const memory = readMemory(state.memory);
	const endsAt = waitEndsAt(state, memory, profile);
	const since = waitsSince(state, memory);
	if (endsAt === undefined || since === undefined || event.at < endsAt) return undefined;
	const told: Memory = { ...memory, waitTold: since };
	const area = memory.openArea ?? profile.options.find(({ id }) => id === state.flow)?.area;
	const handoff: HandoffEffect = {
		kind: 'handoff',
		requestId: `${event.contact.contactId}:${since}:waits`,
		strength: 'notify',
		reason: 'waits_too_long',
		area: area ?? profile.withoutOption.area,
		...(event.contact.ownerName === undefined ? {} : { advisorName: event.contact.ownerName }),
	};
	return {
		state: { ...state, memory: { ...told } },
		effects: [handoff, wakeWithPerson(state, told, profile, lastSign)],
		explanation: { next: 'The customer still waits for a person; the team is told again.' },
	};
}
