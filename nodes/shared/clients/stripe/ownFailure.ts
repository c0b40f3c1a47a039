import { RequestFailure } from '../../http/failure';

/**
 * Whether Stripe has failed at a request and keeps that failure under its key: the same key answers the same 500 for a day, whether
 * the request was done or not (docs.stripe.com/api/idempotent_requests).
 */
export const repeatsOwnFailure = (error: unknown): error is RequestFailure =>
	error instanceof RequestFailure && error.vendor === 'stripe' && error.isReplayed && (error.status ?? 0) >= 500;
