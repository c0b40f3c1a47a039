import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { writeMoney } from '../../../nodes/shared/domain/payments/money';
import { checkoutPage, closedPage } from './checkoutPage';
import { readForm, textAt, treeAt, type FormTree } from './formReader';

/** An object of the account as the API shows it. */
export type StripeObject = Record<string, unknown> & { id: string; object: string; created: number };

/** What is bought behind a link, a session or a subscription. */
interface Order {
	readonly amount: number;
	readonly currency: string;
	readonly name: string;
	readonly quantity: number;
	readonly subscription: boolean;
	readonly form: FormTree;
}

/** What Stripe answers. */
interface Answer {
	readonly status: number;
	readonly body: unknown;
	readonly headers?: Readonly<Record<string, string>>;
}

/** What goes wrong with the next requests whose path begins so. */
export interface Fault {
	readonly path: string;
	readonly times: number;
	/** `lost`: it is done, and the answer never comes. */
	readonly kind: 'lock_timeout' | 'unavailable' | 'lost' | 'forbidden' | 'malformed';
}

export interface StripeSimulatorOptions {
	readonly secretKey?: string;
	readonly now?: () => number;
	/** How long a change takes, ms: two with one key at once then meet. */
	readonly latencyMs?: number;
	/** Pauses before a webhook that got no 2xx is sent again, ms. */
	readonly redeliverMs?: readonly number[];
}

/** How a customer leaves the page: `abandon` opens it and goes away. */
export type PaymentEnd = 'pay' | 'fail' | 'pending' | 'abandon';

const MOST_ENDPOINTS = 16;

class Refused extends Error {
	constructor(
		readonly status: number,
		readonly error: Readonly<Record<string, unknown>>,
	) {
		super(String(error.message));
	}
}

const invalid = (message: string, more: Readonly<Record<string, unknown>> = {}): Refused =>
	new Refused(400, { type: 'invalid_request_error', message, ...more });

/** Signs a webhook as Stripe does. */
export function signatureOf(payload: string, secret: string, seconds: number): string {
	const digest = createHmac('sha256', secret).update(`${seconds}.${payload}`).digest('hex');
	return `t=${seconds},v1=${digest}`;
}

/** A Stripe account on this machine: keeps what it is told, refuses what Stripe refuses, signs and redelivers. */
export class StripeSimulator {
	readonly secretKey: string;
	url = '';
	/** Every request that reached the API. */
	readonly requests: Array<{
		readonly method: string;
		readonly path: string;
		readonly key?: string;
		readonly version?: string;
	}> = [];
	/** What Stripe would tell, oldest first. */
	readonly events: StripeObject[] = [];
	/** How many webhooks each event becomes; 0 loses them, as a broken network does. */
	copies = 1;
	private readonly objects = new Map<string, StripeObject>();
	private readonly answers = new Map<
		string,
		{ readonly request: string; readonly answer: Promise<Answer>; done: boolean }
	>();
	private readonly codes = new Map<string, string>();
	/** Signing secrets of the endpoints. */
	private readonly secrets = new Map<string, string>();
	private readonly orders = new Map<string, Order>();
	/** Webhooks that are held back, oldest first. */
	private held: Array<() => Promise<void>> | undefined;
	private readonly deliveries = new Set<Promise<void>>();
	private faults: Fault[] = [];
	private readonly server = createServer((request, response) => {
		void this.serve(request, response);
	});

	constructor(private readonly options: StripeSimulatorOptions = {}) {
		this.secretKey = options.secretKey ?? 'sk_test_simulatorKey0123456789';
	}

	/** Credential values of the account, as the node's credential holds them. */
	get credential() {
		return { secretKey: this.secretKey, baseUrl: this.url, webhookSecrets: '', apiVersion: '' };
	}

	async start(): Promise<this> {
		await new Promise<void>((listening) => this.server.listen(0, '127.0.0.1', listening));
		this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
		return this;
	}

	async stop(): Promise<void> {
		await this.settled();
		this.server.closeAllConnections();
		await new Promise((closed) => this.server.close(closed));
	}

	/** All webhooks that were due have been taken or given up. */
	async settled(): Promise<void> {
		while (this.deliveries.size > 0) await Promise.all(this.deliveries);
	}

