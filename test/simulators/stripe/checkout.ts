import { randomBytes } from 'node:crypto';

import type { Account } from './account';
import { openInvoice, payInvoice, payWith } from './invoices';
import { textAt, textsAt } from './form';
import { invalid } from './stripeError';
import type { Form, Order, StripeObject } from './types';
import type { WebhookCourier } from './webhookCourier';

const DAY_S = 86_400;

/** Of the session's id, this much stands on the intent of a subscription's first period. */
const REFERENCE_LENGTH = 25;

/** Where a page leads: what may still be paid there, else what it says. */
export type Place = { readonly shown: StripeObject; readonly order: Order } | { readonly closed: string };

interface Uses {
	readonly completed_sessions: { count: number; readonly limit: number };
}

const usesOf = ({ restrictions }: StripeObject): Uses | undefined => (restrictions ?? undefined) as Uses | undefined;

/** Payment links, Checkout Sessions and the attempts to pay in them. */
export class Checkout {
	/** Links by the code in their address. */
	private readonly codes = new Map<string, string>();
	/** Intents of sessions that make a subscription, by session: the session itself never names its own. */
	private readonly firstPeriods = new Map<string, string>();

	constructor(
		private readonly account: Account,
		private readonly courier: WebhookCourier,
		private readonly origin: () => string,
	) {}

	createLink(form: Form): StripeObject {
		const order = this.priced(form);
		const limit = textAt(form, 'restrictions', 'completed_sessions', 'limit');
		const code = `test_${randomBytes(6).toString('hex')}`;
		const link = this.account.keep('payment_link', 'plink', {
			active: true,
			currency: order.currency,
			inactive_message: textAt(form, 'inactive_message') ?? null,
			livemode: this.account.livemode,
			metadata: textsAt(form, 'metadata'),
			phone_number_collection: { enabled: textAt(form, 'phone_number_collection', 'enabled') === 'true' },
			restrictions: limit === undefined ? null : { completed_sessions: { count: 0, limit: Number(limit) } },
			url: `${this.origin()}/pay/${code}`,
		});
		this.codes.set(code, link.id);
		this.account.orders.set(link.id, order);
		return link;
	}

	createSession(form: Form): StripeObject {
		const order = this.priced(form);
		const { seconds } = this.account;
		const expiresAt = Number(textAt(form, 'expires_at') ?? seconds + DAY_S);
		if (expiresAt < seconds + 1_800 - 60 || expiresAt > seconds + DAY_S)
			throw invalid(
				'The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.',
				{
					param: 'expires_at',
				},
			);
		const recovers = textAt(form, 'after_expiration', 'recovery', 'enabled') === 'true';
		return this.openSession(order, {
			expires_at: expiresAt,
			client_reference_id: textAt(form, 'client_reference_id') ?? null,
			success_url: textAt(form, 'success_url') ?? null,
			after_expiration: recovers
				? { recovery: { enabled: true, url: null, expires_at: null, allow_promotion_codes: false } }
				: null,
		});
	}

	/** @throws StripeError when it is complete or expired */
	expireByRequest(id: string): StripeObject {
		const session = this.account.get(id);
		if (session.status !== 'open') throw invalid('Only Checkout Sessions with a status in ["open"] can be expired.');
		return this.expire(session);
	}

	/** Sessions whose time is over by the clock expire. */
	expireDue(): void {
		for (const session of this.account.all('checkout.session')) {
			if (session.status === 'open' && Number(session.expires_at) <= this.account.seconds) this.expire(session);
		}
	}

	/** @param code what follows `/pay/`: a link */
	linkAt(code: string): Place {
		return this.placeOf(this.account.find(this.codes.get(code)));
	}

