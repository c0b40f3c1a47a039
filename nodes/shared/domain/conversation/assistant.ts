import { classify } from '../classifier/classify';
import { moodOf } from '../classifier/mood';
import type { Intent } from '../classifier/types';
import type { MessageEvent } from '../messages/events';
import type { BusinessProfile } from '../profile/businessProfile';
import { optionNamed } from './absorb/choice';
import type { ContactFacts, ConversationState } from './types';

/** What may be answered from what the business knows. Requests to be registered, greetings and opting out are the dialogue's. */
const ANSWERABLE: ReadonlySet<Intent> = new Set(['order_status', 'billing', 'unknown']);

/** Shorter ones are choices, commands or answers to what was asked. */
const FEWEST_WORDS = 3;

const LONGEST_TEXT = 2_000;

function isQuestion(message: MessageEvent, at: Date, profile: BusinessProfile): boolean {
	const { content, groupId } = message;
	const text = content.text?.trim() ?? '';
	if (groupId !== undefined || text.length > LONGEST_TEXT || text.split(/\s+/).length < FEWEST_WORDS) return false;
	if (content.type !== 'text' && content.media?.type !== 'voice') return false;
	if (moodOf(text) !== undefined) return false;
	// D28: who chooses from the menu in its own words is asked what the option asks, the advisor above all.
	if (optionNamed(profile, text) !== undefined) return false;
	return ANSWERABLE.has(classify(text, { profile, at }).intent);
}

/**
 * Whether an assistant may answer a turn before the dialogue does: a known customer asks something in words, nothing that the
 * dialogue asked waits for an answer, and nobody is upset, asks for a person or wants to be left alone. All of that the dialogue
 * does better, and always in the same way.
 */
export function assistantMayAnswer(
	state: ConversationState,
	contact: ContactFacts,
	messages: readonly MessageEvent[],
	at: Date,
	profile: BusinessProfile,
): boolean {
	if (state.mode !== 'bot' && state.mode !== 'closed') return false;
	if (contact.name === undefined || contact.optedOut === true) return false;
	const isUnderWay = state.mode === 'bot' && (state.asked !== undefined || state.openRequestId !== undefined);
	if (isUnderWay || messages.length === 0) return false;
	return messages.every((message) => isQuestion(message, at, profile));
}

/** What an assistant's words are worth: said to the customer, or a person must answer, or nothing can be done with them. */
export type AssistantReading =
	| { readonly kind: 'answer'; readonly text: string }
	| { readonly kind: 'person' }
	| { readonly kind: 'nonsense' };

/** WhatsApp takes more, people read no more. */
const LONGEST_ANSWER = 1_500;

/** What models leave behind when they write a tool call, a structure or their own thoughts instead of an answer. */
const RESIDUE =
	/^\s*[[{<]|```|<\/?(?:think|tool|function|invoke)|\btool_calls?\b|\bfunction_call\b|^(?:undefined|null|NaN)$/i;

/** @param handOver the word with which the assistant is told to ask for a person */
export function readAssistantAnswer(said: string, handOver: string): AssistantReading {
	const text = said.trim();
	if (handOver !== '' && text.toLowerCase().includes(handOver.toLowerCase())) return { kind: 'person' };
	if (text === '' || text.length > LONGEST_ANSWER || RESIDUE.test(text) || !/\p{L}{2}/u.test(text))
		return { kind: 'nonsense' };
	return { kind: 'answer', text };
}

/** Addresses in an answer, as a customer could tap them. */
export const linksIn = (text: string): readonly string[] =>
	[...text.matchAll(/\b(?:https?:\/\/|www\.)\S+/giu)].map(([link]) => link.replace(/[).,;:!?*_~]+$/u, ''));

/** Most words of an answer that are looked up, so that no answer costs more than a few queries. */
const MOST_MENTIONS = 12;

const CASE = /\b\p{L}{1,8}-[\p{L}\d]+(?:-[\p{L}\d]+)*/gu;

/** What in an answer may be the number of a case or of a person. */
export function mentionsIn(text: string): { readonly cases: readonly string[]; readonly phones: readonly string[] } {
	const cases = [...text.matchAll(CASE)].map(([found]) => found);
	const phones = [...text.replace(CASE, ' ').matchAll(/\+?\d(?:[\s().-]?\d){8,14}/gu)].map(([found]) =>
		found.replace(/\D/g, ''),
	);
	return {
		cases: [...new Set(cases)].slice(0, MOST_MENTIONS),
		phones: [...new Set(phones)].slice(0, MOST_MENTIONS),
	};
}
