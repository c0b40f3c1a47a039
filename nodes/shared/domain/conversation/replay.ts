import type { KnowledgeFinding } from '../knowledge/knowledge';
import type { MessageEvent } from '../messages/events';
import type { BusinessProfile } from '../profile/businessProfile';
import { contactAfter, contactWithCase } from './contactAfter';
import { newConversation } from './newConversation';
import { step } from './step';
import type {
	AdvisorFacts,
	CaseType,
	ContactFacts,
	ConversationEvent,
	ConversationState,
	OpenCaseEffect,
	StepResult,
} from './types';

/** A conversation as it really was: what the customer sent, and when a person of the business wrote. */
export interface PastConversation {
	/** What was known of the customer before the first of these messages. */
	readonly contact: ContactFacts;
	/** In the order of their times. */
	readonly messages: readonly MessageEvent[];
	/** Times at which a person of the business wrote. */
	readonly personWroteAt?: readonly Date[];
}

export interface ReplayedCase {
	readonly option?: string;
	readonly type: CaseType;
	readonly area: string;
	/** Whether Crear Lead follows. */
	readonly lead: boolean;
	/** The conversation ended before everything was known. */
	readonly incomplete: boolean;
}

/** What a conversation comes to with a profile, in the terms of the business. */
export interface ReplayOutcome {
	readonly cases: readonly ReplayedCase[];
	/** Whether a person had to take over, and why. */
	readonly takenOver?: string;
	/** Whether a person was told while the bot went on. */
	readonly notified: boolean;
	/** How many messages the bot would have sent; each is billed. */
	readonly bubbles: number;
	/** Fields that were asked for, in the order of the asking; twice when asked twice. */
	readonly asked: readonly string[];
	readonly turns: number;
	/** Turns with words that no rule could place. */
	readonly notUnderstood: number;
	/** `case` and `person`: the customer was helped; `open`: a question was left without an answer. */
	readonly ended: 'case' | 'person' | 'incomplete' | 'opted_out' | 'open';
}

export interface ReplayStep {
	readonly at: Date;
	/** The messages of the turn; empty for what time or a person did. */
	readonly messages: readonly MessageEvent[];
	readonly result: StepResult;
}

export interface Replay {
	readonly outcome: ReplayOutcome;
	readonly steps: readonly ReplayStep[];
}

/** Timers in a row without a word of the customer: two reminders, a close and what quiet hours move. */
const MOST_TIMERS = 8;

/** What the dialogue is told besides the messages. */
export interface ReplayFacts {
	/** Who may be named; absent: any name is taken as it is. */
	readonly advisors?: readonly AdvisorFacts[];
	/** What the business's own knowledge says, by message id. */
	readonly knowledge?: Readonly<Record<string, KnowledgeFinding>>;
}

type Act = { readonly at: number; readonly messages: readonly MessageEvent[] } | { readonly at: number };

/** Messages that the bot would have answered together, as its answer delay says, and the words of people between them. */
function actsOf(conversation: PastConversation, answerDelayMs: number): Act[] {
	const events = [
		...conversation.messages.map((message) => ({ at: message.at.getTime(), message })),
		...(conversation.personWroteAt ?? []).map((at) => ({ at: at.getTime(), message: undefined })),
	].sort((one, other) => one.at - other.at);
	const acts: Array<{ at: number; messages?: MessageEvent[] }> = [];
	let lastAt = -Infinity;
	for (const { at, message } of events) {
		const before = acts.at(-1);
		if (message !== undefined && before?.messages !== undefined && at - lastAt < answerDelayMs)
			before.messages.push(message);
		else acts.push(message === undefined ? { at } : { at, messages: [message] });
		const act = acts.at(-1);
		if (act?.messages !== undefined) act.at = at + answerDelayMs;
		lastAt = at;
	}
	return acts;
}

class Replayer {
	readonly steps: ReplayStep[] = [];
	private readonly cases: ReplayedCase[] = [];
	private state: ConversationState;
	private contact: ContactFacts;
	private wakeAt: number | undefined;
	private takenOver: string | undefined;
	private notified = false;
	private personWrote = false;
	private turns = 0;

	constructor(
		conversation: PastConversation,
		private readonly profile: BusinessProfile,
		private readonly facts: ReplayFacts,
	) {
		this.contact = conversation.contact;
		this.state = newConversation(profile);
	}

