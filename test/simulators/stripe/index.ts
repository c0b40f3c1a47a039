import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { writeMoney } from '../../../nodes/shared/domain/payments/money';
import { checkoutPage, closedPage } from './checkoutPage';
import { readForm, textAt, treeAt, type FormTree } from './formReader';

type StripeObject = Record<string, unknown> & { id: string; object: string; created: number };

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

export type PaymentEnd = 'pay' | 'fail' | 'pending';

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
	private readonly secrets = new Map<string, string>();
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

	/** Somebody opens the address and ends it so. @returns the session */
	async customer(address: string, how: PaymentEnd): Promise<StripeObject> {
		const answer = await fetch(address, {
			method: 'POST',
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
			body: new URLSearchParams({ how }).toString(),
			redirect: 'manual',
		});
		const id = answer.headers.get('x-session');
		if (id === null) throw new Error(`The page did not take it: ${answer.status}`);
		return this.get(id);
	}

	/** A transfer that was pending arrives, or does not. */
	finishPending(sessionId: string, arrived: boolean): void {
		const session = this.get(sessionId);
		if (arrived) {
			session.payment_status = 'paid';
			this.tell('checkout.session.async_payment_succeeded', session);
		} else this.tell('checkout.session.async_payment_failed', session);
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
			currency: intent.currency,
			payment_intent: intent.id,
			charge: intent.latest_charge,
			livemode: this.livemode,
			reason: 'fraudulent',
			status: 'needs_response',
			metadata: {},
		});
		this.tell('charge.dispute.created', dispute);
		return dispute;
	}

	/** The next period of a subscription is collected, or is not. */
	renew(subscriptionId: string, collected: boolean): StripeObject {
		const subscription = this.get(subscriptionId);
		const invoice = this.keep('invoice', 'in', {
			amount_due: subscription.amount,
			amount_paid: collected ? subscription.amount : 0,
			billing_reason: 'subscription_cycle',
			currency: subscription.currency,
			livemode: this.livemode,
			status: collected ? 'paid' : 'open',
			metadata: {},
			parent: {
				type: 'subscription_details',
				subscription_details: { subscription: subscription.id, metadata: subscription.metadata },
			},
		});
		this.tell(collected ? 'invoice.paid' : 'invoice.payment_failed', invoice);
		return invoice;
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

	private tell(type: string, object: StripeObject): void {
		const event = this.keep('event', 'evt', {
			api_version: null,
			type,
			livemode: this.livemode,
			pending_webhooks: 1,
			request: { id: null, idempotency_key: null },
			data: { object: structuredClone(object) },
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
		const delivery = this.deliver(endpoint, JSON.stringify(event, null, 2)).finally(() =>
			this.deliveries.delete(delivery),
		);
		this.deliveries.add(delivery);
	}

	private async deliver(endpoint: StripeObject, payload: string): Promise<void> {
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
			if (status >= 200 && status < 300) return;
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
			return { status: 200, body: method === 'POST' ? this.change(path, form) : this.read(path, url.searchParams) };
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
		const object = LISTS[path];
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
		const expands = [...query.entries()].some(
			([name, value]) => name.startsWith('expand') && value.endsWith('product'),
		);
		return expands && found.object === 'price' ? { ...found, product: this.get(String(found.product)) } : found;
	}

	private change(path: string, form: FormTree): unknown {
		const [, first, id, last] = path.split('/');
		if (path === '/payment_links') return this.createLink(form);
		if (path === '/checkout/sessions') return this.createSession(form);
		if (path === '/refunds') return this.createRefund(form);
		if (path === '/webhook_endpoints') return this.createEndpoint(form);
		if (first === 'webhook_endpoints' && id !== undefined) return this.updateEndpoint(id, form);
		if (first === 'payment_links' && id !== undefined) {
			return Object.assign(this.get(id), { active: form.active === 'true' });
		}
		if (first === 'checkout' && last !== undefined && path.endsWith('/expire')) {
			const session = this.get(last);
			if (session.status !== 'open') throw invalid('Only Checkout Sessions with a status in ["open"] can be expired.');
			return this.expire(session);
		}
		throw new Refused(404, { type: 'invalid_request_error', message: `Unrecognized request URL (POST: /v1${path})` });
	}

	/** What the items cost together, and what they are. */
	private priced(form: FormTree) {
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
		return { amount, currency, name, quantity, subscription: recurring !== undefined && recurring !== null };
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
		this.secrets.set(link.id, JSON.stringify({ ...priced, form }));
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
		return this.openSession(form, priced, {
			expires_at: expiresAt,
			client_reference_id: textAt(form, 'client_reference_id') ?? null,
			success_url: textAt(form, 'success_url') ?? null,
			after_expiration:
				textAt(form, 'after_expiration', 'recovery', 'enabled') === 'true'
					? { recovery: { enabled: true, url: null, expires_at: null, allow_promotion_codes: false } }
					: null,
		});
	}

	private openSession(form: FormTree, priced: ReturnType<StripeSimulator['priced']>, more: Record<string, unknown>) {
		const session = this.keep('checkout.session', 'cs', {
			amount_subtotal: priced.amount,
			amount_total: priced.amount,
			client_reference_id: null,
			currency: priced.currency,
			customer: null,
			expires_at: this.seconds + 86_400,
			livemode: this.livemode,
			metadata: treeAt(form, 'metadata'),
			mode: priced.subscription ? 'subscription' : 'payment',
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
		this.secrets.set(session.id, JSON.stringify({ ...priced, form }));
		return session;
	}

	private expire(session: StripeObject): StripeObject {
		const recovery = session.after_expiration as { recovery: Record<string, unknown> } | null;
		if (recovery) recovery.recovery.url = `${this.url}/c/${session.id}?recover`;
		Object.assign(session, { status: 'expired', url: null });
		this.tell('checkout.session.expired', session);
		return session;
	}

	private createRefund(form: FormTree): StripeObject {
		const intent = this.get(textAt(form, 'payment_intent') ?? '');
		const back = this.all('refund')
			.filter(({ payment_intent: of }) => of === intent.id)
			.reduce((sum, { amount }) => sum + Number(amount), 0);
		const left = Number(intent.amount) - back;
		if (left === 0) throw invalid('Charge has already been refunded.', { code: 'charge_already_refunded' });
		const amount = Number(textAt(form, 'amount') ?? left);
		if (amount > left) throw invalid('Refund amount is greater than unrefunded amount on charge', { param: 'amount' });
		const refund = this.keep('refund', 're', {
			amount,
			charge: intent.latest_charge,
			currency: intent.currency,
			metadata: treeAt(form, 'metadata'),
			payment_intent: intent.id,
			reason: textAt(form, 'reason') ?? null,
			status: 'succeeded',
		});
		this.tell('refund.created', refund);
		return refund;
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

	private servePage(method: string, url: URL, body: string, response: ServerResponse): void {
		const [, place, code = ''] = url.pathname.split('/');
		const shown = this.objects.get(place === 'pay' ? (this.codes.get(code) ?? '') : code);
		const write = (status: number, html: string, session?: string): void => {
			response.writeHead(status, {
				'content-type': 'text/html; charset=utf-8',
				...(session === undefined ? {} : { 'x-session': session }),
			});
			response.end(html);
		};
		if (shown === undefined) return write(404, closedPage('No encontrado', 'Esta página no existe'));
		const uses = shown.restrictions as { completed_sessions: { count: number; limit: number } } | null | undefined;
		const used = uses ? uses.completed_sessions.count >= uses.completed_sessions.limit : false;
		if (shown.object === 'payment_link' ? !shown.active || used : shown.status !== 'open') {
			return write(410, closedPage('Este link ya no está activo', String(shown.inactive_message ?? 'Ya fue usado')));
		}
		const priced = JSON.parse(this.secrets.get(shown.id) ?? '{}') as ReturnType<StripeSimulator['priced']> & {
			form: FormTree;
		};
		const page = (declined: boolean): string =>
			checkoutPage({
				business: 'PROSUMINISTROS',
				name: priced.name,
				quantity: priced.quantity,
				amount: writeMoney({ minor: priced.amount, currency: priced.currency.toUpperCase() }, 'es-CO'),
				declined,
			});
		if (method !== 'POST') return write(200, page(false));
		const how = new URLSearchParams(body).get('how');
		const session =
			shown.object === 'payment_link'
				? this.openSession(priced.form, priced, {
						payment_link: shown.id,
						client_reference_id: url.searchParams.get('client_reference_id'),
					})
				: shown;
		if (how === 'fail') {
			this.tell('payment_intent.payment_failed', this.intentOf(session, priced, 'requires_payment_method'));
			return write(402, page(true), session.id);
		}
		if (uses) uses.completed_sessions.count += 1;
		this.complete(session, priced, how === 'pending');
		return write(200, closedPage('Gracias', how === 'pending' ? 'Pago en camino' : 'Pago recibido'), session.id);
	}

	private intentOf(
		session: StripeObject,
		{ amount, currency, form }: ReturnType<StripeSimulator['priced']> & { form: FormTree },
		status: string,
	) {
		const own = form.payment_intent_data;
		return this.keep('payment_intent', 'pi', {
			amount,
			currency,
			livemode: this.livemode,
			latest_charge: `ch_${randomBytes(12).toString('hex')}`,
			metadata: typeof own === 'object' && !Array.isArray(own) ? treeAt(own, 'metadata') : {},
			status,
			last_payment_error:
				status === 'succeeded'
					? null
					: { type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds' },
			payment_details: { order_reference: session.id },
		});
	}

	private complete(
		session: StripeObject,
		priced: ReturnType<StripeSimulator['priced']> & { form: FormTree },
		pending: boolean,
	): void {
		Object.assign(session, { status: 'complete', url: null, payment_status: pending ? 'unpaid' : 'paid' });
		if (priced.subscription) {
			const own = priced.form.subscription_data;
			session.subscription = this.keep('subscription', 'sub', {
				amount: priced.amount,
				currency: priced.currency,
				livemode: this.livemode,
				metadata: typeof own === 'object' && !Array.isArray(own) ? treeAt(own, 'metadata') : {},
				status: 'active',
			}).id;
		} else session.payment_intent = this.intentOf(session, priced, pending ? 'processing' : 'succeeded').id;
		this.tell('checkout.session.completed', session);
	}
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

const LISTS: Readonly<Record<string, string>> = {
	'/payment_links': 'payment_link',
	'/checkout/sessions': 'checkout.session',
	'/refunds': 'refund',
	'/prices': 'price',
	'/webhook_endpoints': 'webhook_endpoint',
	'/events': 'event',
};

/** Starts a Stripe account of its own on this machine. */
export async function startStripeSimulator(options?: StripeSimulatorOptions): Promise<StripeSimulator> {
	return await new StripeSimulator(options).start();
}
