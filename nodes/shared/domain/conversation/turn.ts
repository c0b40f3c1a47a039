import { ownValue } from '../ownValue';
import type { MenuOption, BusinessProfile, Question } from '../profile/businessProfile';
import type { Intent } from '../classifier/types';
import type { KnowledgeFinding } from '../knowledge/knowledge';
import { readMemory, type Memory } from './memory';
import type { OutOfScope } from './outOfScope';
import type {
	AdvisorFacts,
	ChoicePart,
	ContactFacts,
	ConversationEffect,
	ConversationState,
	LearnEffect,
	PendingAttachment,
	TextPart,
	TurnEvent,
} from './types';

/** A need that was said in this turn. */
export interface SaidNeed {
	readonly intent: Intent;
	readonly confidence: number;
	readonly text: string;
	/** Whether it asks for something, or only speaks of a thing ("con 16 GB de RAM"). */
	readonly asks: boolean;
}

/** Short wishes that are no answer and no need. */
export type Command =
	| 'menu'
	| 'opt_out'
	| 'opt_in'
	| 'person'
	| 'upset'
	| 'another_request'
	| 'greeting'
	| 'thanks'
	| 'acknowledgement'
	| 'resume'
	| 'no_thanks'
	| 'send_link'
	| 'cancel'
	| 'drop_case'
	| 'hours'
	| 'needs_time'
	| 'stay_here';

/** An answer that does not fit, and what is said about it. */
export interface RefusedAnswer {
	readonly field: string;
	readonly parts: readonly TextPart[];
	readonly choices?: readonly ChoicePart[];
}

/** Facts that outlive a request, whether the profile asks for them or not. */
const OF_THE_PERSON: ReadonlySet<string> = new Set([
	'identificationType',
	'email',
	'phone',
	'company',
	'city',
	'location',
]);

/** What of the answers says who somebody is, whatever they asked for. */
export const answersOfThePerson = (
	fields: Readonly<Record<string, string>>,
	profile: BusinessProfile,
): Record<string, string> =>
	Object.fromEntries(
		Object.entries(fields).filter(
			([field]) => OF_THE_PERSON.has(field) || profile.contactFields.some((question) => question.field === field),
		),
	);

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** What JSON would make of plain values, several times as fast. */
function withoutUndefined<Value>(value: Value): Value;
function withoutUndefined(value: unknown): unknown {
	if (Array.isArray(value)) return value.map((one: unknown) => withoutUndefined(one) ?? null);
	if (typeof value !== 'object' || value === null) return value;
	const kept: Record<string, unknown> = {};
	for (const [key, held] of Object.entries(value)) if (held !== undefined) kept[key] = withoutUndefined(held);
	return kept;
}

/**
 * One turn under way: everything the messages said is gathered here first; then it is decided once what is said. The only
 * mutable thing in the room, and it does not outlive the turn.
 */
export class Turn {
	readonly state: Writable<ConversationState>;
	readonly memory: Writable<Memory>;
	readonly fields: Record<string, string>;
	readonly contact: ContactFacts;
	readonly advisors: readonly AdvisorFacts[] | undefined;
	readonly at: Date;
	readonly requestId: string;

	readonly effects: ConversationEffect[] = [];
	readonly learned: LearnEffect[] = [];
	readonly commands = new Set<Command>();
	readonly needs: SaidNeed[] = [];
	/** Words that no rule could place. */
	readonly leftovers: string[] = [];
	/** Everything written in this turn, for a case that is already open. */
	readonly written: string[] = [];
	readonly files: PendingAttachment[] = [];
	readonly understood: string[] = [];
	readonly rules: string[] = [];
	option: MenuOption | undefined;
	/** The question that the last bubble ended with: leaving its flow and coming back does not make it a new one. */
	private readonly askedBefore: { readonly field: string | undefined; readonly times: number };
	refused: RefusedAnswer | undefined;
	progress = false;
	/** Something arrived that a person would answer: not only reactions and system notes. */
	answerable = false;
	/** Ids of voice notes that nobody could read. */
	readonly voiceNotes: string[] = [];
	stickers = 0;
	unreadable = 0;
	locations = 0;
	quietReason: string | undefined;
	/** What the business's own knowledge says to this turn's messages, and is not said yet (B20). */
	readonly findings: KnowledgeFinding[] = [];
	/** What was asked for that the bot cannot do. */
	outOfScope: OutOfScope | undefined;
	/** Somebody is asked for beside a need: the need goes on, and a person is offered (B3). */
	wishesPerson = false;
	/** Why a person must take over, if one must. */
	upsetReason: string | undefined;

