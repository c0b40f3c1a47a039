import { RequestFailure } from './failure';

/**
 * Whether a vendor has failed at a request and keeps that failure under the request's key: the same key answers the same until the
 * vendor forgets it, whether the request was done or not (Stripe: at least a day, docs.stripe.com/api/idempotent_requests).
 */
export const repeatsOwnFailure = (error: unknown): error is RequestFailure =>
	error instanceof RequestFailure && error.isReplayed && (error.status ?? 0) >= 500;
