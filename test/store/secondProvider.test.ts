import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import type { OpenMatters } from '../../nodes/shared/domain/payments/openMatters';
import type { PaymentEvent } from '../../nodes/shared/domain/payments/payment';
import type {
	PaymentProvider,
	ProviderHint,
	ProviderPage,
	ProviderTruth,
} from '../../nodes/shared/domain/payments/provider';
import { listLeads } from '../../nodes/shared/store/repositories/leads';
import { listPayments } from '../../nodes/shared/store/repositories/payments';
import { savePaymentTrigger } from '../../nodes/shared/store/repositories/paymentTriggers';
import type { Store } from '../../nodes/shared/store/store';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { createLead } from '../../nodes/shared/usecases/leads/createLead';
import { collectDue } from '../../nodes/shared/usecases/emit/due';
import { salesOf } from '../../nodes/shared/usecases/metrics/salesOf';
import type { PageState, PaymentPages, PaymentWithPage } from '../../nodes/shared/usecases/payments/paymentPages';
import { reconcilePayments } from '../../nodes/shared/usecases/payments/reconcilePayments';
import { remindPayment } from '../../nodes/shared/usecases/payments/remindPayment';
import {
	requestPayment,
	type CreatedAtProvider,
	type ProviderCall,
} from '../../nodes/shared/usecases/payments/requestPayment';
import { receivePaymentEvents, settlePaymentEvents } from '../../nodes/shared/usecases/payments/settlePaymentEvents';
import { customerWho, type Customer } from '../support/records';
import { eachDatabase } from '../support/stores';

const WEBHOOK = 'market-trigger';
const HOUR = 3_600_000;

type Movement = 'approved' | 'rejected' | 'in_process' | 'charged_back' | 'refunded';

interface Order {
	readonly paymentId: string;
	/** With its point, as this provider writes money. */
	readonly total: string;
	readonly endsAt: number;
	closed: boolean;
	movement?: { readonly id: string; readonly kind: Movement; readonly at: number; readonly detail?: string };
}

/**
 * Somebody who collects otherwise than Stripe: money is written with its point, a page is an order that always ends, a movement has
 * five states, notices carry an id and nothing else, and what was given back is a state of the movement.
 */
class Market implements PaymentProvider, PaymentPages {
	readonly name = 'market';
	readonly mode = 'test';
	readonly orders = new Map<string, Order>();
	private readonly byKey = new Map<string, CreatedAtProvider>();
	private notices = 0;

	constructor(private readonly clock: () => number) {}

	async open(amount: number, { paymentId, idempotencyKey }: ProviderCall): Promise<CreatedAtProvider> {
		const known = this.byKey.get(idempotencyKey);
		if (known !== undefined) return await Promise.resolve(known);
		const providerId = `order-${this.orders.size + 1}`;
		const endsAt = this.clock() + HOUR;
		this.orders.set(providerId, { paymentId, total: (amount / 100).toFixed(2), endsAt, closed: false });
		const page = { providerId, url: `https://market.example/${providerId}`, expiresAt: endsAt };
		this.byKey.set(idempotencyKey, page);
		return page;
	}

	moves(orderId: string, kind: Movement, detail?: string): ProviderHint {
		const order = this.orders.get(orderId);
		if (order === undefined) throw new Error(`There is no order ${orderId}`);
		if (kind !== 'refunded' && kind !== 'charged_back' && (order.closed || this.clock() >= order.endsAt)) {
			throw new Error('The order has ended');
		}
		order.movement = { id: `mv-${orderId}`, kind, at: this.clock(), ...(detail === undefined ? {} : { detail }) };
		this.notices += 1;
		return { id: `n-${this.notices}`, at: this.clock(), type: 'payment', object: { kind: 'order', id: orderId } };
	}

	private truthOf(orderId: string): ProviderTruth | undefined {
		const order = this.orders.get(orderId);
		if (order === undefined) return undefined;
		return { paymentId: order.paymentId, providerId: orderId, mode: 'live', event: this.eventOf(order) };
	}

	private eventOf({ movement, total, endsAt, paymentId }: Order): PaymentEvent {
		const money = { amount: Math.round(Number(total) * 100), currency: 'COP' };
		if (movement === undefined) return { ...money, id: paymentId, at: endsAt, kind: 'expired', attempt: paymentId };
		const { id, at, kind, detail } = movement;
		const told = { ...money, id, at };
		switch (kind) {
			case 'refunded':
				return { ...told, kind: 'refund', refund: `back-${id}`, state: 'succeeded' };
			case 'charged_back':
				return { ...told, kind: 'dispute', dispute: `claim-${id}`, state: 'open' };
			case 'rejected':
				return { ...told, kind: 'failed', attempt: id, ...(detail === undefined ? {} : { reason: detail }) };
			default:
				return { ...told, kind: kind === 'approved' ? 'paid' : 'pending', attempt: id };
		}
	}

	async readBack({ object }: ProviderHint): Promise<ProviderTruth | undefined> {
		return await Promise.resolve(this.truthOf(object.id));
	}

	async list(): Promise<ProviderPage> {
		const truths = [...this.orders.keys()].flatMap((id) => this.truthOf(id) ?? []);
		return await Promise.resolve({ truths });
	}

	async lookAgain({ attempts, refunds, disputes }: OpenMatters): Promise<readonly ProviderTruth[]> {
		const open = [
			...attempts,
			...refunds.map((id) => id.slice('back-'.length)),
			...disputes.map((id) => id.slice('claim-'.length)),
		];
		const truths = [...this.orders].flatMap(([id, { movement }]) =>
			movement !== undefined && open.includes(movement.id) ? (this.truthOf(id) ?? []) : [],
		);
		return await Promise.resolve(truths);
	}

