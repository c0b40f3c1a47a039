import { areaOf } from '../cases/areaRouting';
import type { BusinessProfile } from '../profile/businessProfile';
import { endOfQuietHours } from './businessHours';
import { openCase } from './decide/openCase';
import { readMemory } from './memory';
import { awaitsAnswer, takeTurn } from './takeTurn';
import { Turn } from './turn';
import { tellOfWait, wakeWithPerson } from './waiting';
import type { ConversationEffect, ConversationState, StepResult, TimeEvent } from './types';

const MINUTE = 60_000;
/** WhatsApp's window for free messages after the customer's last one. */
const WINDOW_MS = 24 * 60 * MINUTE;

/**
 * Template G (flow D): two reminders, then the conversation is closed and kept as incomplete. Nothing leaves in the quiet
 * hours or outside the 24-hour window (D19); a reminder that is not due any more is dropped.
 */
export function passTime(state: ConversationState, event: TimeEvent, profile: BusinessProfile): StepResult {
	if (state.mode === 'bot' && state.openRequestId === undefined && readMemory(state.memory).afterthoughts !== undefined)
		return answerAfterthoughts(state, event, profile);
	const lastInbound = Date.parse(state.lastInboundAt ?? '');
	if (state.mode === 'waiting' || state.mode === 'human') return giveBackWhenIdle(state, event, profile);
	if (
		state.mode !== 'bot' ||
		state.openRequestId !== undefined ||
		!awaitsAnswer(state) ||
		Number.isNaN(lastInbound) ||
		event.contact.optedOut
	)
		return quiet(state, { kind: 'wake' }, 'Nothing is awaited.');
	const { firstReminderMinutes, secondReminderMinutes, closeMinutes } = profile.times;
	const dueMinutes = [firstReminderMinutes, secondReminderMinutes][state.remindersSent] ?? closeMinutes;
	const due = lastInbound + Math.min(dueMinutes, closeMinutes) * MINUTE;
	const now = event.at.getTime();
	if (now < due) return quiet(state, { kind: 'wake', at: new Date(due).toISOString() }, 'Not due yet.');
	const closeAt = lastInbound + closeMinutes * MINUTE;
	if (now >= closeAt) return close(state, event, profile, now - lastInbound < WINDOW_MS);
	const wakened = endOfQuietHours(profile, event.at);
	if (wakened !== undefined)
		return quiet(
			state,
			{ kind: 'wake', at: new Date(Math.min(wakened.getTime(), closeAt)).toISOString() },
			'Quiet hours.',
		);
	const first = state.remindersSent === 0;
	// After a late one (the server was away) the next does not follow on its heels.
	const breath = Math.min(1, firstReminderMinutes) * MINUTE;
	const next = first ? lastInbound + Math.min(secondReminderMinutes, closeMinutes) * MINUTE : closeAt;
	return {
		state: { ...state, remindersSent: state.remindersSent + 1, lastOutboundAt: event.at.toISOString() },
		effects: [
			{ kind: 'say', parts: [{ text: first ? 'G1' : 'G2' }] },
			{ kind: 'wake', at: new Date(Math.max(next, now + breath)).toISOString() },
		],
		explanation: { next: first ? 'First reminder.' : 'Second reminder.' },
	};
}

/** What came while a case was being registered gets its answer. */
function answerAfterthoughts(state: ConversationState, event: TimeEvent, profile: BusinessProfile): StepResult {
	const requestId = `${event.contact.contactId}:${state.lastInboundAt ?? ''}:later`;
	return takeTurn(state, { kind: 'turn', at: event.at, requestId, messages: [], contact: event.contact }, profile);
}

function quiet(state: ConversationState, wake: ConversationEffect, next: string): StepResult {
	return { state, effects: [wake], explanation: { next } };
}

/** What is known is kept as an incomplete case without a number for the customer (D19). */
function close(state: ConversationState, event: TimeEvent, profile: BusinessProfile, windowOpen: boolean): StepResult {
	const requestId = `${event.contact.contactId}:${state.lastInboundAt ?? ''}:close`;
	const turn = new Turn(state, { at: event.at, requestId, contact: event.contact }, profile);
	const request = openCase(turn, turn.option);
	delete turn.state.openRequestId;
	turn.state.mode = 'closed';
	turn.memory.closedAs = 'incomplete';
	turn.memory.incompleteRequestId = request.requestId;
	turn.state.remindersSent = 0;
	const say = windowOpen && endOfQuietHours(profile, event.at) === undefined;
	if (say) turn.state.lastOutboundAt = event.at.toISOString();
	const area = turn.option === undefined ? areaOf(request.type, profile) : request.area;
	return {
		state: turn.finished(),
		effects: [
			{ kind: 'close', requestId, reason: 'incomplete', openCase: { ...request, area, createLead: false } },
			...(say ? [{ kind: 'say' as const, parts: [{ text: 'G3' }] }] : []),
			{ kind: 'wake' },
		],
		explanation: {
			next: say ? 'Closed as incomplete.' : 'Closed as incomplete without a message (quiet hours or closed window).',
		},
	};
}

function giveBackWhenIdle(state: ConversationState, event: TimeEvent, profile: BusinessProfile): StepResult {
	const last = Math.max(Date.parse(state.lastInboundAt ?? '') || 0, Date.parse(state.lastOutboundAt ?? '') || 0);
	const due = last + profile.times.handoffIdleHours * 60 * MINUTE;
	const waits = tellOfWait(state, event, profile, new Date(last));
	if (waits !== undefined) return waits;
	if (event.at.getTime() < due)
		return quiet(state, wakeWithPerson(state, readMemory(state.memory), profile, new Date(last)), 'A person has it.');
	const turn = new Turn(state, { at: event.at, requestId: '', contact: event.contact }, profile);
	turn.leaveFlow();
	turn.state.mode = 'bot';
	turn.state.menuPending = false;
	turn.state.returningGreeted = false;
	turn.state.greeted = turn.state.greeted && !event.contact.returning;
	delete turn.memory.personSince;
	delete turn.memory.waitTold;
	delete turn.memory.told;
	delete turn.memory.misses;
	return { state: turn.finished(), effects: [{ kind: 'wake' }], explanation: { next: 'The bot answers again.' } };
}
