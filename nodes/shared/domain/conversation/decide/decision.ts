import type { ChoicePart, SayEffect, TextPart } from '../types';

/** What a turn comes to: at most one bubble, and in words what comes next. */
export interface Decision {
	readonly parts: readonly TextPart[];
	readonly choices?: readonly ChoicePart[];
	readonly link?: SayEffect['link'];
	readonly next: string;
	/** Nothing to say, and why. */
	readonly silence?: string;
}

/** Nothing is said in this turn; the reason is kept with it. */
export const silent = (reason: string): Decision => ({ parts: [], next: reason, silence: reason });

/** These parts, or silence when there are none. */
export const spoken = (parts: readonly TextPart[], next: string): Decision =>
	parts.length === 0 ? silent(next) : { parts, next };