	/** @param id what follows `/c/`: a session; `recover` asks for another in the place of one that expired */
	sessionAt(id: string, recover: boolean): Place {
		const session = this.account.find(id);
		const order = session && this.account.orders.get(session.id);
		const recovery = session?.after_expiration as { readonly recovery: { readonly url: unknown } } | null | undefined;
		if (session === undefined || order === undefined || !recover || typeof recovery?.recovery.url !== 'string')
			return this.placeOf(session);
		const shown = this.openSession(order, {
			after_expiration: structuredClone(session.after_expiration),
			client_reference_id: session.client_reference_id,
			success_url: session.success_url,
			recovered_from: session.id,
		});
		return { shown, order };
	}

	/** The session that somebody pays in: of a link each visit has its own. */
	visit(shown: StripeObject, order: Order, reference: string | null, earlier: string | undefined): StripeObject {
		if (shown.object !== 'payment_link') return shown;
		const known = this.account.find(earlier);
		if (known?.status === 'open' && known.payment_link === shown.id) return known;
		return this.openSession(order, { payment_link: shown.id, client_reference_id: reference });
	}

	/** The card was taken, or a transfer is on its way. */
	complete(shown: StripeObject, session: StripeObject, order: Order, pending: boolean): void {
		const uses = usesOf(shown);
		if (uses) uses.completed_sessions.count += 1;
		const intent = this.attempt(session, pending ? 'processing' : 'succeeded');
		if (order.subscription) this.subscribe(session, order, intent, pending);
		Object.assign(session, { status: 'complete', url: null, payment_status: pending ? 'unpaid' : 'paid' });
		this.courier.tell('checkout.session.completed', session);
	}

	/** The card was refused; the page stays open. */
	decline(session: StripeObject): void {
		this.courier.tell('payment_intent.payment_failed', this.attempt(session, 'requires_payment_method'));
	}

	/** A transfer that was pending arrives, or does not. */
	finishPending(sessionId: string, arrived: boolean): void {
		const session = this.account.get(sessionId);
		const intent = this.attempt(session, arrived ? 'succeeded' : 'requires_payment_method');
		if (!arrived) this.courier.tell('payment_intent.payment_failed', intent);
		const invoice = this.account.find(session.invoice);
		if (arrived && invoice !== undefined) {
			payInvoice(this.account, invoice);
			this.courier.tell('invoice.paid', invoice);
		}
		if (arrived) session.payment_status = 'paid';
		const type = `checkout.session.async_payment_${arrived ? 'succeeded' : 'failed'}`;
		this.courier.tell(type, session);
	}

	/** What the items cost together, and what they are. */
	private priced(form: Form): Order {
		const item = (...path: string[]): string | undefined => textAt(form, 'line_items', 0, ...path);
		const priceId = item('price');
		const price = priceId === undefined ? undefined : this.account.get(priceId);
		const quantity = Number(item('quantity') ?? 1);
		const unit = price === undefined ? item('price_data', 'unit_amount') : price.unit_amount;
		const amount = Number(unit) * quantity;
		const currency = price === undefined ? item('price_data', 'currency') : String(price.currency);
		if (currency === undefined || !Number.isInteger(amount))
			throw invalid('Missing required param: line_items[0].', { code: 'parameter_missing', param: 'line_items' });
		if (currency === 'usd' && amount < 50)
			throw invalid('Amount must convert to at least 50 cents.', { code: 'amount_too_small' });
		const recurring = price === undefined ? item('price_data', 'recurring', 'interval') : price.recurring;
		return {
			amount,
			currency,
			name: item('price_data', 'product_data', 'name') ?? 'Producto',
			quantity,
			subscription: recurring !== undefined && recurring !== null,
			form,
		};
	}

	private openSession(order: Order, more: Record<string, unknown>): StripeObject {
		const session = this.account.keep('checkout.session', 'cs', {
			amount_subtotal: order.amount,
			amount_total: order.amount,
			client_reference_id: null,
			currency: order.currency,
			customer: null,
			expires_at: this.account.seconds + DAY_S,
			livemode: this.account.livemode,
			invoice: null,
			metadata: textsAt(order.form, 'metadata'),
			mode: order.subscription ? 'subscription' : 'payment',
			payment_intent: null,
			payment_link: null,
			payment_status: 'unpaid',
			recovered_from: null,
			status: 'open',
			subscription: null,
			after_expiration: null,
			...more,
		});
		session.url = `${this.origin()}/c/${session.id}`;
		this.account.orders.set(session.id, order);
		return session;
	}

