import type { MessageEvent } from '../messages/events';
import { normalizePhone } from '../identity/phone';
import type { BusinessProfile } from '../profile/businessProfile';
import { confirmCase } from './confirmCase';
import { readMemory, withoutRequest } from './memory';
import { passTime } from './reminders';
import { takeTurn } from './takeTurn';
import { answersOfThePerson } from './turn';
import type { ContactFacts, ConversationEvent, ConversationState, PersonEvent, StepResult, TurnEvent } from './types';

/**
 * The dialogue: what a conversation remembers after an event, and what is to be done. Pure: the same state, event and profile
 * always give the same result, and the event carries its own time.
 *
 * @param state plain JSON, as it came from the store or from `newConversation`
 * @param event a turn of messages, a registered case, a timer, or an advisor's act; a single parsed message is a turn of one
 * @returns effects as data: at most one `say` (one bubble), and always one `wake` after a turn
 */
export function step(state: ConversationState, event: ConversationEvent, profile: BusinessProfile): StepResult {
	switch (event.kind) {
		case 'turn':
			return takeTurn(state, event, profile);
		case 'message':
			return takeTurn(state, turnOfOne(state, event), profile);
		case 'case_opened':
			return confirmCase(state, event, profile);
		case 'time':
			return passTime(state, event, profile);
		case 'person':
			return meetPerson(state, event, profile);
		default:
			// Events of a channel that are no turn (a delivery status, our own echo) may be passed through unfiltered.
			return { state, effects: [], explanation: { next: 'Nobody wrote to the bot.' } };
	}
}

/** A bare message knows its sender only; what the conversation learnt stands in for the store. */
function turnOfOne(state: ConversationState, message: MessageEvent): TurnEvent {
	const { caseId, caseSubject, caseAt } = readMemory(state.memory);
	const contact: ContactFacts = {
		contactId: message.from.waId ?? message.from.userId ?? message.id,
		returning: false,
		...(message.from.profileName === undefined ? {} : { profileName: message.from.profileName }),
		openCases:
			caseId === undefined || state.caseNumber === undefined || state.caseType === undefined
				? []
				: [
						{
							id: caseId,
							number: state.caseNumber,
							type: state.caseType,
							status: 'open',
							updatedAt: caseAt ?? message.at.toISOString(),
							...(caseSubject === undefined ? {} : { subject: caseSubject }),
						},
					],
	};
	return { kind: 'turn', at: message.at, requestId: message.id, messages: [message], contact };
}

/** An advisor who accepts, writes or takes over silences the bot until it is given back (D13, D33). */
function meetPerson(state: ConversationState, event: PersonEvent, profile: BusinessProfile): StepResult {
	if (event.action === 'offer_link') return offerLink(state, event, profile);
	const memory = { ...readMemory(state.memory) };
	if (event.action === 'gave_back' || event.action === 'closed') {
		// What was under way is the person's by now: nothing of it goes into what is asked for next.
		const { asked: _asked, flow: _flow, subject: _subject, intent: _intent, ...rest } = state;
		const remembered = withoutRequest(memory);
		const closed = event.action === 'closed';
		return {
			state: {
				...rest,
				fields: answersOfThePerson(state.fields, profile),
				mode: closed ? 'closed' : 'bot',
				askedTimes: 0,
				menuPending: false,
				stalledTurns: 0,
				remindersSent: 0,
				memory: { ...remembered, misses: 0, told: [], ...(closed ? { closedAs: 'by_person' } : {}) },
			},
			effects: [{ kind: 'wake' }],
			explanation: { next: closed ? 'A person ended the conversation.' : 'The bot answers again.' },
		};
	}
	const idleAt = new Date(event.at.getTime() + profile.times.handoffIdleHours * 3_600_000).toISOString();
	return {
		state: {
			...state,
			mode: 'human',
			menuPending: false,
			lastOutboundAt:
				event.action === 'wrote' ? event.at.toISOString() : (state.lastOutboundAt ?? event.at.toISOString()),
			memory: { ...memory, personSince: memory.personSince ?? event.at.toISOString() },
		},
		effects: [{ kind: 'wake', at: idleAt }],
		explanation: { next: 'A person has the conversation.' },
	};
}

/** WhatsApp's window for free messages after the customer's last one. */
const WINDOW_MS = 24 * 3_600_000;

/** Template K: an advisor offers their own number; the customer decides, knowing what is lost (D20). */
function offerLink(state: ConversationState, event: PersonEvent, profile: BusinessProfile): StepResult {
	const refuse = (next: string): StepResult => ({ state, effects: [], explanation: { next } });
	const number = normalizePhone(event.number ?? '', profile.country)?.e164.slice(1);
	if (number === undefined) return refuse('The link was not offered: the number is no phone number.');
	if (event.contact.optedOut) return refuse('The link was not offered: the customer asked not to be written to.');
	const since = event.at.getTime() - (Date.parse(state.lastInboundAt ?? '') || 0);
	if (since >= WINDOW_MS) return refuse('The link was not offered: the customer’s last message is over 24 hours old.');
	const at = event.at.toISOString();
	const linkOffer = { number, ...(event.advisorName === undefined ? {} : { advisor: event.advisorName }), at };
	return {
		state: {
			...state,
			lastOutboundAt: at,
			memory: { ...readMemory(state.memory), linkOffer },
		},
		effects: [
			{
				kind: 'say',
				parts: [{ text: 'K' }],
				choices: [
					{ id: 'send_link', text: 'choice_send_link' },
					{ id: 'stay_here', text: 'choice_stay_here' },
				],
			},
		],
		explanation: {
			understood: `a direct link to +${number} was offered`,
			next: 'The customer decides between the link and this conversation.',
		},
	};
}
