import type { FailureReason } from '../../domain/failures/failure';

/** What happened, and what to do about it. `{who}` is the vendor. */
export type FailureSentences = readonly [what: string, todo: string];

/** Everything that is said of failures in one language; a reason without words does not compile. */
export interface FailureWords {
	readonly reasons: Readonly<Record<FailureReason, FailureSentences>>;
	/** A vendor refused with a code that nobody has words for. */
	readonly unknownCode: FailureSentences;
	/** Nobody said anything that could be known again. */
	readonly unknown: FailureSentences;
	/** What a vendor says, in its own words: `{who}`, `{said}`. */
	readonly vendorSays: string;
	/** What the log has of it, in words that are not ours: `{said}`. */
	readonly logSays: string;
}
