import { listCheckoutSessions, type CheckoutSession } from '../../clients/stripe/checkoutSessions';
import type { PaymentIntent } from '../../clients/stripe/paymentIntents';
import type { Stripe } from '../../clients/stripe/stripe';

/** Rows of one page: as many as Stripe gives. */
const PAGE = 100;

/** The longest that a session may be open, seconds. */
const SESSION_LIFE = 86_400;

/** Pages of sessions that are looked through for one by the beginning of its id. */
const SESSION_PAGES = 10;

async function sessionThatBegins(
	stripe: Stripe,
	reference: string,
	intent: PaymentIntent,
): Promise<CheckoutSession | undefined> {
	const span = { createdSince: intent.created - SESSION_LIFE, createdUntil: intent.created };
	let after: string | undefined;
	for (let page = 0; page < SESSION_PAGES; page += 1) {
		const rows = await listCheckoutSessions(stripe, {
			...span,
			limit: PAGE,
			...(after === undefined ? {} : { after }),
		});
		const found = rows.filter(({ id }) => id.startsWith(reference));
		if (found.length > 0) return found.length === 1 ? found[0] : undefined;
		if (rows.length < PAGE) return undefined;
		after = rows.at(-1)?.id;
	}
	return undefined;
}

/**
 * The session in which somebody tries to pay with an intent that names nothing of ours: that of a subscription's first period, which
 * takes no metadata and has no invoice before it is paid (2025-03-31.basil). Stripe writes the session's id on it, cut off after 25
 * characters.
 */
export async function sessionOfIntent(stripe: Stripe, intent: PaymentIntent): Promise<CheckoutSession | undefined> {
	const reference = intent.payment_details?.order_reference ?? '';
	// A later period, of which its invoice tells.
	if (reference.startsWith('in_')) return undefined;
	const [named] = await listCheckoutSessions(stripe, { paymentIntent: intent.id, limit: 1 });
	if (named !== undefined || !reference.startsWith('cs_')) return named;
	return await sessionThatBegins(stripe, reference, intent);
}
