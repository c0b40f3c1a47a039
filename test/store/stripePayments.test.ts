import { createCheckoutSession } from '../../nodes/shared/clients/stripe/checkoutSessions';
import { readStripeCredential } from '../../nodes/shared/clients/stripe/credential';
import type { Metadata } from '../../nodes/shared/clients/stripe/objects';
import { openStripe, type Stripe } from '../../nodes/shared/clients/stripe/stripe';
import type { PaymentFacts } from '../../nodes/shared/domain/payments/payment';
import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import { getPayment } from '../../nodes/shared/store/repositories/payments';
import type { Store } from '../../nodes/shared/store/store';
import { receivePaymentEvents, settlePaymentEvents } from '../../nodes/shared/usecases/payments/settlePaymentEvents';
import { previewReconciliation, reconcilePayments } from '../../nodes/shared/usecases/payments/reconcilePayments';
import { remindPayment } from '../../nodes/shared/usecases/payments/remindPayment';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { collectOrder, type PaymentOrder } from '../../nodes/shared/usecases/stripe/collectOrder';
import { stripePages } from '../../nodes/shared/usecases/stripe/stripePages';
import { stripeProvider } from '../../nodes/shared/usecases/stripe/stripeProvider';
import { startStripeSimulator, type StripeSimulator } from '../simulators/stripe';
import { watched } from '../support/plans';
import { customerWho, type Customer } from '../support/records';
import { eachDatabase } from '../support/stores';
import { AMOUNT, laptopsFor } from '../support/stripeOrders';

const WEBHOOK = 'payments-trigger';

