import { areaName } from '../cases/areaRouting';
import { classify } from '../classifier/classify';
import type { Classification, Intent } from '../classifier/types';
import { isOpen } from '../conversation/businessHours';
import { contactAfter, contactWithCase } from '../conversation/contactAfter';
import { newConversation } from '../conversation/newConversation';
import { step } from '../conversation/step';
import type {
	ContactFacts,
	ConversationState,
	HandoffEffect,
	OpenCaseEffect,
	SayEffect,
	StepResult,
} from '../conversation/types';
import type { KnowledgeFinding } from '../knowledge/knowledge';
import type { MediaType, MessageContent, MessageEvent } from '../messages/events';
import type { BusinessProfile } from '../profile/businessProfile';
import type { ChatMessage } from './chatMessage';
import { withoutNumbers } from './hiddenNumbers';
import { turnsOf, type ChatConversation } from './chatConversations';
import {
	RESOLVED,
	type Outcome,
	type SimulatedCase,
	type SimulatedConversationReport,
	type SimulatedStep,
} from './simulationReport';
import { standInAnswer, standInChoice, type StandInKnowledge } from './standIn';

export interface SimulationSettings {
	readonly profile: BusinessProfile;
	/** Whether the customer is taken to answer what the bot asks. */
	readonly assumesAnswers: boolean;
	/** Answers that a machine of the business gives by itself; they are nobody's answer. */
	readonly automaticAnswers: ReadonlySet<string>;
	/** What the business's own knowledge says to a text. */
	readonly knowledge: ReadonlyMap<string, KnowledgeFinding>;
	/** Who of the business talked to the customer, by name. */
	readonly advisorOf: (conversation: ChatConversation) => string | undefined;
}

/** A customer between two conversations: what the store would know. */
export interface SimulatedCustomer {
	state: ConversationState;
	contact: ContactFacts;
	clock: number;
	cases: number;
	/** Fields that were answered in the customer's place. */
	readonly assumed: Set<string>;
}

const WITHOUT_NEED: ReadonlySet<Intent> = new Set<Intent>(['greeting', 'thanks', 'unknown']);
/** A customer who is asked this often in a row would have been given up; the bot never asks more. */
const MOST_ANSWERS = 10;
const READING_TIME = 20_000;

/** Somebody new. */
export function newCustomer(name: string, profile: BusinessProfile): SimulatedCustomer {
	return {
		state: newConversation(profile),
		contact: { contactId: name, returning: false, openCases: [] },
		clock: 0,
		cases: 0,
		assumed: new Set(),
	};
}

const MEDIA: ReadonlySet<string> = new Set<MediaType>(['image', 'video', 'audio', 'voice', 'document', 'sticker']);

function contentOf({ text, media }: ChatMessage, id: string): MessageContent {
	if (media === undefined) return { type: 'text', text };
	if (media.type === 'location') return { type: 'location', location: { latitude: 0, longitude: 0 } };
	if (media.type === 'contact') return { type: 'contacts', contacts: [] };
	// An export without files does not say what kind the file was; most are photos.
	const type = MEDIA.has(media.type) ? (media.type as MediaType) : 'image';
	const named = media.filename === undefined ? {} : { filename: media.filename };
	return {
		type,
		...(text === '' ? {} : { text }),
		media: { type, mediaId: id, ...(text === '' ? {} : { caption: text }), ...named },
	};
}

/** Plays one customer's conversation against the dialogue. */
class SimulatedDialogue {
	readonly steps: SimulatedStep[] = [];
	readonly asked: string[] = [];
	readonly cases: SimulatedCase[] = [];
	readonly handoffs: HandoffEffect[] = [];
	continued = false;
	optedOut = false;
	private messages = 0;

	constructor(
		private readonly customer: SimulatedCustomer,
		private readonly name: string,
		private readonly profile: BusinessProfile,
		private readonly knowledge: ReadonlyMap<string, KnowledgeFinding>,
	) {}

	get state(): ConversationState {
		return this.customer.state;
	}

	/** A turn of the customer's own words. */
	hear(messages: readonly ChatMessage[]): void {
		const at = Math.max(this.customer.clock + 1000, messages.at(-1)?.at.getTime() ?? 0);
		const written = messages.flatMap(({ text }) => (text === '' ? [] : [text]));
		const files = messages.flatMap(({ media }) => media?.type ?? []);
		this.take(
			messages.map((message) => this.event(at, (id) => contentOf(message, id))),
			at,
			{ said: withoutNumbers(written.join('\n')), files, assumed: false },
		);
	}

