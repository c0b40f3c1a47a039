/** What Stripe says no with. */
export class StripeError extends Error {
	constructor(
		readonly status: number,
		readonly error: Readonly<Record<string, unknown>>,
	) {
		super(String(error.message));
	}
}

export const invalid = (message: string, more: Readonly<Record<string, unknown>> = {}): StripeError =>
	new StripeError(400, { type: 'invalid_request_error', message, ...more });

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