	async stateOf({ provider_id: id }: PaymentWithPage): Promise<PageState> {
		const order = this.orders.get(id);
		if (order?.movement?.kind === 'approved' || order?.movement?.kind === 'in_process') {
			return await Promise.resolve('complete');
		}
		return order?.closed ? 'closed' : this.clock() >= (order?.endsAt ?? 0) ? 'expired' : 'open';
	}

	async close(payment: PaymentWithPage): Promise<PageState> {
		const order = this.orders.get(payment.provider_id);
		if (order !== undefined) order.closed = true;
		return await this.stateOf(payment);
	}

	async again({ amount }: PaymentWithPage, call: ProviderCall): Promise<CreatedAtProvider> {
		return await this.open(amount, call);
	}
}

eachDatabase((name, open) => {
	describe(`another provider than Stripe walks the same ways (S12) on ${name}`, () => {
		let now: number;
		let store: Store;
		let laura: Customer;
		let market: Market;

		beforeEach(async () => {
			// A Tuesday, ten in the morning in Bogotá.
			now = Date.parse('2026-01-13T15:00:00Z');
			store = await open({ clock: () => now });
			await saveProfile(store, profiles.prosuministros, 'test');
			await savePaymentTrigger(store, 'market', 'live', WEBHOOK);
			laura = await customerWho(store, '573001112233', 'necesito cotizar 20 portátiles');
			await createLead(store, { ...laura, requestId: 'lead-1' });
			market = new Market(() => now);
			await requestPayment(
				store,
				{
					requestId: 'pay-1',
					provider: 'market',
					mode: 'live',
					kind: 'full',
					amount: 25_000_050,
					currency: 'COP',
					description: '20 portátiles',
					contactId: laura.contactId,
					conversationId: laura.conversationId,
				},
				async (call) => await market.open(25_000_050, call),
			);
		});

		const hear = async (...hints: readonly ProviderHint[]) => {
			await receivePaymentEvents(store, WEBHOOK, market.name, [...hints, ...hints]);
			await settlePaymentEvents(store, WEBHOOK, market);
		};
		const payments = async () =>
			(await listPayments(store.db, store.workspaceId, { limit: 9 })).map(({ state, provider_id: id }) => [id, state]);
		const news = async () =>
			(
				await store.db
					.selectFrom('journal')
					.select('output')
					.where('webhook_id', '=', WEBHOOK)
					.where('workspace_id', '=', store.workspaceId)
					.orderBy('id')
					.execute()
			).map(({ output }) => output);
		const said = async () =>
			(
				await store.db
					.selectFrom('messages')
					.select('text')
					.where('conversation_id', '=', laura.conversationId)
					.where('author', '=', 'workflow')
					.orderBy('id')
					.execute()
			).map(({ text }) => text ?? '');

		test('refused, left alone until its page has ended, asked for again, paid, won, counted, given back and claimed', async () => {
			await hear(market.moves('order-1', 'rejected', 'insufficient_funds'));
			expect(await said()).toEqual([expect.stringContaining('no hay fondos suficientes')]);
			now += 2 * HOUR;
			for (const { items } of await collectDue(store, WEBHOOK)) {
				for (const { paymentId, reminder } of items) {
					const [payment] = await listPayments(store.db, store.workspaceId, { limit: 1 });
					if (payment?.id !== paymentId) throw new Error('Another payment is due');
					const { until } = reminder as { readonly until: number };
					const done = await remindPayment(store, market, payment, { paymentId: payment.id, until, owner: 'test' });
					expect(done).toMatchObject({ sent: true, renewed: true });
				}
			}
			expect(() => market.moves('order-1', 'approved')).toThrow('ended');
			await hear(market.moves('order-2', 'in_process'));
			now += 60_000;
			await hear(market.moves('order-2', 'approved'));
			now += 60_000;
			await hear(market.moves('order-2', 'refunded'));
			now += 60_000;
			await hear(market.moves('order-2', 'charged_back'));

			expect(await payments()).toEqual([
				['order-2', 'disputed'],
				['order-1', 'failed'],
			]);
			expect(await news()).toEqual(['failed', 'pending', 'paid', 'refunded', 'disputed']);
			expect((await listLeads(store.db, store.workspaceId, { limit: 1 }))[0]).toMatchObject({
				stage: 'Won',
				amount: '250000.5',
			});
			const { all } = await salesOf(store, { from: '2026-01-13', to: '2026-01-13' });
			expect(all.map(({ name: figure, value }) => [figure, value])).toEqual([
				['payment_links', 1],
				['link_conversion', 1],
				['links_abandoned', 0],
				['collected', 250_000.5],
				['refunded', 250_000.5],
			]);
		});

		test('S9: what nobody heard of is found by comparing', async () => {
			market.moves('order-1', 'approved');
			const found = await reconcilePayments(store, market, { since: 0, webhookId: WEBHOOK });
			expect(found.differences).toMatchObject([{ before: 'requested', news: ['paid'] }]);
			expect(await payments()).toEqual([['order-1', 'paid']]);
			expect(await said()).toEqual([expect.stringContaining('Recibimos tu pago')]);
			expect((await reconcilePayments(store, market, { since: 0, webhookId: WEBHOOK })).differences).toEqual([]);
		});
	});
});