	/** An answer in the customer's place. */
	assume(text: string): void {
		if (this.state.asked !== undefined) this.customer.assumed.add(this.state.asked);
		this.takeAssumed({ type: 'text', text }, text);
	}

	tap(id: string): void {
		const title = this.profile.options.find((option) => `option:${option.id}` === id)?.title ?? id;
		this.takeAssumed({ type: 'reply', text: title, reply: { id, title, via: 'button' } }, title);
	}

	private takeAssumed(content: MessageContent, said: string): void {
		const at = this.customer.clock + READING_TIME;
		this.take([this.event(at, () => content)], at, { said, files: [], assumed: true });
	}

	private event(at: number, content: (id: string) => MessageContent): MessageEvent {
		this.messages += 1;
		const id = `${this.name}:${this.messages}`;
		return {
			kind: 'message',
			id,
			at: new Date(at),
			from: { userId: this.name },
			channel: { phoneNumberId: 'simulation' },
			content: content(id),
			raw: null,
		};
	}

	private take(
		messages: readonly MessageEvent[],
		at: number,
		heard: Pick<SimulatedStep, 'said' | 'files' | 'assumed'>,
	): void {
		const { customer, profile } = this;
		const result = step(
			customer.state,
			{
				kind: 'turn',
				at: new Date(at),
				requestId: `${this.name}:turn:${this.messages}`,
				messages,
				contact: customer.contact,
				...(this.knowledge.size === 0 ? {} : { knowledge: this.findings(messages) }),
			},
			profile,
		);
		customer.state = result.state;
		customer.contact = contactAfter(customer.contact, result.effects);
		customer.clock = at;
		const bubbles = this.note(result);
		for (const effect of result.effects) if (effect.kind === 'openCase') bubbles.push(...this.register(effect, at));
		this.steps.push({ ...heard, bubbles, language: customer.state.language });
	}

	private findings(messages: readonly MessageEvent[]): Readonly<Record<string, KnowledgeFinding>> {
		return Object.fromEntries(
			messages.flatMap(({ id, content }) => {
				const finding = this.knowledge.get(content.text ?? '');
				return finding === undefined ? [] : [[id, finding]];
			}),
		);
	}

	private note({ effects, explanation }: StepResult): SayEffect[] {
		const bubbles = effects.filter((effect): effect is SayEffect => effect.kind === 'say');
		if (bubbles.length > 0 && explanation.asked !== undefined) this.asked.push(explanation.asked);
		for (const effect of effects) {
			if (effect.kind === 'handoff') this.handoffs.push(effect);
			if (effect.kind === 'addToCase') this.continued = true;
			if (effect.kind === 'close' && effect.reason === 'opted_out') this.optedOut = true;
		}
		return bubbles;
	}

	/** The platform registers at once, as it would on the canvas; the bot then says the number. */
	private register(effect: OpenCaseEffect, at: number): SayEffect[] {
		const { customer, profile } = this;
		customer.cases += 1;
		const caseId = `${this.name}:case:${customer.cases}`;
		const number = `SIM-${String(customer.cases).padStart(3, '0')}`;
		const result = step(
			customer.state,
			{
				kind: 'case_opened',
				at: new Date(at),
				requestId: effect.requestId,
				caseId,
				number,
				type: effect.type,
				areaName: areaName(effect.area, profile),
				...(effect.advisorName === undefined ? {} : { advisorName: effect.advisorName }),
				contact: customer.contact,
			},
			profile,
		);
		customer.state = result.state;
		customer.contact = contactWithCase(customer.contact, effect, { id: caseId, number, at: new Date(at) });
		this.cases.push({
			type: effect.type,
			areaName: areaName(effect.area, profile),
			subject: effect.subject,
			createLead: effect.createLead,
			fields: Object.fromEntries(
				Object.entries(effect.fields).filter(([field]) => !customer.assumed.has(field.replace(/Type$/, ''))),
			),
		});
		return this.note(result);
	}
}

/** The need that was said most surely and what the words were; the first need of several. */
function mainNeed(said: ReadonlyArray<{ readonly text: string; readonly read: Classification }>): {
	readonly intent: Intent;
	readonly read: Classification | undefined;
	readonly text: string;
} {
	const need = said.find(({ read }) => !WITHOUT_NEED.has(read.intent) && read.confidence >= 0.5);
	const weak = said.find(({ read }) => !WITHOUT_NEED.has(read.intent));
	const unknown = said.find(({ read, text }) => read.intent === 'unknown' && text.trim() !== '');
	const found = need ?? weak ?? unknown ?? said[0];
	return { intent: found?.read.intent ?? 'unknown', read: found?.read, text: found?.text ?? '' };
}

