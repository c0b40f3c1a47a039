import { newConversation } from '../../nodes/shared/domain/conversation/newConversation';
import { step } from '../../nodes/shared/domain/conversation/step';
import type {
	AdvisorFacts,
	CaseOpenedEvent,
	ContactFacts,
	ConversationEffect,
	ConversationState,
	OpenCaseEffect,
	PersonEvent,
	StepResult,
} from '../../nodes/shared/domain/conversation/types';
import type { MediaType, MessageContent, MessageEvent } from '../../nodes/shared/domain/messages/events';
import type { BusinessProfile } from '../../nodes/shared/domain/profile/businessProfile';
import { prosuministros } from '../../nodes/shared/domain/profile/prosuministros';
import { render } from '../../nodes/shared/text/render';

/** A bubble as the customer sees it, with the keys of its sentences. */
export interface Bubble {
	readonly keys: readonly string[];
	readonly text: string;
	/** Ids of the buttons. */
	readonly choices: readonly string[];
}

/** What a customer does in one go: words, or something to tap or attach. */
export type Act =
	| string
	| { readonly tap: string; readonly title?: string }
	| { readonly file: MediaType; readonly caption?: string }
	| { readonly content: MessageContent };

export interface DialogueSettings {
	readonly profile?: BusinessProfile;
	readonly contact?: Partial<ContactFacts>;
	readonly advisors?: readonly AdvisorFacts[];
	/** ISO; the default is a Monday morning in Bogotá. */
	readonly start?: string;
	/** Whom the platform says it notified. */
	readonly notifies?: (request: OpenCaseEffect) => string | undefined;
	/** Whether registered cases come back to the customer at once. */
	readonly registers?: boolean;
}

/**
 * Plays the platform around the pure reducer: keeps the state as JSON, registers cases, runs the clock. One `Dialogue` is one
 * customer.
 */
export class Dialogue {
	state: ConversationState;
	contact: ContactFacts;
	readonly bubbles: Bubble[] = [];
	readonly effects: ConversationEffect[] = [];
	readonly cases: Array<OpenCaseEffect & { readonly number: string }> = [];
	lastExplanation: StepResult['explanation'] = {};
	now: Date;
	private wakeAt: string | undefined;
	private counter = 0;
	private messages = 0;
	readonly profile: BusinessProfile;

	constructor(private readonly settings: DialogueSettings = {}) {
		this.profile = settings.profile ?? prosuministros;
		this.now = new Date(settings.start ?? '2026-11-23T15:00:00.000Z');
		this.state = newConversation(this.profile);
		this.contact = { contactId: 'contact-1', returning: false, openCases: [], ...settings.contact };
	}

	/** One turn with everything the customer sent; the bubble that came back, or nothing when the bot was silent. */
	says(...acts: readonly Act[]): Bubble | undefined {
		const messages = acts.map((act) => this.message(act));
		this.now = new Date(this.now.getTime() + 1500);
		return this.take(messages);
	}

	/** The same turn, from messages made before (for permutations and duplicates). */
	take(messages: readonly MessageEvent[]): Bubble | undefined {
		return this.pass(
			step(
				this.state,
				{
					kind: 'turn',
					at: this.now,
					requestId: `turn-${(this.counter += 1)}`,
					messages,
					contact: this.contact,
					...(this.settings.advisors === undefined ? {} : { advisors: this.settings.advisors }),
				},
				this.profile,
			),
		);
	}

	message(act: Act): MessageEvent {
		this.now = new Date(this.now.getTime() + 1000);
		const id = `wamid.${(this.messages += 1)}`;
		return {
			kind: 'message',
			id,
			at: this.now,
			raw: {},
			from: { waId: '573001112233' },
			channel: { phoneNumberId: '1' },
			content: contentOf(act, id),
		};
	}

	/** Lets time pass; timers fall due on the way. The bubbles that came of it. */
	waits(minutes: number): Bubble[] {
		const until = this.now.getTime() + minutes * 60_000;
		const said: Bubble[] = [];
		for (let rings = 0; this.wakeAt !== undefined && Date.parse(this.wakeAt) <= until && rings < 20; rings += 1) {
			this.now = new Date(Math.max(this.now.getTime(), Date.parse(this.wakeAt)));
			const bubble = this.pass(step(this.state, { kind: 'time', at: this.now, contact: this.contact }, this.profile));
			if (bubble !== undefined) said.push(bubble);
		}
		this.now = new Date(until);
		return said;
	}

