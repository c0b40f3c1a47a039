import { languageOf } from '../classifier/language';
import type { BusinessProfile } from '../profile/businessProfile';
import { absorb, inOrder } from './absorb/absorb';
import { keepAnswers, keepForLater } from './afterthoughts';
import { decide } from './decide/decide';
import { type Decision } from './decide/decision';
import { takeOver } from './decide/person';
import { Turn } from './turn';
import { hearLate } from './voiceNotes';
import { wakeWithPerson } from './waiting';
import type { ConversationEffect, ConversationState, StepResult, TurnEvent } from './types';

const HOUR = 3_600_000;
/** A request that was left lying longer is over: what is wanted now is asked anew. */
const RESUME_HOURS = 72;

/** All of a contact's messages that are due together: everything is taken in, then one thing is said (D35). */
export function takeTurn(state: ConversationState, event: TurnEvent, profile: BusinessProfile): StepResult {
	const turn = new Turn(state, event, profile);
	beginSession(turn, event);
	const registering = turn.state.openRequestId !== undefined && turn.state.mode === 'bot';
	if (event.messages.length > 0) turn.state.lastInboundAt = event.at.toISOString();
	turn.memory.knownContact ??= event.contact.returning;
	absorb(turn, event);
	hearLate(turn, event);
	if (registering && !isUrgent(turn)) return answeredLater(state, event, profile, turn);
	chooseLanguage(turn);
	const decision = limitStalling(turn, decide(turn));
	if (turn.answerable) turn.state.remindersSent = 0;
	return result(turn, decision);
}

/** What must not wait for a case's number. */
const isUrgent = ({ commands, needs }: Turn): boolean =>
	commands.has('opt_out') ||
	commands.has('upset') ||
	(commands.has('person') && needs.every(({ intent }) => intent === 'human'));

/** While a case is being registered: kept as it came, and answered right after the confirmation. */
function answeredLater(state: ConversationState, event: TurnEvent, profile: BusinessProfile, read: Turn): StepResult {
	const turn = new Turn(state, event, profile);
	turn.state.lastInboundAt = event.at.toISOString();
	turn.state.attachments = read.state.attachments;
	turn.effects.push(...read.effects.filter(({ kind }) => kind === 'keepAttachment'));
	if (read.answerable) keepForLater(turn, { ...event, messages: inOrder(event.messages) });
	keepAnswers(turn, read.findings);
	const next = 'The case is being registered; this is answered right after.';
	return result(turn, { parts: [], next, silence: next });
}

/** The customer's language, when the profile answers in it; decided at the beginning of a session and then kept. */
function chooseLanguage(turn: Turn): void {
	const { profile, state, contact } = turn;
	if (profile.languages.length < 2 || state.greeted) return;
	const written = languageOf(turn.written.join(' '));
	const wanted = [written, contact.language, state.language].find((language) =>
		profile.languages.some((enabled) => enabled === language),
	);
	if (wanted === undefined || wanted === state.language) return;
	state.language = wanted;
	turn.learn({ kind: 'learn', field: 'language', value: wanted });
}

/** A person gave no sign for long, or the session is long over: the bot begins anew with what it knows of the customer. */
function beginSession(turn: Turn, { messages }: TurnEvent): void {
	const { state, memory, profile, at } = turn;
	const last = Math.max(Date.parse(state.lastInboundAt ?? '') || 0, Date.parse(state.lastOutboundAt ?? '') || 0);
	if (last === 0 || memory.optedOut) return;
	const idle = at.getTime() - last;
	// A case that never came must not silence the bot for ever.
	if (state.mode === 'bot' && state.openRequestId !== undefined && idle >= profile.times.closeMinutes * 60_000) {
		delete state.openRequestId;
		startAnew(turn);
		return;
	}
	if ((state.mode === 'human' || state.mode === 'waiting') && idle >= profile.times.handoffIdleHours * HOUR) {
		state.mode = 'bot';
		delete memory.personSince;
		delete memory.waitTold;
		startAnew(turn);
	} else if (state.mode === 'bot' && state.openRequestId === undefined && idle >= profile.times.closeMinutes * 60_000) {
		if (turn.option === undefined) startAnew(turn);
	} else if (state.mode === 'closed' && messages.every(({ content }) => SAYS_NOTHING.has(content.type))) {
		// 👍 under the last word leaves it the last word, and so does a message that is taken back.
		return;
	} else if (state.mode === 'closed' && (memory.closedAs !== 'incomplete' || idle >= RESUME_HOURS * HOUR)) {
		startAnew(turn);
	}
}