	inject(fault: Fault): void {
		this.faults.push(fault);
	}

	all(object: string): StripeObject[] {
		return [...this.objects.values()].filter((found) => found.object === object);
	}

	get(id: string): StripeObject {
		const found = this.objects.get(id);
		if (found) return found;
		throw new Refused(404, {
			type: 'invalid_request_error',
			code: 'resource_missing',
			message: `No such object: '${id}'`,
			param: 'id',
		});
	}

	/** A price that somebody made in the Dashboard. */
	addPrice(name: string, unitAmount: number, currency: string, interval?: string): string {
		const product = this.keep('product', 'prod', { name, active: true });
		return this.keep('price', 'price', {
			active: true,
			currency,
			livemode: this.livemode,
			nickname: null,
			product: product.id,
			unit_amount: unitAmount,
			recurring: interval === undefined ? null : { interval, interval_count: 1 },
			type: interval === undefined ? 'one_time' : 'recurring',
			metadata: {},
		}).id;
	}

	/** Somebody opens the address, or comes back to a page that is open, and ends it so. @returns the session */
	async customer(address: string, how: PaymentEnd, visit?: string): Promise<StripeObject> {
		const answer = await fetch(address, {
			method: 'POST',
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
			body: new URLSearchParams({ how, ...(visit === undefined ? {} : { session: visit }) }).toString(),
			redirect: 'manual',
		});
		const id = answer.headers.get('x-session');
		if (id === null) throw new Error(`The page did not take it: ${answer.status}`);
		return this.get(id);
	}

	/** A transfer that was pending arrives, or does not. */
	finishPending(sessionId: string, arrived: boolean): void {
		const session = this.get(sessionId);
		this.attempt(session, arrived ? 'succeeded' : 'requires_payment_method');
		if (arrived) session.payment_status = 'paid';
		this.tell(arrived ? 'checkout.session.async_payment_succeeded' : 'checkout.session.async_payment_failed', session);
	}

	/** Nobody comes back to a visit: its time is over now. */
	letExpire(sessionId: string): void {
		this.get(sessionId).expires_at = this.seconds;
		this.expireDue();
	}

	/** Sessions whose time is over by the clock expire. */
	expireDue(): void {
		for (const session of this.all('checkout.session')) {
			if (session.status === 'open' && Number(session.expires_at) <= this.seconds) this.expire(session);
		}
	}

	/** The customer's bank takes the money back. */
	dispute(paymentIntent: string): StripeObject {
		const intent = this.get(paymentIntent);
		const dispute = this.keep('dispute', 'dp', {
			amount: intent.amount,
			balance_transactions: [],
			charge: intent.latest_charge,
			currency: intent.currency,
			evidence_details: { due_by: this.seconds + 604_800, has_evidence: false, past_due: false, submission_count: 0 },
			is_charge_refundable: false,
			livemode: this.livemode,
			metadata: {},
			payment_intent: intent.id,
			reason: 'fraudulent',
			status: 'needs_response',
		});
		this.tell('charge.dispute.created', dispute);
		return dispute;
	}

	/** The bank has decided. */
	closeDispute(disputeId: string, won: boolean): void {
		this.tell('charge.dispute.closed', Object.assign(this.get(disputeId), { status: won ? 'won' : 'lost' }));
	}

	/** A refund from the Dashboard; `pending` until `finishRefund`. */
	refund(
		paymentIntent: string,
		amount?: number,
		more: { readonly status?: 'succeeded' | 'pending'; readonly reason?: string; readonly metadata?: object } = {},
	): StripeObject {
		const intent = this.get(paymentIntent);
		if (intent.status !== 'succeeded')
			throw invalid('This PaymentIntent does not have a successful charge to refund.', {
				param: 'payment_intent',
			});
		const left = this.leftToRefund(intent);
		if (left === 0) throw invalid('Charge has already been refunded.', { code: 'charge_already_refunded' });
		if ((amount ?? left) > left)
			throw invalid('Refund amount is greater than unrefunded amount on charge', { param: 'amount' });
		const refund = this.keep('refund', 're', {
			amount: amount ?? left,
			charge: intent.latest_charge,
			currency: intent.currency,
			metadata: more.metadata ?? {},
			payment_intent: intent.id,
			reason: more.reason ?? null,
			status: more.status ?? 'succeeded',
		});
		this.tell('refund.created', refund);
		return refund;
	}