	person(action: PersonEvent['action'], more: Partial<PersonEvent> = {}): void {
		this.pass(step(this.state, { kind: 'person', at: this.now, action, contact: this.contact, ...more }, this.profile));
	}

	/** The platform registered a case. */
	caseOpened(event: Partial<CaseOpenedEvent> & Pick<CaseOpenedEvent, 'requestId' | 'type'>): Bubble | undefined {
		return this.pass(
			step(
				this.state,
				{
					kind: 'case_opened',
					at: this.now,
					caseId: 'case-x',
					number: 'PS-2026-999999',
					contact: this.contact,
					...event,
				},
				this.profile,
			),
		);
	}

	/** Effects of one kind, of the whole dialogue. */
	all<K extends ConversationEffect['kind']>(kind: K): Array<Extract<ConversationEffect, { kind: K }>> {
		return this.effects.filter((effect): effect is Extract<ConversationEffect, { kind: K }> => effect.kind === kind);
	}

	get lastBubble(): Bubble | undefined {
		return this.bubbles.at(-1);
	}

	private pass(result: StepResult): Bubble | undefined {
		this.state = JSON.parse(JSON.stringify(result.state)) as ConversationState;
		this.lastExplanation = result.explanation;
		this.effects.push(...result.effects);
		let bubble: Bubble | undefined;
		for (const effect of result.effects) {
			if (effect.kind === 'wake') this.wakeAt = effect.at;
			if (effect.kind === 'learn' && (effect.field === 'name' || effect.field === 'identification'))
				this.contact = { ...this.contact, [effect.field]: effect.value };
			if (effect.kind === 'learn' && effect.field === 'optOut') this.contact = { ...this.contact, optedOut: true };
			if (effect.kind === 'learn' && effect.field === 'optIn') this.contact = { ...this.contact, optedOut: false };
			if (effect.kind === 'say') {
				const message = render(effect, this.profile, this.state.language);
				bubble = {
					keys: effect.parts.map(({ text }) => text),
					text: 'text' in message ? message.text : '',
					choices: message.type === 'choices' ? message.choices.map(({ id }) => id) : [],
				};
				this.bubbles.push(bubble);
			}
		}
		for (const effect of result.effects)
			if (effect.kind === 'openCase' && this.settings.registers !== false) bubble = this.register(effect) ?? bubble;
		return bubble;
	}

	private register(request: OpenCaseEffect): Bubble | undefined {
		const number = `PS-2026-${String(this.cases.length + 1).padStart(6, '0')}`;
		const id = `case-${this.cases.length + 1}`;
		this.cases.push({ ...request, number });
		this.contact = {
			...this.contact,
			returning: this.contact.name !== undefined,
			openCases: [
				{ id, number, type: request.type, status: 'open', subject: request.subject, updatedAt: this.now.toISOString() },
				...this.contact.openCases,
			],
		};
		const advisorName = this.settings.notifies ? this.settings.notifies(request) : request.advisorName;
		return this.caseOpened({
			requestId: request.requestId,
			type: request.type,
			caseId: id,
			number,
			...(advisorName === undefined ? {} : { advisorName }),
		});
	}
}

function contentOf(act: Act, id: string): MessageContent {
	if (typeof act === 'string') return { type: 'text', text: act };
	if ('content' in act) return act.content;
	if ('tap' in act)
		return {
			type: 'reply',
			text: act.title ?? act.tap,
			reply: { id: act.tap, title: act.title ?? act.tap, via: 'button' },
		};
	return {
		type: act.file,
		...(act.caption === undefined ? {} : { text: act.caption }),
		media: { type: act.file, mediaId: `media-${id}`, ...(act.caption === undefined ? {} : { caption: act.caption }) },
	};
}

/** A customer who is known: has a name, an identification and an earlier case. */
export const known: Partial<ContactFacts> = {
	name: 'Ana Ruiz',
	identification: '1020304050',
	returning: true,
	ownerName: 'Laura Gómez',
};

export const advisors: readonly AdvisorFacts[] = [
	{ id: 'a1', name: 'Carlos Ramírez', areas: ['sales'] },
	{ id: 'a2', name: 'Carla Rojas', aliases: ['Carlita'], areas: ['sales'] },
	{ id: 'a3', name: 'Laura Gómez', areas: ['sales'] },
	{ id: 'a4', name: 'Andrés Felipe Peña', areas: ['support'] },
];
