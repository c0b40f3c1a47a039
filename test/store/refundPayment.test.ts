import { readStripeCredential } from '../../nodes/shared/clients/stripe/credential';
import { createRefund } from '../../nodes/shared/clients/stripe/refunds';
import { openStripe, type Stripe } from '../../nodes/shared/clients/stripe/stripe';
import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import { auditOfChain } from '../../nodes/shared/store/repositories/auditLog';
import { getPayment, type PaymentRow } from '../../nodes/shared/store/repositories/payments';
import { changeRefundRequest } from '../../nodes/shared/store/repositories/refundRequests';
import type { Store } from '../../nodes/shared/store/store';
import { reconcilePayments } from '../../nodes/shared/usecases/payments/reconcilePayments';
import { receivePaymentEvents, settlePaymentEvents } from '../../nodes/shared/usecases/payments/settlePaymentEvents';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { collectOrder } from '../../nodes/shared/usecases/stripe/collectOrder';
import { refundToApprove } from '../../nodes/shared/usecases/stripe/refundApproval';
import {
	CERTAIN_AFTER,
	refundOf,
	refundPayment,
	type RefundRequest,
} from '../../nodes/shared/usecases/stripe/refundPayment';
import { stripeProvider } from '../../nodes/shared/usecases/stripe/stripeProvider';
import { startStripeSimulator, type StripeSimulator } from '../simulators/stripe';
import { watched } from '../support/plans';
import { customerWho, type Customer } from '../support/records';
import { eachDatabase } from '../support/stores';
import { AMOUNT, laptopsFor } from '../support/stripeOrders';