/** What begins nothing: nobody wrote. */
const SAYS_NOTHING: ReadonlySet<string> = new Set(['reaction', 'revoke', 'system']);

function startAnew(turn: Turn): void {
	turn.leaveFlow();
	turn.state.greeted = turn.state.greeted && !turn.contact.returning && turn.missingContact().length > 0;
	turn.state.returningGreeted = false;
	turn.state.stalledTurns = 0;
	if (turn.state.mode !== 'closed' || !turn.memory.optedOut)
		turn.state.mode = turn.state.mode === 'closed' ? 'bot' : turn.state.mode;
	delete turn.memory.told;
	delete turn.memory.misses;
	delete turn.memory.voiceNotes;
	delete turn.memory.untranscribed;
	delete turn.memory.knownContact;
	delete turn.memory.anotherRequest;
	delete turn.memory.afterthoughts;
	delete turn.memory.closedAs;
	delete turn.memory.menuShown;
	delete turn.memory.linkOffer;
	delete turn.memory.withCase;
	delete turn.memory.answersWithCase;
	delete turn.memory.unanswered;
	delete turn.memory.incompleteRequestId;
	delete turn.memory.severalNeeds;
	delete turn.memory.heldNeed;
	delete turn.memory.laterNeeds;
}

/** D14: turns that lead nowhere are counted, and then a person takes over. */
function limitStalling(turn: Turn, decision: Decision): Decision {
	if (turn.progress || turn.needs.length > 0) turn.state.stalledTurns = 0;
	else if (decision.silence === undefined && turn.state.mode === 'bot') turn.state.stalledTurns += 1;
	if (turn.state.stalledTurns < turn.profile.handoff.stalledTurns || turn.state.mode !== 'bot') return decision;
	turn.state.stalledTurns = 0;
	return takeOver(turn, 'no_progress', [{ text: 'take_over' }]);
}

function result(turn: Turn, decision: Decision): StepResult {
	const { state, profile, at } = turn;
	const effects: ConversationEffect[] = [...turn.learned, ...turn.effects];
	if (decision.parts.length > 0) {
		effects.push({
			kind: 'say',
			parts: decision.parts,
			...(decision.choices === undefined ? {} : { choices: decision.choices }),
			...(decision.link === undefined ? {} : { link: decision.link }),
		});
		state.lastOutboundAt = at.toISOString();
	}
	effects.push(wake(turn, profile));
	return {
		state: turn.finished(),
		effects,
		explanation: {
			...(turn.understood.length === 0 ? {} : { understood: [...new Set(turn.understood)].join('; ') }),
			...(turn.rules.length === 0 ? {} : { rule: [...new Set(turn.rules)].join(', ') }),
			...(turn.needs.length === 0 ? {} : { confidence: leastSure(turn) }),
			...(state.asked === undefined ? (state.menuPending ? { asked: 'menu' } : {}) : { asked: state.asked }),
			next: decision.next,
		},
	};
}

/** Two decimals: more would look like a measurement. */
const leastSure = ({ needs }: Turn): number =>
	Math.round(Math.min(...needs.map(({ confidence }) => confidence)) * 100) / 100;

/** A question that waits is reminded of; a person who has the conversation gives it back after a while. */
function wake(turn: Turn, profile: BusinessProfile): ConversationEffect {
	const { state, at } = turn;
	if (state.mode === 'waiting' || state.mode === 'human') return wakeWithPerson(state, turn.memory, profile, at);
	const waiting = state.mode === 'bot' && state.openRequestId === undefined && awaitsAnswer(state);
	return waiting
		? { kind: 'wake', at: new Date(at.getTime() + profile.times.firstReminderMinutes * 60_000).toISOString() }
		: { kind: 'wake' };
}

/** Whether the customer owes an answer: to a question, the menu, or the need that was asked for. */
export function awaitsAnswer(state: ConversationState): boolean {
	return state.asked !== undefined || state.menuPending || (state.greeted && state.caseNumber === undefined);
}