	/** A refund that was pending arrives, or does not. */
	finishRefund(refundId: string, arrived: boolean): void {
		const refund = Object.assign(this.get(refundId), { status: arrived ? 'succeeded' : 'failed' });
		this.tell(arrived ? 'refund.updated' : 'refund.failed', refund);
	}

	private leftToRefund(intent: StripeObject): number {
		return this.all('refund')
			.filter(({ payment_intent: of, status }) => of === intent.id && status !== 'failed')
			.reduce((left, { amount }) => left - Number(amount), Number(intent.amount));
	}

	/** From now on webhooks wait until they are let go, as on a slow network. */
	hold(): void {
		this.held ??= [];
	}

	/** Lets the webhooks that were held arrive one after the other, in the order that is wanted. */
	async letGo(order: <Item>(held: readonly Item[]) => readonly Item[] = (held) => held): Promise<void> {
		const { held = [] } = this;
		this.held = undefined;
		for (const arrive of order(held)) await arrive();
	}

	/** The next period of a subscription is collected, or is not. */
	renew(subscriptionId: string, collected: boolean): StripeObject {
		const subscription = this.get(subscriptionId);
		const amount = this.orders.get(subscriptionId)?.amount ?? 0;
		const invoice = this.keep('invoice', 'in', {
			amount_due: amount,
			amount_paid: 0,
			amount_remaining: amount,
			attempt_count: 1,
			attempted: true,
			billing_reason: 'subscription_cycle',
			currency: subscription.currency,
			livemode: this.livemode,
			metadata: {},
			parent: {
				type: 'subscription_details',
				subscription_details: { subscription: subscription.id, metadata: subscription.metadata },
			},
			status: 'open',
		});
		if (collected) this.collect(invoice.id);
		else {
			Object.assign(subscription, { status: 'past_due' });
			this.tell('invoice.payment_failed', invoice);
			this.tell('customer.subscription.updated', subscription);
		}
		return invoice;
	}

	/** What could not be collected before is collected now. */
	collect(invoiceId: string): void {
		const invoice = this.get(invoiceId);
		const parent = invoice.parent as { readonly subscription_details: { readonly subscription: string } };
		Object.assign(invoice, { amount_paid: invoice.amount_due, amount_remaining: 0, status: 'paid' });
		Object.assign(this.get(parent.subscription_details.subscription), { status: 'active' });
		this.tell('invoice.paid', invoice);
	}

	private get seconds(): number {
		return Math.floor((this.options.now?.() ?? Date.now()) / 1000);
	}

	private get livemode(): boolean {
		return /^.._live_/.test(this.secretKey);
	}

	private keep(object: string, prefix: string, fields: Record<string, unknown>): StripeObject {
		const id = `${prefix}_${prefix === 'cs' ? (this.livemode ? 'live_' : 'test_') : ''}${randomBytes(12).toString('hex')}`;
		const made: StripeObject = { id, object, created: this.seconds, ...fields };
		this.objects.set(id, made);
		return made;
	}

	/** As the API and the webhooks show it: a payment link has no time. */
	private face({ created, ...rest }: StripeObject): Record<string, unknown> {
		return structuredClone(rest.object === 'payment_link' ? rest : { ...rest, created });
	}

	private tell(type: string, object: StripeObject): void {
		const event = this.keep('event', 'evt', {
			api_version: null,
			type,
			livemode: this.livemode,
			pending_webhooks: 1,
			request: { id: null, idempotency_key: null },
			data: { object: this.face(object) },
		});
		this.events.push(event);
		for (const endpoint of this.all('webhook_endpoint')) {
			const wanted = endpoint.enabled_events as string[];
			if (endpoint.status !== 'enabled' || !(wanted.includes('*') || wanted.includes(type))) continue;
			for (let copy = 0; copy < this.copies; copy += 1) this.send(endpoint, event);
		}
	}

