import type { MessageEvent, MediaReference } from '../messages/events';
import type { Classification, Intent } from '../classifier/types';
import type { KnowledgeFinding } from '../knowledge/knowledge';

/** Kinds of case. `quotation` and `information` both come from menu option 1 (D12). */
export type CaseType = 'quotation' | 'information' | 'order_status' | 'support' | 'documents' | 'billing' | 'other';

/** What is known of the person, from the store, at the moment of the event. Flat and serialisable. */
export interface ContactFacts {
	readonly contactId: string;
	readonly name?: string;
	/** The name came from the WhatsApp profile only (D30). */
	readonly nameVerified?: boolean;
	readonly identification?: string;
	readonly phone?: string;
	readonly profileName?: string;
	/** Has a name and a registered case or lead, or was imported (D3). */
	readonly returning: boolean;
	readonly ownerName?: string;
	readonly language?: string;
	readonly optedOut?: boolean;
	/** Open cases inside the duplicate window (D16), newest first. */
	readonly openCases: ReadonlyArray<{
		readonly id: string;
		readonly number: string;
		readonly type: CaseType;
		readonly status: string;
		readonly subject?: string;
		readonly updatedAt: string;
		readonly ownerName?: string;
	}>;
}

/** A person of the business whom a customer may name. */
export interface AdvisorFacts {
	readonly id: string;
	readonly name: string;
	/** Other names people use. */
	readonly aliases?: readonly string[];
	/** Keys of the areas the person works in. */
	readonly areas?: readonly string[];
}

/** One file or voice note that waits for its case. */
export interface PendingAttachment {
	readonly messageId: string;
	readonly media: MediaReference;
}

export type ConversationMode = 'bot' | 'waiting' | 'human' | 'mirrored' | 'closed';

/**
 * The dialogue's memory. Plain JSON: it goes through the store between any two steps, so no Date, Map or
 * undefined-versus-missing difference may matter.
 */
export interface ConversationState {
	/** Version of this shape. */
	readonly v: 1;
	readonly mode: ConversationMode;
	/** Menu option or flow under way (id in the profile), if any. */
	readonly flow?: string;
	/** Key of the field or question that was asked last and waits for an answer. */
	readonly asked?: string;
	/** How often `asked` was asked in a row. */
	readonly askedTimes: number;
	/** Answers by field key (`name`, `identification`, `product`, `detailLevel` …), as normalised strings. */
	readonly fields: Readonly<Record<string, string>>;
	/** The need in the customer's own words, appended. */
	readonly subject?: string;
	readonly intent?: Intent;
	readonly menuPending: boolean;
	readonly greeted: boolean;
	readonly returningGreeted: boolean;
	readonly attachments: readonly PendingAttachment[];
	/** Turns without progress in a row (D14). */
	readonly stalledTurns: number;
	/** Request id of the case being opened, once asked for. */
	readonly openRequestId?: string;
	/** Case opened last in this session. */
	readonly caseNumber?: string;
	readonly caseType?: CaseType;
	/** When the customer wrote last; ISO, vendor's clock. */
	readonly lastInboundAt?: string;
	readonly lastOutboundAt?: string;
	readonly remindersSent: number;
	readonly language: string;
	/** Free room for the flows of later versions; JSON values only. */
	readonly memory: Readonly<Record<string, unknown>>;
}

/** All of a contact's messages that are due together: one turn, one bubble (D35). */
export interface TurnEvent {
	readonly kind: 'turn';
	readonly at: Date;
	readonly requestId: string;
	/** Sorted by vendor time. */
	readonly messages: readonly MessageEvent[];
	readonly contact: ContactFacts;
	/** What a connected model said where the rules were unsure, by message id. */
	readonly classified?: Readonly<Record<string, Classification>>;
	/** Transcripts of voice notes, by message id (D18). */
	readonly transcripts?: Readonly<Record<string, string>>;
	/** What the business's own knowledge has to say to a message, by message id (B20). */
	readonly knowledge?: Readonly<Record<string, KnowledgeFinding>>;
	/** An assistant that was asked first is unsure: a person must answer (S11). */
	readonly wantsPerson?: boolean;
	/** Who may be named as the advisor. Absent: any name is taken as it is and checked when the case is made. */
	readonly advisors?: readonly AdvisorFacts[];
}

/** A case was registered for a request of this conversation: the one place that says the number (D4). */
export interface CaseOpenedEvent {
	readonly kind: 'case_opened';
	readonly at: Date;
	readonly requestId: string;
	readonly caseId: string;
	readonly number: string;
	readonly type: CaseType;
	/** The person who was really notified (D7, D8). */
	readonly advisorName?: string;
	readonly areaName?: string;
	readonly contact: ContactFacts;
}