	private expire(session: StripeObject): StripeObject {
		const recovery = session.after_expiration as { readonly recovery: Record<string, unknown> } | null;
		if (recovery) recovery.recovery.url = `${this.origin()}/c/${session.id}?recover`;
		Object.assign(session, { status: 'expired', url: null });
		const intent = this.intentOf(session);
		if (intent) intent.status = 'canceled';
		this.courier.tell('checkout.session.expired', session);
		return session;
	}

	private placeOf(shown: StripeObject | undefined): Place {
		const order = shown && this.account.orders.get(shown.id);
		if (shown === undefined || order === undefined) return { closed: 'Esta página no existe' };
		const uses = usesOf(shown)?.completed_sessions;
		const used = uses !== undefined && uses.count >= uses.limit;
		const open = shown.object === 'payment_link' ? shown.active === true && !used : shown.status === 'open';
		return open ? { shown, order } : { closed: String(shown.inactive_message ?? 'Ya fue usado') };
	}

	/** What somebody has subscribed to: it is made when its first period is paid, or on its way, and not before. */
	private subscribe(session: StripeObject, order: Order, intent: StripeObject, pending: boolean): void {
		const subscription = this.account.keep('subscription', 'sub', {
			currency: order.currency,
			livemode: this.account.livemode,
			metadata: textsAt(order.form.subscription_data, 'metadata'),
			status: 'active',
		});
		this.account.orders.set(subscription.id, order);
		const invoice = openInvoice(this.account, subscription, 'subscription_create');
		Object.assign(session, { subscription: subscription.id, invoice: invoice.id });
		payWith(this.account, invoice, intent);
		if (pending) return;
		payInvoice(this.account, invoice);
		this.courier.tell('invoice.paid', invoice);
	}

	private intentOf(session: StripeObject): StripeObject | undefined {
		return this.account.find(session.payment_intent ?? this.firstPeriods.get(session.id));
	}

	/** The intent of a subscription's session names nothing of ours; of the session it carries the beginning of its id. */
	private openIntent(session: StripeObject): StripeObject {
		const order = this.account.orders.get(session.id);
		const subscribes = order?.subscription === true;
		const intent = this.account.keep('payment_intent', 'pi', {
			amount: session.amount_total,
			amount_received: 0,
			currency: session.currency,
			livemode: this.account.livemode,
			metadata: subscribes ? {} : textsAt(order?.form.payment_intent_data, 'metadata'),
			payment_details: {
				customer_reference: null,
				order_reference: subscribes ? session.id.slice(0, REFERENCE_LENGTH) : session.id,
			},
		});
		if (subscribes) this.firstPeriods.set(session.id, intent.id);
		else session.payment_intent = intent.id;
		return intent;
	}

	/** One more attempt to pay in a session: its intent in this state, with a charge of its own. */
	private attempt(session: StripeObject, status: 'succeeded' | 'processing' | 'requires_payment_method'): StripeObject {
		const intent = this.intentOf(session) ?? this.openIntent(session);
		const failed = status === 'requires_payment_method';
		const charge = this.account.keep('charge', 'ch', {
			amount: intent.amount,
			amount_refunded: 0,
			currency: intent.currency,
			failure_code: failed ? 'card_declined' : null,
			livemode: this.account.livemode,
			paid: status === 'succeeded',
			payment_intent: intent.id,
			status: failed ? 'failed' : status === 'processing' ? 'pending' : 'succeeded',
		});
		return Object.assign(intent, {
			amount_received: status === 'succeeded' ? intent.amount : 0,
			last_payment_error: failed
				? { type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds' }
				: null,
			latest_charge: charge.id,
			status,
		});
	}
}
