import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import express, { type Request, type Response } from 'express';

import { writeMoney } from '../../../nodes/shared/domain/payments/money';
import { Account } from './account';
import { Checkout, type Place } from './checkout';
import { checkoutPage, closedPage } from './checkoutPage';
import { answerApi, type World } from './endpoints';
import { FaultBoard, SERVER_ERROR } from './faultBoard';
import { IdempotentRequests } from './idempotency';
import { MoneyBack, type RefundOptions } from './moneyBack';
import { StripeError } from './stripeError';
import { Subscriptions } from './subscriptions';
import type { Answer, Fault, Form, PaymentEnd, RecordedRequest, StripeObject, StripeSimulatorOptions } from './types';
import { WebhookCourier } from './webhookCourier';
import { WebhookEndpoints } from './webhookEndpoints';

/** Bodies as they came, for what compares them byte by byte. */
const rawBodies = new WeakMap<object, string>();

const formOf = (request: Request): Form => (request.body ?? {}) as Form;

/** A Stripe account on this machine: keeps what it is told, refuses what Stripe refuses, signs and redelivers. */
export class StripeSimulator {
	url = '';
	/** Every request that reached the API. */
	readonly requests: RecordedRequest[] = [];
	private readonly account: Account;
	private readonly courier: WebhookCourier;
	private readonly checkout: Checkout;
	private readonly moneyBack: MoneyBack;
	private readonly subscriptions: Subscriptions;
	private readonly world: World;
	private readonly faults = new FaultBoard();
	private readonly idempotent = new IdempotentRequests();
	private readonly server: Server;

	constructor(private readonly options: StripeSimulatorOptions = {}) {
		const { secretKey = 'sk_test_simulatorKey0123456789', now = Date.now, redeliverMs = [20, 50, 100] } = options;
		this.account = new Account(secretKey, now);
		this.courier = new WebhookCourier(this.account, redeliverMs);
		this.checkout = new Checkout(this.account, this.courier, () => this.url);
		this.moneyBack = new MoneyBack(this.account, this.courier);
		this.subscriptions = new Subscriptions(this.account, this.courier);
		this.world = {
			account: this.account,
			checkout: this.checkout,
			moneyBack: this.moneyBack,
			webhookEndpoints: new WebhookEndpoints(this.account, this.courier),
		};
		this.server = createServer(this.app());
	}

	get secretKey(): string {
		return this.account.secretKey;
	}

	/** Credential values of the account, as the node's credential holds them. */
	get credential() {
		return { secretKey: this.secretKey, baseUrl: this.url, webhookSecrets: '', apiVersion: '' };
	}

	/** What Stripe would tell, oldest first. */
	get events(): readonly StripeObject[] {
		return this.courier.events;
	}

	/** How many webhooks each event becomes; 0 loses them, as a broken network does. */
	set copies(count: number) {
		this.courier.copies = count;
	}

	/** Whether nothing can be given back until the account has money again. */
	set balanceIsEmpty(isEmpty: boolean) {
		this.moneyBack.balanceIsEmpty = isEmpty;
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
		await this.courier.settled();
	}

	inject(fault: Fault): void {
		this.faults.inject(fault);
	}

	/** From now on nothing more goes wrong. */
	clearFaults(): void {
		this.faults.clear();
	}

	all(object: string): StripeObject[] {
		return this.account.all(object);
	}

	get(id: string): StripeObject {
		return this.account.get(id);
	}

	/** A price that somebody made in the Dashboard. */
	addPrice(name: string, unitAmount: number, currency: string, interval?: string): string {
		const product = this.account.keep('product', 'prod', { name, active: true });
		return this.account.keep('price', 'price', {
			active: true,
			currency,
			livemode: this.account.livemode,
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
			body: new URLSearchParams({ how, ...(visit === undefined ? {} : { session: visit }) }),
			redirect: 'manual',
		});
		const id = answer.headers.get('x-session');
		if (id === null) throw new Error(`The page did not take it: ${answer.status}`);
		return this.get(id);
	}

	/** A transfer that was pending arrives, or does not. */
	finishPending(sessionId: string, arrived: boolean): void {
		this.checkout.finishPending(sessionId, arrived);
	}

	/** Nobody comes back to a visit: its time is over now. */
	letExpire(sessionId: string): void {
		this.get(sessionId).expires_at = this.account.seconds;
		this.checkout.expireDue();
	}

	/** Sessions whose time is over by the clock expire. */
	expireDue(): void {
		this.checkout.expireDue();
	}

	/** The customer's bank takes the money back. */
	dispute(paymentIntent: string): StripeObject {
		return this.moneyBack.dispute(paymentIntent);
	}

	/** The bank has decided. */
	closeDispute(disputeId: string, won: boolean): void {
		this.moneyBack.closeDispute(disputeId, won);
	}

	/** A refund from the Dashboard; `pending` until `finishRefund`. */
	refund(paymentIntent: string, amount?: number, more?: RefundOptions): StripeObject {
		return this.moneyBack.refund(paymentIntent, amount, more);
	}

