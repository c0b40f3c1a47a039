import { readMemory } from './memory';
import type { Turn } from './turn';
import type { ConversationState, TurnEvent } from './types';

/**
 * Whether the customer was asked to write what a voice note says and has not written since: its transcript, come late, is
 * their answer.
 */
export function awaitsTranscript(state: ConversationState, messageId: string): boolean {
	return state.mode === 'bot' && (readMemory(state.memory).untranscribed ?? []).includes(messageId);
}

/** A voice note that could be read after all counts as written; whoever writes instead makes its transcript too late. */
export function hearLate(turn: Turn, { messages }: TurnEvent): void {
	const { untranscribed } = turn.memory;
	if (untranscribed === undefined || !turn.answerable) return;
	const heard = new Set(messages.map(({ id }) => id).filter((id) => untranscribed.includes(id)));
	const wroteInstead = messages.some(({ id }) => !heard.has(id));
	const left = wroteInstead ? [] : untranscribed.filter((id) => !heard.has(id));
	if (left.length > 0) turn.memory.untranscribed = left;
	else delete turn.memory.untranscribed;
	if (heard.size > 0) turn.memory.voiceNotes = Math.max(0, (turn.memory.voiceNotes ?? 0) - heard.size);
}