	constructor(
		state: ConversationState,
		readonly event: Pick<TurnEvent, 'at' | 'requestId' | 'contact' | 'advisors' | 'wantsPerson'>,
		readonly profile: BusinessProfile,
	) {
		this.state = { ...state };
		this.memory = { ...readMemory(state.memory) };
		this.fields = { ...state.fields };
		this.contact = event.contact;
		this.advisors = event.advisors;
		this.at = event.at;
		this.requestId = event.requestId;
		this.option = profile.options.find((option) => option.id === state.flow);
		this.askedBefore = { field: state.asked, times: state.askedTimes };
	}

	/** How often in a row a question was asked before this turn; 0 when the last bubble asked something else. */
	timesAsked(field: string): number {
		return field === this.askedBefore.field ? this.askedBefore.times : 0;
	}

	/** The answer to a field: said in this conversation, or on record. Empty when it was given up. */
	answer(field: string): string | undefined {
		const said = ownValue(this.fields, field);
		if (said !== undefined) return said;
		if (field === 'name') return this.contact.name || undefined;
		if (field === 'identification') return this.contact.identification || undefined;
		return undefined;
	}

	private applies(question: Question): boolean {
		return question.onlyWhen.every(({ field, is }) => is.includes(this.answer(field) ?? ''));
	}

	/** Contact questions without an answer, in their order. */
	missingContact(): Question[] {
		return this.profile.contactFields.filter(
			(question) => question.ask && this.answer(question.field) === undefined && this.applies(question),
		);
	}

	/** Questions of the flow without an answer, in their order. */
	missingInFlow(): Question[] {
		return (this.option?.questions ?? []).filter(
			(question) => question.ask && ownValue(this.fields, question.field) === undefined && this.applies(question),
		);
	}

	/** What is to be asked next: the person's data first, unless the profile starts with the menu (D1). */
	missing(): Question[] {
		if (this.profile.start === 'data') return [...this.missingContact(), ...this.missingInFlow()];
		return this.option === undefined ? [] : [...this.missingInFlow(), ...this.missingContact()];
	}

	/** Any question of the profile that keeps its answer under this field and is in reach now. */
	question(field: string): Question | undefined {
		return [...this.profile.contactFields, ...(this.option?.questions ?? [])].find(
			(question) => question.field === field,
		);
	}

	isContactField(field: string): boolean {
		return this.profile.contactFields.some((question) => question.field === field);
	}

	/** Keeps an answer and what it teaches about the person. */
	keep(field: string, value: string, verified = true): void {
		if (ownValue(this.fields, field) === value) return;
		this.fields[field] = value;
		this.progress = true;
		if (value === '') return;
		this.understood.push(`${field}: ${value}`);
		if (field === 'name' || field === 'identification' || field === 'email' || field === 'city' || field === 'company')
			this.learn({ kind: 'learn', field, value, verified });
	}

	learn(effect: LearnEffect): void {
		const earlier = this.learned.findIndex(({ field }) => field === effect.field);
		if (earlier >= 0) this.learned.splice(earlier, 1);
		this.learned.push(effect);
	}

	/** Whether something is said for the first time in this session; remembers that it was. */
	firstTime(key: string): boolean {
		const told = this.memory.told ?? [];
		if (told.includes(key)) return false;
		this.memory.told = [...told, key];
		return true;
	}

	/** Leaves the flow with its answers; the person's own data stay. */
	leaveFlow(): void {
		// What was said before any request was under way belongs to the one that begins now.
		const kept = this.option === undefined ? this.fields : answersOfThePerson(this.fields, this.profile);
		for (const field of Object.keys(this.fields)) if (!Object.hasOwn(kept, field)) delete this.fields[field];
		this.option = undefined;
		delete this.state.flow;
		delete this.state.asked;
		delete this.state.intent;
		delete this.state.subject;
		this.state.askedTimes = 0;
		this.state.menuPending = false;
		delete this.memory.advisorGivenUp;
		delete this.memory.advisorsOffered;
		delete this.memory.organising;
	}

	/** The state to keep: plain JSON without undefined. */
	finished(): ConversationState {
		const state: Writable<ConversationState> = { ...this.state, fields: this.fields, memory: { ...this.memory } };
		if (this.option === undefined) delete state.flow;
		else state.flow = this.option.id;
		return withoutUndefined(state);
	}
}
