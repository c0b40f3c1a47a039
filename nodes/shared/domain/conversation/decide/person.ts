import type { Turn } from '../turn';
import type { HandoffEffect, TextPart } from '../types';
import { addToOpenCase, continueCase, duplicateOfSession } from './cases';
import { type Decision, silent, spoken } from './decision';
import { greetingParts, outOfHours } from './greeting';
import { openCase } from './openCase';

/** B14, D13: who waits for a person is told so once; who talks to a person is not disturbed. */
export function decideWithPerson(turn: Turn): Decision | undefined {
	const { mode } = turn.state;
	if (mode === 'human' || mode === 'mirrored') {
		addToOpenCase(turn);
		return silent('A person has the conversation.');
	}
	if (mode !== 'waiting') return undefined;
	return decideWhileWaiting(turn);
}

/** D13: nobody has it yet. What is said reaches the open case and is acknowledged once; menus and questions rest. */
function decideWhileWaiting(turn: Turn): Decision {
	const caseId = turn.contact.openCases.some(({ id }) => id === turn.memory.caseId) ? turn.memory.caseId : undefined;
	const says = turn.leftovers.length > 0 || turn.needs.length > 0 || turn.files.length > 0 || turn.locations > 0;
	const hours = outOfHours(turn);
	if (caseId !== undefined && says) {
		const decision = continueCase(turn, caseId);
		return decision.silence === undefined
			? { parts: [...hours, ...decision.parts], next: decision.next }
			: spoken(hours, decision.next);
	}
	if (turn.firstTime('human_waiting'))
		return { parts: [...hours, { text: 'human_waiting' }], next: 'A person answers.' };
	return spoken(hours, 'A person was told and will answer.');
}

/** B14: who is upset, or asks for a person and nothing else, gets one. */
export function decideTakeOver(turn: Turn): Decision | undefined {
	if (turn.commands.has('upset'))
		return takeOver(turn, turn.upsetReason ?? 'complaint', [{ text: 'take_over_complaint' }]);
	if (turn.event.wantsPerson === true) return takeOver(turn, 'assistant_unsure', [{ text: 'take_over' }]);
	// A concrete need wins over the wish for a person, who is told of the case anyway.
	const concrete = turn.needs.some(({ intent }) => intent !== 'human');
	// Only a person can give a number of their own.
	if (turn.outOfScope === 'transfer' && turn.option === undefined)
		return takeOver(turn, 'wants_another_number', [{ text: 'out_of_scope_transfer' }, { text: 'take_over' }]);
	if (turn.commands.has('person') && !concrete) return takeOver(turn, 'asked_for_person', [{ text: 'take_over' }]);
	return undefined;
}

/** Confirms first, then the bot is silent (D33). */
export function takeOver(turn: Turn, reason: string, parts: readonly TextPart[]): Decision {
	const advisorName = turn.contact.ownerName;
	const handoff: HandoffEffect = {
		kind: 'handoff',
		requestId: `${turn.requestId}:handoff`,
		strength: 'take_over',
		reason,
		area: turn.option?.area ?? turn.profile.withoutOption.area,
		...(advisorName === undefined ? {} : { advisorName }),
	};
	turn.effects.push(handoff);
	turn.state.mode = 'waiting';
	turn.memory.personSince = turn.at.toISOString();
	turn.state.menuPending = false;
	delete turn.state.asked;
	turn.state.askedTimes = 0;
	const greeting = greetingParts(turn);
	return {
		parts: [...greeting.filter(({ text }) => text === 'A1'), ...outOfHours(turn), ...parts],
		next: `A person takes over (${reason}).`,
	};
}

/** D18: a voice note nobody could read is asked about once; the second goes to a person with a case. */
export function decideVoiceNotes(turn: Turn): Decision | undefined {
	if (turn.voiceNotes.length === 0 || turn.needs.length > 0 || turn.progress) return undefined;
	const before = turn.memory.voiceNotes ?? 0;
	turn.memory.voiceNotes = before + turn.voiceNotes.length;
	if (duplicateOfSession(turn) !== undefined) return undefined;
	if (before === 0) {
		turn.memory.misses = 0;
		turn.memory.untranscribed = turn.voiceNotes;
		return {
			parts: [...greetingParts(turn).filter(({ text }) => text !== 'B1'), { text: 'voice_note' }],
			next: 'The customer writes what the voice note says.',
		};
	}
	const request = openCase(turn, turn.option);
	takeOver(turn, 'voice_notes', []);
	turn.effects.push(request);
	turn.understood.push('two voice notes');
	return silent('The case is registered and its number is said then.');
}
