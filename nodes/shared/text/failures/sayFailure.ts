import { SAYS_MORE, VENDOR_NAMES, type Failure } from '../../domain/failures/failure';
import type { FailureSentences, FailureWords } from './failureWords';

/** Longer words of a vendor's are read in the log. */
const QUOTED_LENGTH = 300;

const filled = (sentence: string, values: Readonly<Record<string, string>>): string =>
	sentence.replace(/\{(who|said)\}/g, (_, name: string) => values[name] ?? '');

function quotation(words: FailureWords, { reason, vendor, said }: Failure, who: string): string | undefined {
	if (said === undefined || said === '' || (reason !== undefined && !SAYS_MORE.has(reason))) return undefined;
	const letters = [...said.replace(/\s+/g, ' ').trim()];
	const shown = letters.length > QUOTED_LENGTH ? `${letters.slice(0, QUOTED_LENGTH - 1).join('')}…` : letters.join('');
	return filled(vendor === undefined ? words.logSays : words.vendorSays, { who, said: shown });
}

/**
 * Why something could not be done, in one language: what happened, then what to do. What a vendor says for itself is quoted, and
 * its code stands at the end, for who asks its support.
 */
export function sayFailure(words: FailureWords, failure: Failure): { readonly text: string; readonly detail: string } {
	const { reason, vendor, code } = failure;
	const who = vendor === undefined ? '—' : VENDOR_NAMES[vendor];
	const [what, todo]: FailureSentences =
		reason !== undefined ? words.reasons[reason] : vendor === undefined ? words.unknown : words.unknownCode;
	const numbered = vendor === undefined || code === undefined ? undefined : `(${who} ${code})`;
	return {
		text: filled(what, { who }),
		detail: [quotation(words, failure, who), filled(todo, { who }), numbered]
			.filter((sentence) => sentence !== undefined)
			.join(' '),
	};
}
