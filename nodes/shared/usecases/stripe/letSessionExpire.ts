import { expireCheckoutSession, getCheckoutSession, type CheckoutSession } from '../../clients/stripe/checkoutSessions';
import type { Stripe } from '../../clients/stripe/stripe';
import { RequestFailure } from '../../http/failure';
import type { Store } from '../../store/store';

/**
 * Lets nobody pay in a session any more; doing it twice is the same. Each call has a key of its own, so that no answer of before,
 * refusal or failure, speaks for it.
 * @throws RequestFailure also when somebody has paid in it
 */
export async function letSessionExpire(store: Store, stripe: Stripe, id: string): Promise<CheckoutSession> {
	try {
		return await expireCheckoutSession(stripe, id, `expire:${id}:${store.newId()}`);
	} catch (error) {
		// Stripe refuses for a session that is not open any more.
		if (!(error instanceof RequestFailure) || error.kind !== 'rejected') throw error;
		const session = await getCheckoutSession(stripe, id);
		if (session.status === 'expired') return session;
		throw error;
	}
}
