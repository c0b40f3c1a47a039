/** What Stripe says no with. */
export class StripeError extends Error {
	constructor(
		readonly status: number,
		readonly error: Readonly<Record<string, unknown>>,
		/** The request was well-formed and was begun: its key answers this refusal from now on. */
		readonly begun = false,
	) {
		super(String(error.message));
	}
}

export const invalid = (message: string, more: Readonly<Record<string, unknown>> = {}): StripeError =>
	new StripeError(400, { type: 'invalid_request_error', message, ...more });

/** Understood, and not done for what is so at the moment. */
export const declined = (message: string, code: string): StripeError =>
	new StripeError(400, { type: 'invalid_request_error', message, code }, true);

export const missing = (id: string): StripeError =>
	new StripeError(404, {
		type: 'invalid_request_error',
		code: 'resource_missing',
		message: `No such object: '${id}'`,
		param: 'id',
	});

export const unrecognized = (method: string, path: string): StripeError =>
	new StripeError(404, {
		type: 'invalid_request_error',
		message: `Unrecognized request URL (${method}: /v1${path})`,
	});
