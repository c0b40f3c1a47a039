import { listCheckoutSessions, type CheckoutSession } from '../../clients/stripe/checkoutSessions';
import type { Metadata, Page } from '../../clients/stripe/objects';
import { listPaymentLinks, type PaymentLink } from '../../clients/stripe/paymentLinks';
import type { Stripe } from '../../clients/stripe/stripe';

/** Rows of one page: as many as Stripe gives. */
const PAGE = 100;

/** Pages that are looked through: what was made a moment ago is among the newest. */
const PAGES = 3;

/** What Stripe's clock and ours may be apart, ms. */
const SKEW = 300_000;

interface Made {
	readonly id: string;
	readonly metadata: Metadata;
}

async function newestOf<Row extends Made>(
	read: (page: Page) => Promise<readonly Row[]>,
	isIt: (row: Row) => boolean,
): Promise<Row | undefined> {
	let after: string | undefined;
	for (let page = 0; page < PAGES; page += 1) {
		const rows = await read({ limit: PAGE, ...(after === undefined ? {} : { after }) });
		const found = rows.find(isIt);
		if (found !== undefined || rows.length < PAGE) return found;
		after = rows.at(-1)?.id;
	}
	return undefined;
}

/** The link that Stripe has made for a payment though it answered that it failed. @throws RequestFailure */
export async function linkMadeFor(stripe: Stripe, paymentId: string): Promise<PaymentLink | undefined> {
	return await newestOf(
		async (page) => await listPaymentLinks(stripe, { ...page, active: true }),
		({ metadata }) => metadata.payment_id === paymentId,
	);
}

/** The session that Stripe has made for a payment though it answered that it failed. @throws RequestFailure */
export async function sessionMadeFor(
	stripe: Stripe,
	paymentId: string,
	askedAt: number,
): Promise<CheckoutSession | undefined> {
	const createdSince = Math.floor((askedAt - SKEW) / 1_000);
	return await newestOf(
		async (page) => await listCheckoutSessions(stripe, { ...page, status: 'open', createdSince }),
		({ metadata, payment_link: link }) => metadata.payment_id === paymentId && link === undefined,
	);
}
