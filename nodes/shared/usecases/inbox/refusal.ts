/** How the inbox says no; the numbers are HTTP's, as the page reads them. */
export type RefusalStatus = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 503;

/** The inbox does not do what was asked, and says so to a person. */
export class Refusal extends Error {
	readonly status: RefusalStatus;
	/** How to go on. */
	readonly description?: string;
	/** The field of the form that is meant. */
	readonly field?: string;
	/** Seconds until it is worth trying again. */
	readonly retryAfter?: number;

	constructor(
		status: RefusalStatus,
		words: {
			readonly message: string;
			readonly description?: string;
			readonly field?: string;
			readonly retryAfter?: number;
		},
	) {
		super(words.message);
		this.name = 'Refusal';
		this.status = status;
		this.description = words.description;
		this.field = words.field;
		this.retryAfter = words.retryAfter;
	}
}
