import type { Failure } from '../../domain/failures/failure';
import type { RefusalCause } from '../../domain/inbox/refusals';
import type { InvalidInput } from '../../domain/invalidInput';
import type { RequestFailure } from '../../http/failure';
import { failureOfRequest } from '../failures/readFailure';

/** How the inbox says no; the numbers are HTTP's, as the page reads them. */
export type RefusalStatus = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 503;

/** What a refusal says: in English, and by a code that the page says in the reader's language. */
export type RefusalWords = {
	readonly message: string;
	readonly description?: string;
	readonly field?: string;
	readonly retryAfter?: number;
	/** A vendor's no, which the page says by the vendor's code. */
	readonly failure?: Failure;
} & (RefusalCause | { readonly code?: undefined; readonly values?: undefined });

/** The inbox does not do what was asked, and says so to a person. */
export class Refusal extends Error {
	readonly status: RefusalStatus;
	/** How to go on. */
	readonly description?: string;
	/** The field of the form that is meant. */
	readonly field?: string;
	/** Seconds until it is worth trying again. */
	readonly retryAfter?: number;
	/** Why, for the page's own words. */
	readonly code?: RefusalCause['code'];
	/** What these words are said with. */
	readonly values?: RefusalCause['values'];
	/** A vendor's no, for the page's own words. */
	readonly failure?: Failure;

	constructor(status: RefusalStatus, words: RefusalWords) {
		super(words.message);
		this.name = 'Refusal';
		this.status = status;
		this.description = words.description;
		this.field = words.field;
		this.retryAfter = words.retryAfter;
		this.code = words.code;
		this.values = words.values;
		this.failure = words.failure;
	}
}

/** The field of a command that a node shows as a parameter: `lostReason` for “Lost Reason”. */
function fieldOf(parameter: string): string {
	const [first = '', ...others] = parameter.toLowerCase().split(/\s+/);
	return first + others.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

/** What a use case says to an operator in front of a node, said to a person in front of the page. */
export const refusalOfInput = ({ message, description, parameter, reason }: InvalidInput): Refusal =>
	new Refusal(422, {
		message,
		description,
		...(parameter === undefined ? {} : { field: fieldOf(parameter) }),
		...reason,
	});

/** Seconds after which it is worth asking a vendor again that did not say when. */
const ASK_AGAIN = 5;

/** What a vendor said no to, or did not answer, said to a person in front of the page. */
export function refusalOfRequest(error: RequestFailure): Refusal {
	const { kind, message, description, retryAfterMs } = error;
	const failure = failureOfRequest(error);
	if (kind === 'rejected' || kind === 'unauthorized') return new Refusal(422, { message, description, failure });
	const retryAfter = retryAfterMs === undefined ? ASK_AGAIN : Math.ceil(retryAfterMs / 1000);
	return new Refusal(503, { message, description, failure, retryAfter });
}
