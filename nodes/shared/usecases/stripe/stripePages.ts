import { getCheckoutSession, listCheckoutSessions, type CheckoutSession } from '../../clients/stripe/checkoutSessions';
import { everyPage } from '../../clients/stripe/everyPage';
import type { Page } from '../../clients/stripe/objects';
import { deactivatePaymentLink, getPaymentLink, type PaymentLink } from '../../clients/stripe/paymentLinks';
import type { Stripe } from '../../clients/stripe/stripe';
import { RequestFailure } from '../../http/failure';
import type { Store } from '../../store/store';
import type { PageState, PaymentPages, PaymentWithPage } from '../payments/paymentPages';
import { createAtStripe, orderOfPayment } from './collectOrder';
import { letSessionExpire } from './letSessionExpire';
import { hasFailed } from './truths';

const isSession = ({ provider_id: id }: PaymentWithPage): boolean => id.startsWith('cs_');

const SESSION_STATES = new Map<string, PageState>([
	['open', 'open'],
	['expired', 'expired'],
]);

function stateOfLink({ active, restrictions }: PaymentLink): PageState {
	const sessions = restrictions?.completed_sessions;
	// Stripe deactivates a link that was paid as often as it may be.
	if (sessions && sessions.count >= sessions.limit) return 'complete';
	return active ? 'open' : 'closed';
}

/** A page that somebody has used up: whether nothing has come of it. */
async function spentOrComplete(stripe: Stripe, sessions: readonly CheckoutSession[]): Promise<PageState> {
	for (const session of sessions) if (!(await hasFailed(stripe, session))) return 'complete';
	return sessions.length === 0 ? 'complete' : 'spent';
}

async function stateOf(stripe: Stripe, payment: PaymentWithPage): Promise<PageState> {
	const { provider_id: id } = payment;
	if (isSession(payment)) {
		const session = await getCheckoutSession(stripe, id);
		return SESSION_STATES.get(session.status ?? '') ?? (await spentOrComplete(stripe, [session]));
	}
	const state = stateOfLink(await getPaymentLink(stripe, id));
	if (state !== 'complete') return state;
	const read = async (page: Page) =>
		await listCheckoutSessions(stripe, { paymentLink: id, status: 'complete', ...page });
	return await spentOrComplete(stripe, await everyPage(read));
}

async function close(store: Store, stripe: Stripe, payment: PaymentWithPage): Promise<PageState> {
	const { provider_id: id } = payment;
	if (!isSession(payment)) {
		return stateOfLink(await deactivatePaymentLink(stripe, id, `close:${payment.id}:${store.newId()}`));
	}
	try {
		await letSessionExpire(store, stripe, id);
		return 'expired';
	} catch (error) {
		// Not open any more: Stripe says what it is instead.
		if (!(error instanceof RequestFailure) || error.kind !== 'rejected') throw error;
		return await stateOf(stripe, payment);
	}
}

/** The pages that Stripe has for payments: links and sessions. */
export function stripePages(store: Store, stripe: Stripe): PaymentPages {
	return {
		stateOf: async (payment) => await stateOf(stripe, payment),
		close: async (payment) => await close(store, stripe, payment),
		again: async (payment, call) => await createAtStripe(store, stripe, orderOfPayment(payment), call),
	};
}