	/** Sends an event once more, as the Dashboard's Resend does. */
	resend(eventId: string): void {
		for (const endpoint of this.all('webhook_endpoint')) this.send(endpoint, this.get(eventId));
	}

	private send(endpoint: StripeObject, event: StripeObject): void {
		const start = async (): Promise<void> => {
			const delivery = this.deliver(endpoint, event).finally(() => this.deliveries.delete(delivery));
			this.deliveries.add(delivery);
			await delivery;
		};
		if (this.held === undefined) void start();
		else this.held.push(start);
	}

	private async deliver(endpoint: StripeObject, event: StripeObject): Promise<void> {
		const payload = JSON.stringify(event, null, 2);
		for (const pause of [0, ...(this.options.redeliverMs ?? [20, 50, 100])]) {
			await new Promise((waited) => setTimeout(waited, pause));
			const signature = signatureOf(payload, this.secrets.get(endpoint.id) ?? '', this.seconds);
			const status = await fetch(String(endpoint.url), {
				method: 'POST',
				headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature },
				body: payload,
			}).then(
				(answer) => answer.status,
				() => 0,
			);
			if (status < 200 || status >= 300) continue;
			event.pending_webhooks = 0;
			return;
		}
	}

	private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const body = await new Promise<string>((read) => {
			let text = '';
			request.setEncoding('utf8').on('data', (part: string) => (text += part));
			request.on('end', () => read(text));
		});
		const url = new URL(request.url ?? '/', this.url);
		if (!url.pathname.startsWith('/v1/')) return this.servePage(request.method ?? 'GET', url, body, response);
		const answer = await this.answer(request, url, body);
		if (answer === undefined) return void request.socket.destroy();
		const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body, null, 2);
		response.writeHead(answer.status, {
			'content-type': 'application/json',
			'request-id': `req_${randomBytes(7).toString('hex')}`,
			...answer.headers,
		});
		response.end(text);
	}

	private async answer(request: IncomingMessage, url: URL, body: string): Promise<Answer | undefined> {
		const path = url.pathname.slice('/v1'.length);
		const header = (name: string): string | undefined => request.headers[name]?.toString();
		const key = header('idempotency-key');
		if (key !== undefined && key.length > 255) {
			const message = 'Idempotency keys can be at most 255 characters long.';
			return { status: 400, body: { error: { type: 'invalid_request_error', message } } };
		}
		this.requests.push({ method: request.method ?? '', path, key, version: header('stripe-version') });
		if (header('authorization') !== `Bearer ${this.secretKey}`) {
			return { status: 401, body: { error: { type: 'invalid_request_error', message: 'Invalid API Key provided' } } };
		}
		const fault = this.faults.find((one) => path.startsWith(one.path));
		if (fault) {
			this.faults = this.faults.flatMap((one) =>
				one === fault ? (one.times > 1 ? [{ ...one, times: one.times - 1 }] : []) : [one],
			);
			if (fault.kind !== 'lost') return FAULTS[fault.kind];
		}
		const run = async (): Promise<Answer> => await this.call(request.method ?? 'GET', path, url, readForm(body));
		const answer =
			request.method === 'POST' && key !== undefined ? await this.once(key, `${path}\n${body}`, run) : await run();
		return fault?.kind === 'lost' ? undefined : answer;
	}

	/** The same key answers the same; with other parameters it is refused, at the same time it is in conflict. */
	private async once(key: string, request: string, run: () => Promise<Answer>): Promise<Answer> {
		const known = this.answers.get(key);
		if (known !== undefined && known.request !== request) {
			const message =
				'Keys for idempotent requests can only be used with the same parameters they were first used with.';
			return { status: 400, body: { error: { type: 'idempotency_error', message } } };
		}
		if (known !== undefined && !known.done) {
			const message = 'There is currently another in-progress request using this Idempotent Key.';
			return { status: 409, body: { error: { type: 'idempotency_error', code: 'idempotency_key_in_use', message } } };
		}
		if (known !== undefined) return { ...(await known.answer), headers: { 'idempotent-replayed': 'true' } };
		const entry = { request, answer: run(), done: false };
		this.answers.set(key, entry);
		const answer = await entry.answer;
		entry.done = true;
		// Stripe keeps no answer of a request that failed its checks before it began.
		if (answer.status === 400 || answer.status === 404) this.answers.delete(key);
		return answer;
	}

	private async call(method: string, path: string, url: URL, form: FormTree): Promise<Answer> {
		if (method === 'POST') await new Promise((waited) => setTimeout(waited, this.options.latencyMs ?? 0));
		try {
			if (method === 'DELETE') return { status: 200, body: this.remove(path) };
			if (method !== 'POST') return { status: 200, body: this.read(path, url.searchParams) };
			checkMetadata(form);
			return { status: 200, body: this.change(path, form) };
		} catch (error) {
			if (error instanceof Refused) return { status: error.status, body: { error: error.error } };
			throw error;
		}
	}

	private read(path: string, query: URLSearchParams): unknown {
		if (path === '/account') {
			return {
				id: 'acct_1PgafTB7WZ01zgkW',
				object: 'account',
				country: 'US',
				charges_enabled: true,
				settings: { dashboard: { display_name: 'PROSUMINISTROS' } },
			};
		}
		const object = LISTS.get(path);
		if (object === undefined) return this.shown(this.get(decodeURIComponent(path.split('/').at(-1) ?? '')), query);
		const limit = Number(query.get('limit') ?? 10);
		if (limit < 1 || limit > 100)
			throw invalid('Invalid integer: limit', { code: 'parameter_invalid_integer', param: 'limit' });
		const filters = ['payment_link', 'payment_intent', 'status', 'active'].flatMap((name) => {
			const value = query.get(name);
			return value === null ? [] : [[name, value] as const];
		});
		const since = Number(query.get('created[gte]') ?? 0);
		const rows = this.all(object)
			.reverse()
			.filter((row) => row.created >= since && filters.every(([name, value]) => String(row[name]) === value));
		const after = query.get('starting_after');
		const start = after === null ? 0 : rows.findIndex(({ id }) => id === after) + 1;
		const data = rows.slice(start, start + limit).map((row) => this.shown(row, query));
		return { object: 'list', url: `/v1${path}`, has_more: rows.length > start + limit, data };
	}

	private shown(found: StripeObject, query: URLSearchParams): unknown {
		const face = this.face(found);
		for (const [name, value] of query) {
			const field = value.split('.').at(-1) ?? '';
			const inside = this.objects.get(String(face[field]));
			if (name.startsWith('expand') && inside !== undefined) face[field] = this.face(inside);
		}
		return face;
	}

	private change(path: string, form: FormTree): unknown {
		const [, first, id, last] = path.split('/');
		if (path === '/payment_links') return this.face(this.createLink(form));
		if (path === '/checkout/sessions') return this.createSession(form);
		if (path === '/refunds') {
			const amount = textAt(form, 'amount');
			return this.refund(textAt(form, 'payment_intent') ?? '', amount === undefined ? undefined : Number(amount), {
				reason: textAt(form, 'reason'),
				metadata: treeAt(form, 'metadata'),
			});
		}
		if (path === '/webhook_endpoints') return this.createEndpoint(form);
		if (first === 'webhook_endpoints' && id !== undefined) return this.updateEndpoint(id, form);
		if (first === 'payment_links' && id !== undefined) {
			return this.face(Object.assign(this.get(id), { active: form.active === 'true' }));
		}
		if (first === 'checkout' && last !== undefined && path.endsWith('/expire')) {
			const session = this.get(last);
			if (session.status !== 'open') throw invalid('Only Checkout Sessions with a status in ["open"] can be expired.');
			return this.expire(session);
		}
		throw new Refused(404, { type: 'invalid_request_error', message: `Unrecognized request URL (POST: /v1${path})` });
	}

	/** What the items cost together, and what they are. */
	private priced(form: FormTree): Order {
		const unit = Number(textAt(form, 'line_items', 0, 'price_data', 'unit_amount'));
		const priceId = textAt(form, 'line_items', 0, 'price');
		const price = priceId === undefined ? undefined : this.get(priceId);
		const quantity = Number(textAt(form, 'line_items', 0, 'quantity') ?? 1);
		const amount = (price === undefined ? unit : Number(price.unit_amount)) * quantity;
		const currency =
			price === undefined ? textAt(form, 'line_items', 0, 'price_data', 'currency') : String(price.currency);
		if (currency === undefined || !Number.isInteger(amount)) {
			throw invalid('Missing required param: line_items[0].', { code: 'parameter_missing', param: 'line_items' });
		}
		if (currency === 'usd' && amount < 50)
			throw invalid('Amount must convert to at least 50 cents.', { code: 'amount_too_small' });
		const name = textAt(form, 'line_items', 0, 'price_data', 'product_data', 'name') ?? 'Producto';
		const recurring =
			price === undefined ? textAt(form, 'line_items', 0, 'price_data', 'recurring', 'interval') : price.recurring;
		return { amount, currency, name, quantity, subscription: recurring !== undefined && recurring !== null, form };
	}

	private createLink(form: FormTree): StripeObject {
		const priced = this.priced(form);
		const limit = textAt(form, 'restrictions', 'completed_sessions', 'limit');
		const code = `test_${randomBytes(6).toString('hex')}`;
		const link = this.keep('payment_link', 'plink', {
			active: true,
			currency: priced.currency,
			inactive_message: textAt(form, 'inactive_message') ?? null,
			livemode: this.livemode,
			metadata: treeAt(form, 'metadata'),
			phone_number_collection: { enabled: textAt(form, 'phone_number_collection', 'enabled') === 'true' },
			restrictions: limit === undefined ? null : { completed_sessions: { count: 0, limit: Number(limit) } },
			url: `${this.url}/pay/${code}`,
		});
		this.codes.set(code, link.id);
		this.orders.set(link.id, priced);
		return link;
	}

	private createSession(form: FormTree): StripeObject {
		const priced = this.priced(form);
		const expiresAt = Number(textAt(form, 'expires_at') ?? this.seconds + 86_400);
		if (expiresAt < this.seconds + 1_800 - 60 || expiresAt > this.seconds + 86_400) {
			throw invalid(
				'The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.',
				{
					param: 'expires_at',
				},
			);
		}
		return this.openSession(priced, {
			expires_at: expiresAt,
			client_reference_id: textAt(form, 'client_reference_id') ?? null,
			success_url: textAt(form, 'success_url') ?? null,
			after_expiration:
				textAt(form, 'after_expiration', 'recovery', 'enabled') === 'true'
					? { recovery: { enabled: true, url: null, expires_at: null, allow_promotion_codes: false } }
					: null,
		});
	}

	private openSession(order: Order, more: Record<string, unknown>): StripeObject {
		const session = this.keep('checkout.session', 'cs', {
			amount_subtotal: order.amount,
			amount_total: order.amount,
			client_reference_id: null,
			currency: order.currency,
			customer: null,
			expires_at: this.seconds + 86_400,
			livemode: this.livemode,
			metadata: treeAt(order.form, 'metadata'),
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
		session.url = `${this.url}/c/${session.id}`;
		this.orders.set(session.id, order);
		return session;
	}

	private expire(session: StripeObject): StripeObject {
		const recovery = session.after_expiration as { recovery: Record<string, unknown> } | null;
		if (recovery) recovery.recovery.url = `${this.url}/c/${session.id}?recover`;
		Object.assign(session, { status: 'expired', url: null });
		const intent = this.objects.get(String(session.payment_intent));
		if (intent) intent.status = 'canceled';
		this.tell('checkout.session.expired', session);
		return session;
	}

	private createEndpoint(form: FormTree): unknown {
		if (this.all('webhook_endpoint').length >= MOST_ENDPOINTS) {
			throw invalid(`You have reached the maximum of ${MOST_ENDPOINTS} test webhook endpoints.`);
		}
		const events = form.enabled_events;
		const endpoint = this.keep('webhook_endpoint', 'we', {
			api_version: textAt(form, 'api_version') ?? null,
			description: textAt(form, 'description') ?? null,
			enabled_events: Array.isArray(events) ? events : [],
			livemode: this.livemode,
			metadata: treeAt(form, 'metadata'),
			status: 'enabled',
			url: textAt(form, 'url') ?? '',
		});
		const secret = `whsec_${randomBytes(16).toString('hex')}`;
		this.secrets.set(endpoint.id, secret);
		return { ...endpoint, secret };
	}

	private updateEndpoint(id: string, form: FormTree): StripeObject {
		const endpoint = this.get(id);
		const { enabled_events: events, url } = form;
		return Object.assign(endpoint, {
			...(form.disabled === undefined ? {} : { status: form.disabled === 'true' ? 'disabled' : 'enabled' }),
			...(typeof url === 'string' ? { url } : {}),
			...(Array.isArray(events) ? { enabled_events: events } : {}),
		});
	}

	private remove(path: string): unknown {
		const { id, object } = this.get(path.split('/').at(-1) ?? '');
		if (object !== 'webhook_endpoint') {
			throw new Refused(404, {
				type: 'invalid_request_error',
				message: `Unrecognized request URL (DELETE: /v1${path})`,
			});
		}
		this.objects.delete(id);
		this.secrets.delete(id);
		return { id, object, deleted: true };
	}

	/** The order that an address leads to, where it still may be paid; else what its page says. */
	private orderAt(url: URL): { readonly shown: StripeObject; readonly order: Order } | { readonly closed: string } {
		const [, place, code = ''] = url.pathname.split('/');
		const shown = this.objects.get(place === 'pay' ? (this.codes.get(code) ?? '') : code);
		const order = shown && this.orders.get(shown.id);
		if (shown === undefined || order === undefined) return { closed: 'Esta página no existe' };
		const recovery = shown.after_expiration as
			| { readonly recovery: { readonly url: string | null } }
			| null
			| undefined;
		if (url.searchParams.has('recover') && typeof recovery?.recovery.url === 'string') {
			const { after_expiration: again, client_reference_id: reference, success_url: success } = shown;
			const recovered = this.openSession(order, {
				after_expiration: structuredClone(again),
				client_reference_id: reference,
				success_url: success,
				recovered_from: shown.id,
			});
			return { shown: recovered, order };
		}
		const uses = shown.restrictions as { completed_sessions: { count: number; limit: number } } | null | undefined;
		const used = uses ? uses.completed_sessions.count >= uses.completed_sessions.limit : false;
		const open = shown.object === 'payment_link' ? shown.active === true && !used : shown.status === 'open';
		return open ? { shown, order } : { closed: String(shown.inactive_message ?? 'Ya fue usado') };
	}

	/** The session that somebody pays in: of a link each visit has its own. */
	private visit(shown: StripeObject, order: Order, url: URL, earlier: string | null): StripeObject {
		if (shown.object !== 'payment_link') return shown;
		const known = earlier === null ? undefined : this.objects.get(earlier);
		if (known?.status === 'open' && known.payment_link === shown.id) return known;
		return this.openSession(order, {
			payment_link: shown.id,
			client_reference_id: url.searchParams.get('client_reference_id'),
		});
	}

	private servePage(method: string, url: URL, body: string, response: ServerResponse): void {
		const found = this.orderAt(url);
		const write = (status: number, html: string, session?: string): void => {
			response.writeHead(status, {
				'content-type': 'text/html; charset=utf-8',
				...(session === undefined ? {} : { 'x-session': session }),
			});
			response.end(html);
		};
		if ('closed' in found) return write(410, closedPage('Este link ya no está activo', found.closed));
		const { shown, order } = found;
		const answer = new URLSearchParams(body);
		const session = this.visit(shown, order, url, answer.get('session'));
		const page = (declined: boolean): string =>
			checkoutPage({
				business: 'PROSUMINISTROS',
				session: session.id,
				name: order.name,
				quantity: order.quantity,
				amount: writeMoney({ minor: order.amount, currency: order.currency.toUpperCase() }, 'es-CO'),
				declined,
			});
		const how = answer.get('how');
		if (method !== 'POST' || how === 'abandon') return write(200, page(false), session.id);
		if (how === 'fail') {
			this.tell('payment_intent.payment_failed', this.attempt(session, 'requires_payment_method'));
			return write(402, page(true), session.id);
		}
		const uses = shown.restrictions as { completed_sessions: { count: number } } | null | undefined;
		if (uses) uses.completed_sessions.count += 1;
		this.complete(session, order, how === 'pending');
		return write(200, closedPage('Gracias', how === 'pending' ? 'Pago en camino' : 'Pago recibido'), session.id);
	}

	/** One more attempt to pay in a session: its intent in this state, with a charge of its own. */
	private attempt(session: StripeObject, status: 'succeeded' | 'processing' | 'requires_payment_method'): StripeObject {
		const order = this.orders.get(session.id);
		const own = order?.form.payment_intent_data;
		const intent =
			this.objects.get(String(session.payment_intent)) ??
			this.keep('payment_intent', 'pi', {
				amount: session.amount_total,
				amount_received: 0,
				currency: session.currency,
				livemode: this.livemode,
				metadata: typeof own === 'object' && !Array.isArray(own) ? treeAt(own, 'metadata') : {},
			});
		const failed = status === 'requires_payment_method';
		const charge = this.keep('charge', 'ch', {
			amount: intent.amount,
			amount_refunded: 0,
			currency: intent.currency,
			failure_code: failed ? 'card_declined' : null,
			livemode: this.livemode,
			paid: status === 'succeeded',
			payment_intent: intent.id,
			status: failed ? 'failed' : status === 'processing' ? 'pending' : 'succeeded',
		});
		session.payment_intent = intent.id;
		return Object.assign(intent, {
			amount_received: status === 'succeeded' ? intent.amount : 0,
			last_payment_error: failed
				? { type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds' }
				: null,
			latest_charge: charge.id,
			status,
		});
	}

	private complete(session: StripeObject, order: Order, pending: boolean): void {
		if (order.subscription) {
			const own = order.form.subscription_data;
			const subscription = this.keep('subscription', 'sub', {
				currency: order.currency,
				livemode: this.livemode,
				metadata: typeof own === 'object' && !Array.isArray(own) ? treeAt(own, 'metadata') : {},
				status: 'active',
			});
			this.orders.set(subscription.id, order);
			session.subscription = subscription.id;
		} else this.attempt(session, pending ? 'processing' : 'succeeded');
		Object.assign(session, { status: 'complete', url: null, payment_status: pending ? 'unpaid' : 'paid' });
		this.tell('checkout.session.completed', session);
	}
}

/** What Stripe takes as metadata. */
function checkMetadata(form: FormTree): void {
	for (const [key, value] of Object.entries(treeAt(form, 'metadata'))) {
		if (key.length > 40) throw invalid('Metadata keys can be at most 40 characters long.', { param: 'metadata' });
		if (value.length > 500) throw invalid('Metadata values can have up to 500 characters.', { param: 'metadata' });
	}
	if (Object.keys(treeAt(form, 'metadata')).length > 50)
		throw invalid('You can only specify up to 50 keys.', { param: 'metadata' });
}

const FAULTS: Readonly<Record<Exclude<Fault['kind'], 'lost'>, Answer>> = {
	lock_timeout: {
		status: 429,
		body: {
			error: {
				type: 'invalid_request_error',
				code: 'lock_timeout',
				message: 'This object cannot be accessed right now.',
			},
		},
	},
	unavailable: { status: 503, body: { error: { type: 'api_error', message: 'Try again later' } } },
	forbidden: {
		status: 403,
		body: {
			error: { type: 'invalid_request_error', message: 'The provided key does not have the required permissions' },
		},
	},
	malformed: { status: 200, body: '{"id": "plink_' },
};

const LISTS = new Map(
	Object.entries({
		'/payment_links': 'payment_link',
		'/checkout/sessions': 'checkout.session',
		'/refunds': 'refund',
		'/prices': 'price',
		'/webhook_endpoints': 'webhook_endpoint',
		'/payment_intents': 'payment_intent',
		'/disputes': 'dispute',
		'/invoices': 'invoice',
		'/subscriptions': 'subscription',
		'/events': 'event',
	}),
);

/** Starts a Stripe account of its own on this machine. */
export async function startStripeSimulator(options?: StripeSimulatorOptions): Promise<StripeSimulator> {
	return await new StripeSimulator(options).start();
}