	play(act: Act): void {
		this.passTimers(act.at);
		const at = new Date(act.at);
		if (!('messages' in act)) {
			this.personWrote = true;
			this.pass({ kind: 'person', at, action: 'wrote', contact: this.contact });
			return;
		}
		this.turns += 1;
		this.pass({
			kind: 'turn',
			at,
			requestId: `replay:${this.turns}`,
			messages: act.messages,
			contact: this.contact,
			...this.facts,
		});
	}

	/** Reminders and closes that fell due before `until`. */
	passTimers(until: number): void {
		for (let count = 0; count < MOST_TIMERS && this.wakeAt !== undefined && this.wakeAt <= until; count += 1) {
			const at = new Date(this.wakeAt);
			this.wakeAt = undefined;
			this.pass({ kind: 'time', at, contact: this.contact });
		}
	}

	private pass(event: ConversationEvent): void {
		const result = step(this.state, event, this.profile);
		this.state = result.state;
		this.steps.push({ at: event.at, messages: event.kind === 'turn' ? event.messages : [], result });
		this.contact = contactAfter(this.contact, result.effects);
		for (const effect of result.effects) {
			switch (effect.kind) {
				case 'wake':
					this.wakeAt = effect.at === undefined ? undefined : Date.parse(effect.at);
					break;
				case 'handoff':
					if (effect.strength === 'take_over') this.takenOver ??= effect.reason;
					else this.notified = true;
					break;
				case 'close':
					if (effect.openCase !== undefined) this.cases.push(caseOf(effect.openCase, true));
					break;
				default:
			}
		}
		for (const effect of result.effects) if (effect.kind === 'openCase') this.register(effect, event.at);
	}

	/** The case is registered at once; whom it would be given to is not known, so who was named is who is told. */
	private register(request: OpenCaseEffect, at: Date): void {
		this.cases.push(caseOf(request, false));
		const id = `case-${this.cases.length}`;
		const number = String(this.cases.length);
		this.contact = contactWithCase(this.contact, request, { id, number, at });
		this.pass({
			kind: 'case_opened',
			at,
			requestId: request.requestId,
			caseId: id,
			number,
			type: request.type,
			...(request.advisorName === undefined ? {} : { advisorName: request.advisorName }),
			contact: this.contact,
		});
	}

	outcome(): ReplayOutcome {
		const said = this.steps.flatMap(({ result }) => result.effects.filter(({ kind }) => kind === 'say'));
		const turns = this.steps.filter(({ messages }) => messages.length > 0);
		return {
			cases: this.cases,
			...(this.takenOver === undefined ? {} : { takenOver: this.takenOver }),
			notified: this.notified,
			bubbles: said.length,
			asked: turns.flatMap(({ result }) =>
				result.state.asked !== undefined && result.effects.some(({ kind }) => kind === 'say')
					? [result.state.asked]
					: [],
			),
			turns: turns.length,
			notUnderstood: said.filter(
				(effect) =>
					effect.kind === 'say' && effect.parts.some(({ text }) => text === 'not_understood' || text === 'F1'),
			).length,
			ended: this.ending(),
		};
	}

	private ending(): ReplayOutcome['ended'] {
		if (this.contact.optedOut) return 'opted_out';
		if (this.takenOver !== undefined) return 'person';
		if (this.cases.some(({ incomplete }) => !incomplete)) return 'case';
		if (this.personWrote) return 'person';
		return this.cases.length > 0 ? 'incomplete' : 'open';
	}
}

function caseOf({ option, type, area, createLead }: OpenCaseEffect, incomplete: boolean): ReplayedCase {
	return { ...(option === undefined ? {} : { option }), type, area, lead: createLead, incomplete };
}

/**
 * What a past conversation would have come to with a profile: the same reducer over the same messages at the same times, with
 * the reminders between them, and every case registered at once. Pure: nothing is stored or sent, and no model is asked.
 */
export function replay(conversation: PastConversation, profile: BusinessProfile, facts: ReplayFacts = {}): Replay {
	const replayer = new Replayer(conversation, profile, facts);
	for (const act of actsOf(conversation, profile.answerDelayMs)) replayer.play(act);
	// What was left open then is closed by now: every conversation is followed to its end.
	replayer.passTimers(Infinity);
	return { outcome: replayer.outcome(), steps: replayer.steps };
}