/** A timer of the conversation fell due (reminder, close). */
export interface TimeEvent {
	readonly kind: 'time';
	readonly at: Date;
	readonly contact: ContactFacts;
}

/** An advisor wrote, accepted, took over, gave back or ended the conversation. */
export interface PersonEvent {
	readonly kind: 'person';
	readonly at: Date;
	readonly action: 'accepted' | 'wrote' | 'took_over' | 'gave_back' | 'closed' | 'offer_link';
	readonly contact: ContactFacts;
	/** `offer_link`: the number that the customer may write to instead (template K), with its country code. */
	readonly number?: string;
	/** `offer_link`: whose number it is. */
	readonly advisorName?: string;
}

/**
 * What `step` accepts. A single parsed message (`kind: 'message'`, from parseMetaWebhook) is a turn of one
 * message of an unknown contact: convenient for rehearsals and tests.
 */
export type ConversationEvent = TurnEvent | MessageEvent | CaseOpenedEvent | TimeEvent | PersonEvent;

/** One sentence by key. `values` fill its `{placeholders}`. */
export interface TextPart {
	readonly text: string;
	readonly values?: Readonly<Record<string, string | number>>;
	/** Further sentences of the same paragraph, each on a line of its own. */
	readonly lines?: readonly TextPart[];
}

/** Something tappable in a bubble, by text key. */
export interface ChoicePart {
	readonly id: string;
	readonly text: string;
	readonly values?: Readonly<Record<string, string | number>>;
}

/** One bubble. */
export interface SayEffect {
	readonly kind: 'say';
	readonly parts: readonly TextPart[];
	readonly choices?: readonly ChoicePart[];
	/** A button that opens an address; there are no choices beside it. */
	readonly link?: { readonly text: string; readonly url: string };
}

export interface OpenCaseEffect {
	readonly kind: 'openCase';
	/** Deterministic in the turn, so that a repeated turn asks for the same case. */
	readonly requestId: string;
	readonly type: CaseType;
	readonly area: string;
	readonly option?: string;
	readonly subject: string;
	readonly fields: Readonly<Record<string, string>>;
	readonly attachments: readonly PendingAttachment[];
	/** Whether Crear Lead follows (D12). */
	readonly createLead: boolean;
	readonly advisorName?: string;
	/** Request of the incomplete case that goes on with this one (D19). */
	readonly reopens?: string;
}

export interface HandoffEffect {
	readonly kind: 'handoff';
	readonly requestId: string;
	readonly strength: 'notify' | 'take_over';
	readonly reason: string;
	readonly area?: string;
	readonly advisorName?: string;
	/** The case asked for in the same turn: who is told of it is told of this with it. */
	readonly caseRequestId?: string;
}

export interface CloseEffect {
	readonly kind: 'close';
	readonly requestId: string;
	readonly reason: 'incomplete' | 'resolved' | 'opted_out';
	readonly openCase?: OpenCaseEffect;
}

export interface KeepAttachmentEffect {
	readonly kind: 'keepAttachment';
	readonly requestId: string;
	readonly attachment: PendingAttachment;
}

/** Files or text that arrived for a case that is already open (D16). */
export interface AddToCaseEffect {
	readonly kind: 'addToCase';
	readonly requestId: string;
	readonly caseId: string;
	readonly text?: string;
	readonly attachments: readonly PendingAttachment[];
}

/** When the conversation wants to be woken; replaces the earlier wish. Absent `at` = not at all. */
export interface WakeEffect {
	readonly kind: 'wake';
	readonly at?: string;
}

/** A fact learnt about the person, to be stored on the contact. */
export interface LearnEffect {
	readonly kind: 'learn';
	readonly field:
		| 'name'
		| 'identification'
		| 'email'
		| 'company'
		| 'city'
		| 'language'
		| 'optOut'
		| 'optIn'
		| 'consent';
	readonly value: string;
	readonly verified?: boolean;
}

export type ConversationEffect =
	| SayEffect
	| OpenCaseEffect
	| HandoffEffect
	| CloseEffect
	| KeepAttachmentEffect
	| AddToCaseEffect
	| WakeEffect
	| LearnEffect;

export interface StepResult {
	readonly state: ConversationState;
	readonly effects: readonly ConversationEffect[];
	/** In words, for the operator and the bitácora: what was understood, by which rule, what comes next. */
	readonly explanation: {
		readonly understood?: string;
		readonly rule?: string;
		/** How sure it was of the needs that were said, 0 to 1; of several the least sure one. */
		readonly confidence?: number;
		readonly asked?: string;
		readonly next?: string;
	};
}