function outcomeOf(dialogue: SimulatedDialogue, intent: Intent, wrote: boolean, onlyManners: boolean): Outcome {
	if (!wrote) return 'not_asked';
	if (dialogue.optedOut) return 'opted_out';
	if (dialogue.handoffs.some(({ strength }) => strength === 'take_over')) return 'handed_over';
	if (dialogue.cases.length > 0) return 'registered';
	if (dialogue.continued) return 'continued';
	if (onlyManners || intent === 'greeting' || intent === 'thanks') return 'small_talk';
	return dialogue.state.mode === 'waiting' || dialogue.state.mode === 'human' ? 'handed_over' : 'unfinished';
}

const ACKNOWLEDGEMENT =
	/^(?:ok(?:ay)?|vale|listo|perfecto|dale|bueno|s[ií]|no|claro|excelente|de acuerdo|entendido|muy bien|ya|jaja+)?[\s.!]*$/iu;
const PICTURES = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f/gu;

const isAcknowledgement = (text: string): boolean => ACKNOWLEDGEMENT.test(text.replace(PICTURES, '').trim());

/** What the bot would have done with one past conversation; the customer remembers it for the next one. */
export function simulateConversation(
	conversation: ChatConversation,
	customer: SimulatedCustomer,
	settings: SimulationSettings,
): SimulatedConversationReport {
	const { profile, assumesAnswers } = settings;
	const turns = turnsOf(conversation);
	const own = turns.flat();
	const read = own
		.filter(({ text }) => text.trim() !== '')
		.map(({ text }) => ({ text, read: classify(text, { profile }) }));
	const { intent, read: needRead, text } = mainNeed(read);
	const advisor = settings.advisorOf(conversation);
	const known: StandInKnowledge = {
		customer: conversation.customer,
		intents: [...new Set(read.map((one) => one.read.intent))].filter((one) => !WITHOUT_NEED.has(one)),
		...(advisor === undefined ? {} : { advisor }),
	};
	const dialogue = new SimulatedDialogue(
		customer,
		`${conversation.chatIndex}:${conversation.number}`,
		profile,
		settings.knowledge,
	);
	for (const turn of turns) {
		dialogue.hear(turn);
		if (assumesAnswers) answerQuestions(dialogue, profile, known);
	}
	const onlyManners =
		own.every(({ media }) => media === undefined || media.type === 'sticker') &&
		read.every((one) => one.read.intent === 'greeting' || one.read.intent === 'thanks' || isAcknowledgement(one.text));
	const outcome = outcomeOf(dialogue, intent, own.length > 0, onlyManners);
	const [first] = own;
	const start = conversation.messages[0]?.at ?? new Date(0);
	return {
		chatIndex: conversation.chatIndex,
		chat: conversation.chat,
		customer: conversation.customer,
		number: conversation.number,
		startedAt: start.toISOString(),
		endedAt: (conversation.messages.at(-1)?.at ?? start).toISOString(),
		customerMessages: own.length,
		businessMessages: conversation.messages.filter(({ direction }) => direction === 'out').length,
		intent,
		confidence: needRead?.confidence ?? 0,
		matched: needRead?.matched ?? [],
		example: withoutNumbers(text),
		asked: [...new Set(dialogue.asked)],
		cases: dialogue.cases,
		handoffs: dialogue.handoffs.map(({ strength, reason }) => ({ strength, reason })),
		outcome,
		resolved: RESOLVED.includes(outcome),
		firstAnswerMinutes: first === undefined ? null : firstAnswer(conversation, first, settings.automaticAnswers),
		outsideHours: first !== undefined && !isOpen(profile, first.at),
		steps: dialogue.steps,
	};
}

function answerQuestions(dialogue: SimulatedDialogue, profile: BusinessProfile, known: StandInKnowledge): void {
	for (let answers = 0; answers < MOST_ANSWERS; answers += 1) {
		const choice = standInChoice(dialogue.state);
		const answer = standInAnswer(dialogue.state, profile, known);
		if (dialogue.state.mode !== 'bot' || (choice === undefined && answer === undefined)) return;
		if (answer !== undefined) dialogue.assume(answer);
		else if (choice !== undefined) dialogue.tap(choice);
	}
}

/** Minutes until a person answered the customer's first message; null when nobody did. */
function firstAnswer(
	conversation: ChatConversation,
	first: ChatMessage,
	automatic: ReadonlySet<string>,
): number | null {
	const answer = conversation.messages
		.slice(conversation.messages.findIndex((message) => message === first))
		.find(({ direction, text }) => direction === 'out' && !automatic.has(text));
	return answer === undefined ? null : Math.max(0, Math.round((answer.at.getTime() - first.at.getTime()) / 60_000));
}
