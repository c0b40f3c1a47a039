import { isOpen } from '../businessHours';
import type { Turn } from '../turn';
import type { TextPart } from '../types';
import type { Decision } from './decision';

/** Puts parts behind the greetings of a bubble and before everything else. */
export const afterGreetings = (parts: readonly TextPart[], answers: readonly TextPart[]): TextPart[] => [
	...parts.filter((part) => GREETINGS.has(part.text)),
	...answers,
	...parts.filter((part) => !GREETINGS.has(part.text)),
];

/** Parts that come before anything else of a bubble. */
const GREETINGS: ReadonlySet<string> = new Set(['A1', 'B1', 'privacy', 'out_of_hours', 'resumed']);

/** Greeting of the session, once: A1 for the new, B1 for the known (D3). */
export function greetingParts(turn: Turn): TextPart[] {
	// A case of this very session makes the contact a returning one; that is no reason to greet again.
	if (turn.state.greeted) return [];
	turn.state.greeted = true;
	if (turn.contact.returning) {
		turn.state.returningGreeted = true;
		return [{ text: 'B1' }];
	}
	const privacy: TextPart[] = turn.profile.consent.privacyUrl === '' ? [] : [{ text: 'privacy' }];
	if (privacy.length > 0)
		turn.learn({
			kind: 'learn',
			field: 'consent',
			value: JSON.stringify({ at: turn.at.toISOString(), textVersion: turn.profile.consent.textVersion }),
		});
	return [{ text: 'A1' }, ...privacy];
}

/** Outside the opening hours it is said once a session, where the profile announces it. */
export function outOfHours(turn: Turn): TextPart[] {
	const { hours } = turn.profile;
	if (!hours.announce || hours.inWords === '' || isOpen(turn.profile, turn.at)) return [];
	return turn.firstTime('out_of_hours') ? [{ text: 'out_of_hours' }] : [];
}

/** The initial menu brings its own greeting. */
export function withoutSecondGreeting(decision: Decision): Decision {
	return { ...decision, parts: decision.parts.filter(({ text }) => text !== 'A1' && text !== 'B1') };
}