eachDatabase((name, open) => {
	describe(`money that goes back on ${name}`, () => {
		let store: Store;
		let laura: Customer;
		let simulator: StripeSimulator;
		let stripe: Stripe;
		let payment: PaymentRow;
		let now: number;

		beforeEach(async () => {
			now = Date.parse('2026-03-10T15:00:00Z');
			store = await open({ clock: () => now });
			await saveProfile(store, profiles.prosuministros, 'test');
			laura = await customerWho(store, '573001112233', 'necesito cotizar 20 portátiles');
			simulator = await startStripeSimulator({ now: () => now });
			stripe = openStripe(readStripeCredential(simulator.credential), { pausesMs: [5, 5, 5] });
			({ payment } = await collectOrder(store, stripe, laptopsFor(laura)));
			await simulator.customer(payment.url ?? '', 'pay');
		});
		afterEach(async () => await simulator.stop());

		const back = async (more: Partial<RefundRequest> = {}) =>
			await refundPayment(store, stripe, payment, { requestId: 'back-1', approvedBy: 'Carolina Rojas', ...more });
		const written = async () =>
			(await auditOfChain(store.db, store.workspaceId, laura.contactId, { limit: 99 }))
				.filter(({ action }) => action === 'payment.refund_created')
				.map(({ actor, payload }) => ({ actor, ...(JSON.parse(payload ?? '{}') as object) }));

		test('S8: dies between Stripe and the audit log: the next try finds the refund and writes down who approved it', async () => {
			const request = { requestId: 'back-1', approvedBy: 'Carolina Rojas', amount: 5_000_000 };
			await createRefund(stripe, await refundOf(store, stripe, payment, request), 'a key of before the crash');
			const { id } = await back({ amount: 5_000_000 });
			await back({ amount: 5_000_000 });
			expect(simulator.all('refund')).toMatchObject([{ id, amount: 5_000_000 }]);
			expect(await written()).toMatchObject([{ actor: 'Carolina Rojas', refundId: id, requestId: 'back-1' }]);
		});

		test('S8: asked twice at once the money goes back once and stands in the audit log once', async () => {
			const refunds = await Promise.all([back({ amount: 5_000_000 }), back({ amount: 5_000_000 })]);
			expect(simulator.all('refund').map(({ id }) => id)).toEqual([...new Set(refunds.map(({ id }) => id))]);
			expect(await written()).toHaveLength(1);
		});

		test('S8: no answer of Stripe, asked again: once', async () => {
			simulator.inject({ path: '/refunds', times: 9, kind: 'lost' });
			await expect(back({ amount: 5_000_000 })).rejects.toThrow('without an answer');
			simulator.clearFaults();
			await back({ amount: 5_000_000 });
			expect(simulator.all('refund')).toHaveLength(1);
			expect(await written()).toHaveLength(1);
		});

		test('S8: a request that gave back another amount is told so, not answered with the earlier refund', async () => {
			await back({ amount: 5_000_000 });
			await expect(back({ amount: 7_000_000 })).rejects.toMatchObject({
				parameter: 'Request ID',
				message: "'Request ID' back-1 has given back another amount already",
			});
			expect(await back()).toMatchObject({ amount: 5_000_000 });
			expect(simulator.all('refund')).toHaveLength(1);
		});

		test('S8: what Stripe refused for an empty balance goes through once there is money, though it remembers the refusal', async () => {
			simulator.balanceIsEmpty = true;
			await expect(back()).rejects.toThrow('The balance of the Stripe account does not cover this refund');
			await expect(back()).rejects.toThrow('The balance of the Stripe account does not cover this refund');
			simulator.balanceIsEmpty = false;
			const { id } = await back();
			expect((await back()).id).toBe(id);
			expect(simulator.all('refund')).toHaveLength(1);
			expect(await written()).toHaveLength(1);
		});

		describe('when Stripe fails at it and keeps the failure under its key', () => {
			const fail = (kind: 'server_error' | 'server_error_done', times = 1) =>
				simulator.inject({ path: '/refunds', method: 'POST', times, kind });
			const half = { amount: 5_000_000 };
			const undecided = 'Stripe failed at this refund and does not say whether the money went back';
			const keys = () => [
				...new Set(
					simulator.requests.flatMap(({ method, path, key }) =>
						path === '/refunds' && method === 'POST' ? [key] : [],
					),
				),
			];

			test('S8: the money that did go back is found at the next try, and nothing is asked again', async () => {
				fail('server_error_done');
				await expect(back(half)).rejects.toThrow(undecided);
				const { id } = await back(half);
				now += CERTAIN_AFTER;
				expect((await back(half)).id).toBe(id);
				expect(simulator.all('refund')).toMatchObject([{ id, amount: 5_000_000 }]);
				expect(keys()).toHaveLength(1);
				expect(await written()).toHaveLength(1);
			});

			test('S8: for half an hour it is only looked for, then it is asked anew under another key, once', async () => {
				fail('server_error');
				await expect(back(half)).rejects.toMatchObject({
					message: undecided,
					description: expect.stringContaining('in 30 minutes'),
				});
				now += CERTAIN_AFTER - 60_000;
				await expect(back(half)).rejects.toMatchObject({ description: expect.stringContaining('in 1 minute:') });
				expect(keys()).toHaveLength(1);
				now += 60_000;
				const { id } = await back(half);
				expect((await back(half)).id).toBe(id);
				expect(simulator.all('refund')).toHaveLength(1);
				expect(keys()).toHaveLength(2);
				expect(await written()).toHaveLength(1);
			});

			test('S8: what shows up during the wait is taken over', async () => {
				fail('server_error');
				await expect(back(half)).rejects.toThrow(undecided);
				// Stripe puts right what it failed at.
				const late = simulator.refund(String(simulator.all('payment_intent')[0]?.id), 5_000_000, {
					metadata: { request_id: 'back-1' },
				});
				now += CERTAIN_AFTER + 1;
				expect((await back(half)).id).toBe(late.id);
				expect(simulator.all('refund')).toHaveLength(1);
			});

			test('S8: eight go on at once when the wait is over: the money goes back once', async () => {
				fail('server_error');
				await expect(back(half)).rejects.toThrow(undecided);
				now += CERTAIN_AFTER;
				const refunds = await Promise.all(Array.from({ length: 8 }, async () => await back(half)));
				expect(new Set(refunds.map(({ id }) => id)).size).toBe(1);
				expect(simulator.all('refund')).toHaveLength(1);
				expect(await written()).toHaveLength(1);
			});

			test('S8: one who read the request before others went on can do nothing more under the key of before', async () => {
				fail('server_error');
				await expect(back(half)).rejects.toThrow(undecided);
				const request = store.db
					.selectFrom('refund_requests')
					.selectAll()
					.where('workspace_id', '=', store.workspaceId);
				const before = await request.executeTakeFirstOrThrow();
				now += CERTAIN_AFTER;
				await back(half);
				const wanted = await refundOf(store, stripe, payment, {
					...half,
					requestId: 'back-1',
					approvedBy: 'Carolina Rojas',
				});
				const [key = ''] = keys();
				await expect(createRefund(stripe, wanted, key)).rejects.toMatchObject({ status: 500, isReplayed: true });
				// It finds the attempt gone and leaves it alone.
				await store.transaction(async (tx) => await changeRefundRequest(tx, store, before, { failed_at: now }));
				expect(await request.execute()).toMatchObject([{ attempt: 1, failed_at: null }]);
				expect(simulator.all('refund')).toHaveLength(1);
			});

			test('S8: dies after it has gone on and before Stripe is asked: the next one asks under the same new key', async () => {
				fail('server_error');
				await expect(back(half)).rejects.toThrow(undecided);
				now += CERTAIN_AFTER;
				simulator.inject({ path: '/refunds', method: 'POST', times: 9, kind: 'unavailable' });
				await expect(back(half)).rejects.toThrow('Stripe is unavailable');
				simulator.clearFaults();
				await back(half);
				expect(keys()).toHaveLength(2);
				expect(simulator.all('refund')).toHaveLength(1);
			});

			test('S8: it fails at the new key as well: another half an hour, another key', async () => {
				fail('server_error');
				await expect(back(half)).rejects.toThrow(undecided);
				now += CERTAIN_AFTER;
				fail('server_error_done');
				await expect(back(half)).rejects.toThrow(undecided);
				await back(half);
				expect(keys()).toHaveLength(2);
				expect(simulator.all('refund')).toHaveLength(1);
			});

			test('S8: somebody gave it back in the Dashboard meanwhile: it does not go back twice', async () => {
				fail('server_error');
				await expect(back(half)).rejects.toThrow(undecided);
				const byHand = simulator.refund(String(simulator.all('payment_intent')[0]?.id), 5_000_000);
				now += CERTAIN_AFTER;
				await expect(back(half)).rejects.toMatchObject({
					message: `The same amount has been given back in the meantime: ${byHand.id}`,
					parameter: 'Request ID',
				});
				expect(simulator.all('refund')).toHaveLength(1);
				await back({ ...half, requestId: 'back-2' });
				expect(simulator.all('refund')).toHaveLength(2);
			});
		});

		test('S8: a request ID gives back one payment only', async () => {
			await back({ amount: 5_000_000 });
			const other = await collectOrder(store, stripe, { ...laptopsFor(laura), requestId: 'pay-2' });
			await simulator.customer(other.payment.url ?? '', 'pay');
			await expect(
				refundPayment(store, stripe, other.payment, { requestId: 'back-1', approvedBy: 'Carolina Rojas' }),
			).rejects.toMatchObject({ parameter: 'Request ID' });
			expect(simulator.all('refund')).toHaveLength(1);
		});

		test('S8: giving back reads no table from end to end', async () => {
			const { store: watchedStore, assertNoScan } = watched(store);
			await refundPayment(watchedStore, stripe, payment, { requestId: 'back-1', approvedBy: 'Carolina Rojas' });
			await assertNoScan();
		});

		describe('of what was collected more than once', () => {
			const provider = () => stripeProvider(stripe, () => now);
			const catchUp = async () => {
				await reconcilePayments(store, provider(), { since: now - 40 * 86_400_000, webhookId: 'payments-trigger' });
				payment = (await getPayment(store.db, store.workspaceId, payment.id)) ?? payment;
			};
			const subscribe = async () => {
				({ payment } = await collectOrder(store, stripe, {
					...laptopsFor(laura),
					requestId: 'pay-monthly',
					kind: 'subscription',
					item: {
						currency: 'COP',
						unitAmount: AMOUNT,
						name: 'Mantenimiento',
						quantity: 1,
						recurring: { interval: 'month', intervalCount: 1 },
					},
				}));
				const { subscription } = await simulator.customer(payment.url ?? '', 'pay');
				return String(subscription);
			};
			/** Stripe tells of the newest refund, and the desk reads it back. */
			const confirm = async () => {
				const { id = '' } = simulator.all('refund').at(-1) ?? {};
				const hint = { id: `evt_${id}`, at: now, type: 'refund.created', object: { kind: 'refund', id } };
				await receivePaymentEvents(store, 'payments-trigger', 'stripe', [hint]);
				await settlePaymentEvents(store, 'payments-trigger', provider());
				payment = (await getPayment(store.db, store.workspaceId, payment.id)) ?? payment;
			};

			test('S8: the first period of a subscription, in part and then the rest, each confirmed by its webhook', async () => {
				await subscribe();
				await catchUp();
				expect(await back({ amount: 5_000_000 })).toMatchObject({ amount: 5_000_000 });
				await confirm();
				expect(payment).toMatchObject({ state: 'partially_refunded', amount_refunded: 5_000_000 });
				expect(await back({ requestId: 'back-2' })).toMatchObject({ amount: AMOUNT - 5_000_000 });
				await confirm();
				expect(payment).toMatchObject({ state: 'refunded', amount_refunded: AMOUNT });
			});

			test('S8: of several periods one is chosen; which there are is said with day and amount', async () => {
				const subscription = await subscribe();
				now += 30 * 86_400_000;
				simulator.renew(subscription, true);
				await catchUp();
				const [, first, second] = simulator.all('payment_intent').map(({ id }) => id);
				await expect(back()).rejects.toMatchObject({
					message: "'Payment' was collected more than once",
					description: `Choose one with 'Payment Intent ID': ${second} (2026-04-09, 250000 COP), ${first} (2026-03-10, 250000 COP).`,
				});
				await expect(back({ paymentIntent: 'pi_of_somebody' })).rejects.toMatchObject({
					parameter: 'Payment Intent ID',
				});
				expect(await back({ paymentIntent: first })).toMatchObject({ amount: AMOUNT, payment_intent: first });
				await confirm();
				expect(payment).toMatchObject({
					state: 'partially_refunded',
					amount_refunded: AMOUNT,
					amount_paid: 2 * AMOUNT,
				});
			});

			test('S8: a period far back in a subscription is found, and paid ones only', async () => {
				const subscription = await subscribe();
				for (let period = 0; period < 120; period += 1) simulator.renew(subscription, period !== 3);
				const oldest = simulator.all('payment_intent').map(({ id }) => id)[1];
				const failed = simulator.all('payment_intent').find(({ status }) => status === 'requires_payment_method');
				await expect(back({ paymentIntent: failed?.id })).rejects.toMatchObject({ parameter: 'Payment Intent ID' });
				await expect(back()).rejects.toMatchObject({ description: expect.stringContaining('and 108 earlier ones') });
				expect(await back({ paymentIntent: oldest })).toMatchObject({ payment_intent: oldest });
			});

			test('C4: a person is asked to approve what is left of the period that was chosen, not of all of them', async () => {
				const subscription = await subscribe();
				now += 1_000;
				simulator.renew(subscription, true);
				await catchUp();
				const [, first] = simulator.all('payment_intent').map(({ id }) => id);
				await expect(refundToApprove(store, stripe, payment, {})).rejects.toThrow('collected more than once');
				await back({ amount: 5_000_000, paymentIntent: first });
				expect(await refundToApprove(store, stripe, payment, { paymentIntent: first })).toMatchObject({
					parameters: { amount: AMOUNT - 5_000_000, paymentIntent: first },
				});
				await expect(
					refundToApprove(store, stripe, payment, { paymentIntent: first, amount: AMOUNT }),
				).rejects.toMatchObject({ parameter: 'Amount' });
			});

			test('S8: what was paid in a session that Stripe made to recover an expired one goes back too', async () => {
				({ payment } = await collectOrder(store, stripe, {
					...laptopsFor(laura),
					requestId: 'pay-session',
					page: { kind: 'session', expiresAfterMinutes: 60, recovery: true, successUrl: 'https://wa.me/573001234567' },
				}));
				simulator.letExpire(payment.provider_id ?? '');
				const { after_expiration: after } = simulator.get(payment.provider_id ?? '');
				const { url } = (after as { readonly recovery: { readonly url: string } }).recovery;
				await simulator.customer(url, 'pay');
				await catchUp();
				expect(payment).toMatchObject({ state: 'paid' });
				expect(await back()).toMatchObject({ amount: AMOUNT });
			});
		});
	});
});