eachDatabase((name, open) => {
	describe(`payments of Stripe on ${name}`, () => {
		let now: number;
		let store: Store;
		let laura: Customer;
		let simulator: StripeSimulator;
		let stripe: Stripe;

		beforeEach(async () => {
			now = Date.parse('2026-03-10T15:00:00Z');
			store = await open({ clock: () => now });
			await saveProfile(store, profiles.prosuministros, 'test');
			laura = await customerWho(store, '573001112233', 'necesito cotizar 20 portátiles');
			simulator = await startStripeSimulator({ now: () => now });
			stripe = openStripe(readStripeCredential(simulator.credential), { pausesMs: [5, 5, 5] });
		});
		afterEach(async () => await simulator.stop());

		const collect = async (more: Partial<PaymentOrder> = {}) =>
			await collectOrder(store, stripe, { ...laptopsFor(laura), ...more });
		const provider = () => stripeProvider(stripe, () => now);
		const reconcile = async () =>
			await reconcilePayments(store, provider(), { since: now - 86_400_000, webhookId: WEBHOOK });
		const emitted = async () =>
			(
				await store.db
					.selectFrom('journal')
					.select('output')
					.where('workspace_id', '=', store.workspaceId)
					.where('webhook_id', '=', WEBHOOK)
					.orderBy('id')
					.execute()
			).map(({ output }) => output);
		const row = async (id: string) => await getPayment(store.db, store.workspaceId, id);

		test.each([
			[2, ['paid', 'paid']],
			[undefined, ['paid', 'paid']],
		])(
			'S1: a link that may be paid %s times (undefined: any number) is paid on Paid each time',
			async (uses, outputs) => {
				const { payment } = await collect({ page: { kind: 'link', uses } });
				await simulator.customer(payment.url ?? '', 'pay');
				await simulator.customer(payment.url ?? '', 'pay');
				await reconcile();
				expect(await emitted()).toEqual(outputs);
				expect(await row(payment.id)).toMatchObject({ state: 'paid', amount_paid: 2 * AMOUNT });
			},
		);

		const subscription = {
			kind: 'subscription',
			item: {
				currency: 'COP',
				unitAmount: AMOUNT,
				name: 'Mantenimiento',
				quantity: 1,
				recurring: { interval: 'month', intervalCount: 1 },
			},
		} as const;
		const subscribed = async () => {
			const { payment } = await collect(subscription);
			const { subscription: made } = await simulator.customer(payment.url ?? '', 'pay');
			return { payment, subscription: String(made) };
		};
		/** The intents that paid the periods of a subscription, oldest first. */
		const periods = () => simulator.all('payment_intent').map(({ id }) => id);

		test('S7: money of a subscription that goes back finds its payment, though its intent names nothing of ours', async () => {
			const { payment, subscription: id } = await subscribed();
			now += 1_000;
			simulator.renew(id, true);
			const [first = '', second = ''] = periods();
			simulator.refund(first, 5_000_000);
			simulator.dispute(second);
			await reconcile();
			expect((await emitted()).sort()).toEqual(['disputed', 'paid', 'refunded', 'subscription']);
			expect(await row(payment.id)).toMatchObject({
				state: 'disputed',
				amount_paid: 2 * AMOUNT,
				amount_refunded: 5_000_000,
			});
			expect((await reconcile()).differences).toEqual([]);
		});

		/** Stripe tells of the newest object of a kind. */
		const tell = async (type: string, kind: string) => {
			const { id = '' } = simulator.all(kind).at(-1) ?? {};
			const hint = { id: `evt_${type}_${id}_${now}`, at: now, type, object: { kind, id } };
			await receivePaymentEvents(store, WEBHOOK, 'stripe', [hint]);
			await settlePaymentEvents(store, WEBHOOK, provider());
		};
		const session = {
			kind: 'session',
			expiresAfterMinutes: 60,
			recovery: false,
			successUrl: 'https://wa.me/573001234567',
		} as const;
		const toldCustomer = async () =>
			(
				await store.db
					.selectFrom('outbox')
					.select('id')
					.where('conversation_id', '=', laura.conversationId)
					.where('request_id', 'like', 'payment:%:failed:%')
					.execute()
			).length;

		test.each([
			['a link', { kind: 'link', uses: 1 } as const],
			['a session', session],
		])(
			'S6: the first card that is refused for a subscription by %s is told on Failed, and the next one that is taken on Paid',
			async (_page, page) => {
				const { payment } = await collect({ ...subscription, page });
				const refused = await simulator.customer(payment.url ?? '', 'fail');
				await tell('payment_intent.payment_failed', 'payment_intent');
				expect(await emitted()).toEqual(['failed']);
				expect(await row(payment.id)).toMatchObject({ state: 'failed', amount_paid: 0 });
				expect(await toldCustomer()).toBe(1);
				now += 1_000;
				await simulator.customer(payment.url ?? '', 'pay', refused.id);
				await tell('checkout.session.completed', 'checkout.session');
				expect(await emitted()).toEqual(['failed', 'paid']);
				expect(await row(payment.id)).toMatchObject({ state: 'paid', amount_paid: AMOUNT });
				expect((await reconcile()).differences).toEqual([]);
			},
		);

		test('S9: the first card that is refused for a subscription is found by reconciliation when its webhook is lost', async () => {
			const { payment } = await collect({ ...subscription, page: session });
			await simulator.customer(payment.url ?? '', 'fail');
			await reconcile();
			expect(await emitted()).toEqual(['failed']);
			expect((await reconcile()).differences).toEqual([]);
			expect(await toldCustomer()).toBe(1);
		});

		test('S6: among more than a page of open sessions of subscriptions the refused one is told', async () => {
			const { payment } = await collect({ ...subscription, page: session });
			const { payment: other } = await collect({ ...subscription, page: { kind: 'link' }, requestId: 'pay-2' });
			for (let visit = 0; visit < 120; visit += 1) await simulator.customer(other.url ?? '', 'abandon');
			await simulator.customer(payment.url ?? '', 'fail');
			await tell('payment_intent.payment_failed', 'payment_intent');
			expect(await row(payment.id)).toMatchObject({ state: 'failed' });
			expect(await row(other.id)).toMatchObject({ state: 'requested' });
		});

		test('S6: a later period that fails is told once, on Subscription, whatever its intent says', async () => {
			const { payment, subscription: id } = await subscribed();
			await reconcile();
			now += 1_000;
			simulator.renew(id, false);
			await tell('payment_intent.payment_failed', 'payment_intent');
			await tell('invoice.payment_failed', 'invoice');
			expect(await emitted()).toEqual(['paid', 'subscription']);
			expect(await row(payment.id)).toMatchObject({ state: 'paid' });
		});

		test.each([
			['once', {}],
			['for a subscription', subscription],
		])('S4: a transfer to pay %s that does not arrive is told once, by intent and session', async (_kind, order) => {
			const { payment } = await collect({ ...order, page: session });
			const { id } = await simulator.customer(payment.url ?? '', 'pending');
			await tell('checkout.session.completed', 'checkout.session');
			expect(await row(payment.id)).toMatchObject({ state: 'pending' });
			now += 3_000;
			simulator.finishPending(id, false);
			await tell('payment_intent.payment_failed', 'payment_intent');
			now += 1_000;
			await tell('checkout.session.async_payment_failed', 'checkout.session');
			expect(await emitted()).toEqual(['pending', 'failed']);
			expect(await row(payment.id)).toMatchObject({ state: 'failed' });
			expect(await toldCustomer()).toBe(1);
		});

		test.each([
			['a link', { kind: 'link', uses: 1 } as const],
			['a session', session],
		])(
			'S6: a transfer by %s that does not arrive leaves no dead button: the customer is told, and reminded with a new page',
			async (_page, page) => {
				const { payment } = await collect({ page });
				const { id } = await simulator.customer(payment.url ?? '', 'pending');
				await tell('checkout.session.completed', 'checkout.session');
				simulator.finishPending(id, false);
				await tell('payment_intent.payment_failed', 'payment_intent');
				const words = async (request: string) => {
					const { message } = await store.db
						.selectFrom('outbox')
						.select('message')
						.where('conversation_id', '=', laura.conversationId)
						.where('request_id', 'like', request)
						.executeTakeFirstOrThrow();
					return JSON.parse(message) as { readonly type: string; readonly text: string; readonly url?: string };
				};
				const told = await words('payment:%:failed:%');
				expect(told).toMatchObject({ type: 'text', text: expect.stringContaining('Ese enlace ya no recibe pagos') });
				now += 3 * 3_600_000;
				const known = await row(payment.id);
				if (known === undefined) throw new Error('The payment is gone');
				const request = { paymentId: payment.id, owner: store.bootId };
				const reminded = await remindPayment(store, stripePages(store, stripe), known, request);
				expect(reminded).toMatchObject({ sent: true, renewed: true, payment: { replaces_id: payment.id } });
				const again = await words('payment:%:reminder:%');
				expect(again).toMatchObject({ type: 'url_button', text: expect.stringContaining('no alcanzó a completarse') });
				await simulator.customer(again.url ?? '', 'pay');
				await reconcile();
				expect(await row(reminded.payment.id)).toMatchObject({ state: 'paid' });
				expect(await row(payment.id)).toMatchObject({ state: 'failed', replaced_by: reminded.payment.id });
			},
		);

		test('S6: a page at which a transfer is on its way, or has arrived, is not asked for again', async () => {
			for (const page of [{ kind: 'link', uses: 1 } as const, session]) {
				const { payment } = await collect({ page, requestId: page.kind });
				const known = { ...payment, provider_id: payment.provider_id ?? '' };
				const pages = stripePages(store, stripe);
				const { id } = await simulator.customer(payment.url ?? '', 'pending');
				expect(await pages.stateOf(known)).toBe('complete');
				simulator.finishPending(id, true);
				expect(await pages.stateOf(known)).toBe('complete');
			}
		});

		test('S4: a transfer for a subscription that arrives is paid', async () => {
			const { payment } = await collect({ ...subscription, page: session });
			const { id } = await simulator.customer(payment.url ?? '', 'pending');
			await tell('checkout.session.completed', 'checkout.session');
			now += 3_000;
			simulator.finishPending(id, true);
			await tell('checkout.session.async_payment_succeeded', 'checkout.session');
			expect(await emitted()).toEqual(['pending', 'paid']);
			expect(await row(payment.id)).toMatchObject({ state: 'paid', amount_paid: AMOUNT });
		});

		describe('what began before the days that are compared, and whose end no webhook told', () => {
			const DAY = 86_400_000;
			const reconcileTwoDays = async () =>
				await reconcilePayments(store, provider(), { since: now - 2 * DAY, webhookId: WEBHOOK });

			test.each([
				['once that arrives', {}, true, ['pending', 'paid'], { state: 'paid', amount_paid: AMOUNT }],
				['once that does not arrive', {}, false, ['pending', 'failed'], { state: 'failed', amount_paid: 0 }],
				[
					'for a subscription that arrives',
					subscription,
					true,
					['pending', 'paid'],
					{ state: 'paid', amount_paid: AMOUNT },
				],
			] as const)(
				'S9: a transfer of a week ago to pay %s is found by its end, and told then, once',
				async (_kind, order, arrived, outputs, after) => {
					const { payment } = await collect({ ...order, page: session });
					const { id } = await simulator.customer(payment.url ?? '', 'pending');
					await tell('checkout.session.completed', 'checkout.session');
					now += 7 * DAY;
					await reconcileTwoDays();
					expect(await emitted()).toEqual(['pending']);
					simulator.finishPending(id, arrived);
					expect((await previewReconciliation(store, provider(), now - 2 * DAY)).differences).toHaveLength(1);
					expect((await reconcileTwoDays()).differences).toHaveLength(1);
					expect(await emitted()).toEqual(outputs);
					expect(await row(payment.id)).toMatchObject({ ...after, open_matters: null });
					const asked = simulator.requests.length;
					expect((await reconcileTwoDays()).differences).toEqual([]);
					// Nothing is open any more: only the five lists are read.
					expect(simulator.requests.length - asked).toBe(5);
				},
			);

			test('S9: a refund that the bank sends back after ten days, and a dispute that is decided after sixty', async () => {
				const { payment } = await collect();
				const { payment_intent: intent } = await simulator.customer(payment.url ?? '', 'pay');
				const refund = simulator.refund(String(intent), 5_000_000, { status: 'pending' });
				await reconcile();
				expect(await row(payment.id)).toMatchObject({ open_matters: 1 });
				now += 10 * DAY;
				simulator.finishRefund(refund.id, false);
				expect((await reconcileTwoDays()).differences).toMatchObject([{ news: ['refund_failed'] }]);
				const dispute = simulator.dispute(String(intent));
				await reconcile();
				now += 60 * DAY;
				simulator.closeDispute(dispute.id, false);
				expect((await reconcileTwoDays()).differences).toMatchObject([{ news: ['dispute_closed'] }]);
				expect(await row(payment.id)).toMatchObject({ state: 'disputed', open_matters: null });
				expect(await emitted()).toEqual(['paid', 'refunded', 'disputed', 'disputed']);
			});

			test('S9: a later period that is collected at last, two weeks after it failed', async () => {
				const { payment, subscription: id } = await subscribed();
				await reconcile();
				now += 30 * DAY;
				const invoice = simulator.renew(id, false);
				await reconcile();
				now += 14 * DAY;
				simulator.collect(invoice.id);
				expect((await reconcileTwoDays()).differences).toMatchObject([{ news: ['renewed'] }]);
				expect(await row(payment.id)).toMatchObject({ amount_paid: 2 * AMOUNT, open_matters: null });
			});

			test('S9: what Stripe does not know any more, or has not decided in half a year, holds nobody up', async () => {
				const { payment } = await collect();
				const { payment_intent: intent } = await simulator.customer(payment.url ?? '', 'pay');
				simulator.dispute(String(intent));
				await reconcile();
				const facts = JSON.parse((await row(payment.id))?.facts ?? '{}') as PaymentFacts;
				const gone = { ...facts, refunds: { re_gone: { state: 'pending', amount: 5, at: now } } };
				await store.db
					.updateTable('payments')
					.set({ facts: JSON.stringify(gone) })
					.where('id', '=', payment.id)
					.execute();
				now += 30 * DAY;
				expect((await reconcileTwoDays()).differences).toEqual([]);
				now += 181 * DAY;
				const asked = simulator.requests.length;
				await reconcileTwoDays();
				expect(simulator.requests.length - asked).toBe(5);
			});

			test('O6: looking for open matters reads no table from end to end', async () => {
				const { store: watchedStore, assertNoScan } = watched(store);
				await reconcilePayments(watchedStore, provider(), { since: now - 2 * DAY, webhookId: WEBHOOK });
				await assertNoScan();
			});
		});

		test('S9: money of somebody else in the same account is none of ours', async () => {
			const { subscription: id } = await subscribed();
			simulator.get(id).metadata = {};
			simulator.renew(id, true);
			const [, foreign = ''] = periods();
			simulator.refund(foreign);
			await reconcile();
			expect(await emitted()).toEqual(['paid']);
		});

		test('S4: a dispute that Stripe has prevented disputes nothing; what was given back for it is a refund', async () => {
			const { payment } = await collect();
			const session = await simulator.customer(payment.url ?? '', 'pay');
			simulator.dispute(String(session.payment_intent)).status = 'prevented';
			simulator.refund(String(session.payment_intent));
			await reconcile();
			expect((await emitted()).sort()).toEqual(['paid', 'refunded']);
			expect(await row(payment.id)).toMatchObject({ state: 'refunded' });
		});

		describe.each([
			['a link', '/payment_links', 'payment_link', { kind: 'link', uses: 1 } as const],
			['a session', '/checkout/sessions', 'checkout.session', session],
		])('%s at which Stripe fails and keeps the failure under its key', (_page, path, object, page) => {
			test.each([
				['server_error', 'nothing was made'],
				['server_error_done', 'it was made all the same'],
			] as const)('S8: (%s: %s) is there once, in the same run', async (kind, _what) => {
				simulator.inject({ path, method: 'POST', times: 1, kind });
				const { payment } = await collect({ page });
				expect(simulator.all(object)).toMatchObject([{ id: payment.provider_id }]);
				expect((await collect({ page })).payment.url).toBe(payment.url);
				expect(simulator.all(object)).toHaveLength(1);
				await simulator.customer(payment.url ?? '', 'pay');
				await reconcile();
				expect(await emitted()).toEqual(['paid']);
			});

			test('S8: asked for by eight at once it is there once, and the customer is written to once', async () => {
				simulator.inject({ path, method: 'POST', times: 1, kind: 'server_error' });
				const made = await Promise.all(Array.from({ length: 8 }, async () => await collect({ page })));
				expect(new Set(made.map(({ payment }) => payment.provider_id)).size).toBe(1);
				expect(new Set(made.flatMap(({ outboxIds }) => outboxIds)).size).toBe(1);
				expect(simulator.all(object)).toHaveLength(1);
			});
		});

		test('S8: a page that Stripe made while it failed and that nobody was given says nothing when it expires', async () => {
			simulator.inject({ path: '/checkout/sessions', method: 'POST', times: 1, kind: 'server_error' });
			const { payment } = await collect({ page: session });
			// Stripe puts right what it failed at, long after another page has taken its place.
			const orphan = await createCheckoutSession(
				stripe,
				{
					item: laptopsFor(laura).item,
					subscription: false,
					metadata: simulator.get(payment.provider_id ?? '').metadata as Metadata,
					successUrl: 'https://wa.me/573001234567',
					expiresAt: Math.floor(now / 1_000) + 3_600,
					recovery: false,
					collectPhone: false,
					reference: payment.id,
				},
				'made by Stripe itself',
			);
			simulator.letExpire(orphan.id);
			await tell('checkout.session.expired', 'checkout.session');
			expect((await previewReconciliation(store, provider(), now - 86_400_000)).differences).toEqual([]);
			await reconcile();
			expect(await emitted()).toEqual([]);
			expect(await row(payment.id)).toMatchObject({ state: 'requested' });
			simulator.letExpire(payment.provider_id ?? '');
			await reconcile();
			expect(await emitted()).toEqual(['expired']);
		});

		test('S8: a page is closed also after Stripe failed at closing it once', async () => {
			for (const page of [{ kind: 'link', uses: 1 } as const, session]) {
				const { payment } = await collect({ page, requestId: page.kind });
				const pages = stripePages(store, stripe);
				const known = { ...payment, provider_id: payment.provider_id ?? '' };
				const path = page.kind === 'link' ? '/payment_links' : '/checkout/sessions';
				simulator.inject({ path, method: 'POST', times: 1, kind: 'server_error' });
				await expect(pages.close(known)).rejects.toMatchObject({ status: 500 });
				expect(await pages.close(known)).toBe(page.kind === 'link' ? 'closed' : 'expired');
				expect(await pages.close(known)).toBe(page.kind === 'link' ? 'closed' : 'expired');
			}
		});

		test('S2: a session that could not be asked for in time is asked for anew, with its whole time before it', async () => {
			const page = {
				kind: 'session',
				expiresAfterMinutes: 31,
				recovery: false,
				successUrl: 'https://wa.me/573001234567',
			} as const;
			simulator.inject({ path: '/checkout/sessions', times: 1, kind: 'forbidden' });
			await expect(collect({ page })).rejects.toThrow('The key may not do this');
			now += 7_200_000;
			const { payment } = await collect({ page });
			expect(payment.expires_at).toBe(now + 31 * 60_000);
			expect(simulator.all('checkout.session')).toHaveLength(1);
		});
	});
});
