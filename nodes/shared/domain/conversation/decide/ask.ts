import type { Question } from '../../profile/businessProfile';
import { giveUp } from '../absorb/flow';
import { choicesOf } from '../questions';
import type { Turn } from '../turn';
import type { ChoicePart, TextPart } from '../types';
import type { Decision } from './decision';

/** No question is asked more often in a row, whatever happens. */
const MOST_ATTEMPTS = 3;

/** A WhatsApp list holds no more. */
const MOST_CHOICES = 10;

/** The question that waits is asked again under an answer, as often as any other. */
export function goOnAsking(turn: Turn, parts: readonly TextPart[], asked: Question): Decision {
	const next = `The customer answers ${asked.field}.`;
	if (turn.state.askedTimes >= MOST_ATTEMPTS) return { parts, next };
	turn.state.askedTimes += 1;
	const choices = choicesOf(turn, asked, false) ?? [];
	return { parts: [...parts, { text: asked.textKey }], ...(choices.length === 0 ? {} : { choices }), next };
}

/** "un asesor que me cotice 3 ups": the need goes on, and whoever would rather talk to somebody has a button for it. */
const personOffered = (turn: Turn): ChoicePart[] =>
	turn.wishesPerson && turn.firstTime('person_offered') ? [{ id: 'person', text: 'choice_person' }] : [];

/** Files that came with words, or before the need is known, are acknowledged once. */
export function fileParts(turn: Turn): TextPart[] {
	if (turn.files.length === turn.stickers || turn.files.length === turn.voiceNotes.length) return [];
	return turn.firstTime('attachment_received') ? [{ text: 'attachment_received' }] : [];
}

/** Asks a question, or gives it up when it was asked often enough; then the next one is asked. */
export function ask(turn: Turn, lead: readonly TextPart[], question: Question): Decision | undefined {
	const times = turn.timesAsked(question.field);
	const again = times > 0;
	// Who answers something else, corrects, or tells more has not failed to answer; three times is enough all the same.
	const told = turn.refused?.field !== question.field || question.type === 'choice';
	const attempts = turn.progress && told ? MOST_ATTEMPTS : question.attempts;
	if (times >= attempts) {
		giveUp(turn, question.field);
		const [next] = turn.missing();
		return next === undefined ? undefined : ask(turn, lead, next);
	}
	const refused = turn.refused?.field === question.field ? turn.refused : undefined;
	turn.state.askedTimes = times + 1;
	turn.state.asked = question.field;
	turn.state.menuPending = false;
	const parts = refused?.parts ?? [{ text: question.textKey }];
	const offered = choicesOf(turn, question, again) ?? [];
	const choices = offered.length < MOST_CHOICES ? [...offered, ...personOffered(turn)] : offered;
	const unreadable: TextPart[] =
		turn.unreadable > 0 && turn.written.length === 0 ? [{ text: 'unreadable_message' }] : [];
	return {
		parts: [...lead, ...fileParts(turn), ...unreadable, ...parts],
		...(choices.length === 0 ? {} : { choices }),
		next: `The customer answers ${question.field}.`,
	};
}
