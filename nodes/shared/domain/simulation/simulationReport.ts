import type { Intent, MatchedRule } from '../classifier/types';
import type { CaseType, ConversationState, SayEffect } from '../conversation/types';
import type { BusinessProfile } from '../profile/businessProfile';
import type { ChatMediaType } from './chatMessage';
import type { SideEvidence } from './chatSides';

/**
 * What would have become of a conversation.
 * - `registered`: the bot understood, asked what was missing and registered the case.
 * - `continued`: it belonged to a case that the bot had registered before.
 * - `opted_out`: the customer did not want to be written to, and the bot would have kept to it.
 * - `handed_over`: a person would have had to take over the dialogue.
 * - `unfinished`: the bot would still be waiting for an answer.
 * - `small_talk`: a greeting or thanks; nothing was asked for.
 * - `not_asked`: the customer wrote nothing.
 */
export const OUTCOMES = [
	'registered',
	'continued',
	'opted_out',
	'handed_over',
	'unfinished',
	'small_talk',
	'not_asked',
] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** The bot alone would have brought these to an end. */
export const RESOLVED: readonly Outcome[] = ['registered', 'continued', 'opted_out'];
/** Conversations in which somebody wanted something. */
export const WITH_A_NEED: readonly Outcome[] = [...RESOLVED, 'handed_over', 'unfinished'];

/** A case that the bot would have registered. */
export interface SimulatedCase {
	readonly type: CaseType;
	readonly areaName: string;
	readonly subject: string;
	readonly createLead: boolean;
	/** What the customer had really said of it. */
	readonly fields: Readonly<Record<string, string>>;
}

/** One step of the dialogue as it would have been. */
export interface SimulatedStep {
	/** The customer's words; numbers and addresses are hidden. */
	readonly said: string;
	readonly files: readonly ChatMediaType[];
	/** The chat has no answer to the bot's question: this one stands for what a customer would say. */
	readonly assumed: boolean;
	readonly bubbles: readonly SayEffect[];
	readonly language: ConversationState['language'];
}

export interface SimulatedConversationReport {
	/** Place of its chat among those that were given. */
	readonly chatIndex: number;
	readonly chat: string;
	readonly customer: string;
	readonly number: number;
	readonly startedAt: string;
	readonly endedAt: string;
	readonly customerMessages: number;
	readonly businessMessages: number;
	/** The first concrete need, else what the words were otherwise. */
	readonly intent: Intent;
	readonly confidence: number;
	readonly matched: readonly MatchedRule[];
	/** The words that the need was read from. */
	readonly example: string;
	/** Questions that the bot would have asked, by field. */
	readonly asked: readonly string[];
	readonly cases: readonly SimulatedCase[];
	/** Why a person would have been called: to take over, or only to be told. */
	readonly handoffs: ReadonlyArray<{ readonly strength: 'notify' | 'take_over'; readonly reason: string }>;
	readonly outcome: Outcome;
	readonly resolved: boolean;
	/** From the customer's first message to the first answer of a person; null when nobody answered. */
	readonly firstAnswerMinutes: number | null;
	/** Nobody was at work when the customer wrote, by the profile's hours. */
	readonly outsideHours: boolean;
	readonly steps: readonly SimulatedStep[];
}

/** How many conversations asked for something, with words of customers. */
export interface AskedFor {
	readonly intent: Intent;
	readonly conversations: number;
	/** Of all conversations with words of a customer, 0-1. */
	readonly share: number;
	/** Numbers and addresses are hidden. */
	readonly examples: readonly string[];
}

export interface LateQuotation {
	readonly chat: string;
	readonly customer: string;
	readonly askedAt: string;
	/** Null when nobody answered. */
	readonly waitedMinutes: number | null;
	readonly outsideHours: boolean;
	readonly words: string;
}

export interface FoundKeyword {
	readonly intent: Intent;
	readonly phrase: string;
	/** Different sentences that it was found in. */
	readonly sentences: number;
}

export interface FoundAdvisor {
	readonly name: string;
	readonly messages: number;
}

/** A first profile for the client, made from how its people and customers already talk. */
export interface DraftProfile {
	readonly profile: BusinessProfile;
	readonly advisors: readonly FoundAdvisor[];
	readonly keywords: readonly FoundKeyword[];
	/** Ids of options that the menu gets because many people ask for them. */
	readonly newOptions: readonly string[];
	/** Whether the hours are those in which people answered; otherwise there were too few answers to tell. */
	readonly hoursSeen: boolean;
}

export interface SimulationReport {
	readonly business: string;
	readonly businessNames: readonly string[];
	readonly evidence: SideEvidence;
	readonly from: string | null;
	readonly to: string | null;
	readonly timeZone: string;
	readonly chats: number;
	readonly messages: number;
	readonly customerMessages: number;
	readonly conversations: number;
	/** Conversations in which somebody wanted something: what the shares are of. */
	readonly withNeed: number;
	readonly outcomes: Readonly<Record<Outcome, number>>;
	/** 0-1; null when nobody wanted anything. */
	readonly resolvedShare: number | null;
	/** Whether customers were taken to answer what the bot asks. */
	readonly assumesAnswers: boolean;
	readonly registered: Readonly<Partial<Record<CaseType, number>>>;
	readonly leads: number;
	readonly questions: ReadonlyArray<{ readonly field: string; readonly times: number }>;
	readonly handoffReasons: ReadonlyArray<{ readonly reason: string; readonly conversations: number }>;
	readonly askedFor: readonly AskedFor[];
	readonly products: ReadonlyArray<{ readonly product: string; readonly conversations: number }>;
	/** Messages of customers by weekday (Monday first) and hour. */
	readonly hours: ReadonlyArray<readonly number[]>;
	readonly outsideHours: number;
	/** Of conversations that a person answered; null when none was. */
	readonly firstAnswer: {
		readonly medianMinutes: number | null;
		readonly overTwoHours: number;
		readonly never: number;
	};
	readonly automaticAnswers: readonly string[];
	readonly lateQuotations: readonly LateQuotation[];
	readonly draft: DraftProfile;
	readonly details: readonly SimulatedConversationReport[];
}