	/** A refund that was pending arrives, or does not. */
	finishRefund(refundId: string, arrived: boolean): void {
		this.moneyBack.finishRefund(refundId, arrived);
	}

	/** The next period of a subscription is collected, or is not. */
	renew(subscriptionId: string, collected: boolean): StripeObject {
		return this.subscriptions.renew(subscriptionId, collected);
	}

	/** What could not be collected before is collected now. */
	collect(invoiceId: string): void {
		this.subscriptions.collect(invoiceId);
	}

	/** Sends an event once more, as the Dashboard's Resend does. */
	resend(eventId: string): void {
		this.courier.resend(eventId);
	}

	/** From now on webhooks wait until they are let go, as on a slow network. */
	hold(): void {
		this.courier.hold();
	}

	/** Lets the webhooks that were held arrive one after the other, in the order that is wanted. */
	async letGo(order?: <Item>(held: readonly Item[]) => readonly Item[]): Promise<void> {
		await this.courier.letGo(order);
	}

	private app(): express.Express {
		const app = express();
		app.disable('x-powered-by');
		app.use(
			express.urlencoded({
				extended: true,
				verify: (request, _response, body) => rawBodies.set(request, body.toString()),
			}),
		);
		app.all('/v1/*path', async (request, response) => await this.serveApi(request, response));
		app.all('/pay/:code', (request, response) =>
			this.servePage(this.checkout.linkAt(request.params.code), request, response),
		);
		app.all('/c/:id', (request, response) =>
			this.servePage(
				this.checkout.sessionAt(request.params.id, request.query.recover !== undefined),
				request,
				response,
			),
		);
		app.use((_request, response) => {
			response.status(410).send(closedPage('Este link ya no está activo', 'Esta página no existe'));
		});
		return app;
	}

	private async serveApi(request: Request, response: Response): Promise<void> {
		const answer = await this.answer(request);
		if (answer === undefined) return void request.socket.destroy();
		response
			.status(answer.status)
			.set({ 'request-id': `req_${randomBytes(7).toString('hex')}`, ...answer.headers })
			.type('json')
			.send(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body, null, 2));
	}

	/** @returns undefined when the answer is lost on the way */
	private async answer(request: Request): Promise<Answer | undefined> {
		const { method } = request;
		const path = request.path.slice('/v1'.length);
		const key = request.get('idempotency-key');
		this.requests.push({ method, path, key, version: request.get('stripe-version') });
		if (request.get('authorization') !== `Bearer ${this.secretKey}`)
			return { status: 401, body: { error: { type: 'invalid_request_error', message: 'Invalid API Key provided' } } };
		const fault = this.faults.next(method, path);
		if (typeof fault === 'object') return fault;
		const run = async (): Promise<Answer> => {
			if (fault === 'server_error') return SERVER_ERROR;
			const done = await this.call(request, path);
			return fault === 'server_error_done' ? SERVER_ERROR : done;
		};
		const whole = `${path}\n${rawBodies.get(request) ?? ''}`;
		const answer = method === 'POST' && key !== undefined ? await this.idempotent.once(key, whole, run) : await run();
		return fault === 'lost' ? undefined : answer;
	}

	private async call(request: Request, path: string): Promise<Answer> {
		const { method } = request;
		if (method === 'POST') await new Promise((waited) => setTimeout(waited, this.options.latencyMs ?? 0));
		const query = new URL(request.originalUrl, this.url).searchParams;
		try {
			return { status: 200, body: answerApi(this.world, method, path, query, formOf(request)) };
		} catch (error) {
			if (error instanceof StripeError) {
				return { status: error.status, body: { error: error.error }, ...(error.begun ? {} : { unbegun: true }) };
			}
			throw error;
		}
	}

	private servePage(place: Place, request: Request, response: Response): void {
		if ('closed' in place) {
			response.status(410).send(closedPage('Este link ya no está activo', place.closed));
			return;
		}
		const { shown, order } = place;
		const { how, session: earlier } = formOf(request);
		const reference = new URL(request.originalUrl, this.url).searchParams.get('client_reference_id');
		const session = this.checkout.visit(shown, order, reference, typeof earlier === 'string' ? earlier : undefined);
		const write = (status: number, html: string): void => {
			response.status(status).set('x-session', session.id).send(html);
		};
		const page = (declined: boolean): string =>
			checkoutPage({
				business: 'PROSUMINISTROS',
				session: session.id,
				name: order.name,
				quantity: order.quantity,
				amount: writeMoney({ minor: order.amount, currency: order.currency.toUpperCase() }, 'es-CO'),
				declined,
			});
		if (request.method !== 'POST' || how === 'abandon') return write(200, page(false));
		if (how === 'fail') {
			this.checkout.decline(session);
			return write(402, page(true));
		}
		this.checkout.complete(shown, session, order, how === 'pending');
		write(200, closedPage('Gracias', how === 'pending' ? 'Pago en camino' : 'Pago recibido'));
	}
}

/** Starts a Stripe account of its own on this machine. */
export async function startStripeSimulator(options?: StripeSimulatorOptions): Promise<StripeSimulator> {
	return await new StripeSimulator(options).start();
}
