import { areaName } from '../cases/areaRouting';
import type { BusinessProfile, MenuOption } from '../profile/businessProfile';
import { sortAfterthoughts } from './afterthoughts';
import { caseStatus } from './caseStatus';
import { type HeldNeed, readMemory } from './memory';
import { Turn } from './turn';
import type { CaseOpenedEvent, ChoicePart, ConversationEffect, ConversationState, StepResult, TextPart } from './types';
import { wakeWithPerson } from './waiting';

/**
 * The one message that says the case number (D4): the option's own confirmation, or A5 and B3 for a case from free words.
 * What was written while the case was being registered is added to it.
 */
export function confirmCase(state: ConversationState, event: CaseOpenedEvent, profile: BusinessProfile): StepResult {
	const own = state.openRequestId === event.requestId;
	if (state.caseNumber === event.number)
		return { state, effects: [], explanation: { next: 'The customer was already told this case number.' } };
	if (state.mode === 'closed') return withoutAnnouncement(state, own);
	const turn = new Turn(state, { at: event.at, requestId: event.requestId, contact: event.contact }, profile);
	const option = own ? profile.options.find(({ id }) => id === turn.memory.openOption) : undefined;
	const before: TextPart[] = own
		? [...(turn.memory.answersWithCase ?? []), ...(turn.memory.withCase ?? []).map((text) => ({ text }))]
		: [];
	const parts = option === undefined ? freeConfirmation(turn, event) : optionConfirmation(turn, option, event);
	const effects: ConversationEffect[] = [];
	const { afterthoughts = [], heldNeed, openOption } = turn.memory;
	const { notes, wishes } =
		turn.state.mode === 'bot'
			? sortAfterthoughts(afterthoughts, openOption, turn)
			: { notes: afterthoughts.flatMap(({ text }) => text ?? []), wishes: [] };
	if (own && (notes.length > 0 || turn.state.attachments.length > 0)) {
		// Files of the request itself are on the case already; adding them again changes nothing.
		effects.push({
			kind: 'addToCase',
			requestId: `${event.requestId}:note`,
			caseId: event.caseId,
			...(notes.length === 0 ? {} : { text: notes.join('\n') }),
			attachments: turn.state.attachments,
		});
	}
	if (own) {
		delete turn.memory.openArea;
		turn.leaveFlow();
		turn.state.attachments = [];
		delete turn.state.openRequestId;
		delete turn.memory.openOption;
		delete turn.memory.withCase;
		delete turn.memory.answersWithCase;
		delete turn.memory.incompleteRequestId;
		if (wishes.length > 0) turn.memory.afterthoughts = wishes;
		else delete turn.memory.afterthoughts;
		turn.state.stalledTurns = 0;
	}
	turn.state.caseNumber = event.number;
	turn.state.caseType = event.type;
	turn.state.greeted = true;
	turn.state.lastOutboundAt = event.at.toISOString();
	turn.memory.caseId = event.caseId;
	turn.memory.caseAt = event.at.toISOString();
	if (option === undefined) delete turn.memory.caseOption;
	else turn.memory.caseOption = option.id;
	const offer =
		own && heldNeed !== undefined && turn.state.mode === 'bot' && wishes.length === 0
			? heldNeedOffer(heldNeed, profile)
			: undefined;
	effects.push({
		kind: 'say',
		parts: [...before, ...parts, ...(offer?.parts ?? [])],
		...(offer === undefined ? {} : { choices: offer.choices }),
	});
	effects.push(
		turn.state.mode === 'waiting' || turn.state.mode === 'human'
			? wakeWithPerson(turn.state, turn.memory, profile, event.at)
			: // What else was wished meanwhile is answered in a turn of its own, at once.
				own && wishes.length > 0
				? { kind: 'wake', at: event.at.toISOString() }
				: { kind: 'wake' },
	);
	return {
		state: turn.finished(),
		effects,
		explanation: { understood: `case ${event.number}`, next: 'Confirmed with the case number.' },
	};
}

/** Whoever opted out or left meanwhile is not written to; nothing waits any more (D19). */
function withoutAnnouncement(state: ConversationState, own: boolean): StepResult {
	const { openRequestId: _registered, ...rest } = state;
	const { afterthoughts: _unanswered, withCase: _unsaid, answersWithCase: _late, ...memory } = readMemory(state.memory);
	return {
		state: own ? { ...rest, memory } : state,
		effects: [],
		explanation: { next: 'The conversation is closed; the case is not announced.' },
	};
}

function freeConfirmation(turn: Turn, event: CaseOpenedEvent): TextPart[] {
	const known = turn.memory.knownContact ?? false;
	return [{ text: known ? 'B3' : 'A5', values: { case_number: event.number } }];
}

function optionConfirmation(turn: Turn, option: MenuOption, event: CaseOpenedEvent): TextPart[] {
	const { advisorName } = event;
	const area = event.areaName ?? areaName(turn.memory.openArea ?? option.area, turn.profile);
	const values = {
		case_number: event.number,
		area,
		...(advisorName === undefined ? {} : { advisor: advisorName }),
	};
	const noAdvisor = advisorName === undefined && option.confirmationWithoutAdvisor.length > 0;
	const keys = noAdvisor ? option.confirmationWithoutAdvisor : option.confirmation;
	// D9: whoever could not name the advisor is not told a stranger's name.
	const stranger = turn.memory.advisorGivenUp === true && advisorName !== event.contact.ownerName;
	const hidden = turn.memory.advisorGivenUp === true && (stranger || advisorName === undefined);
	const said = keys.map((text, index) => (hidden && index === 0 && keys.length > 1 ? 'advisor_given_up' : text));
	return [...(option.showsOrderStatus ? orderStatus(turn, event) : []), ...said.map((text) => ({ text, values }))];
}

/** D6: the customer's earlier case of the same subject, when there is one. */
function orderStatus(turn: Turn, event: CaseOpenedEvent): TextPart[] {
	const earlier = event.contact.openCases.find(({ type, id }) => type === event.type && id !== event.caseId);
	if (earlier === undefined) return [];
	return [caseStatus(turn, earlier)];
}

/** A request is named, not repeated in full. */
const LONGEST_NAME = 120;

function inOneLine(subject: string): string {
	const line = subject.replace(/\s*\n\s*/g, ', ');
	return line.length <= LONGEST_NAME ? line : `${line.slice(0, LONGEST_NAME).replace(/\s+\S*$/, '')}…`;
}

function heldNeedOffer(held: HeldNeed, profile: BusinessProfile): { parts: TextPart[]; choices: ChoicePart[] } {
	const label = profile.options.find(({ id }) => id === held.option)?.label ?? held.subject;
	return {
		parts: [{ text: 'another_need', values: { need: inOneLine(held.subject) || label } }],
		choices: [
			{ id: 'resume', text: 'choice_resume' },
			{ id: 'no_thanks', text: 'choice_no_thanks' },
		],
	};
}
