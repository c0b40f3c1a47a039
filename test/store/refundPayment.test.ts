import { readStripeCredential } from '../../nodes/shared/clients/stripe/credential';
import { createRefund } from '../../nodes/shared/clients/stripe/refunds';
import { openStripe, type Stripe } from '../../nodes/shared/clients/stripe/stripe';
import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import { auditOfChain } from '../../nodes/shared/store/repositories/auditLog';
import type { PaymentRow } from '../../nodes/shared/store/repositories/payments';
import type { Store } from '../../nodes/shared/store/store';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { collectOrder } from '../../nodes/shared/usecases/stripe/collectOrder';
import { refundOf, refundPayment, type RefundRequest } from '../../nodes/shared/usecases/stripe/refundPayment';
import { startStripeSimulator, type StripeSimulator } from '../simulators/stripe';
import { customerWho, type Customer } from '../support/records';
import { eachDatabase } from '../support/stores';
import { laptopsFor } from '../support/stripeOrders';

eachDatabase((name, open) => {
	describe(`money that goes back on ${name}`, () => {
		let store: Store;
		let laura: Customer;
		let simulator: StripeSimulator;
		let stripe: Stripe;
		let payment: PaymentRow;

		beforeEach(async () => {
			store = await open();
			await saveProfile(store, profiles.prosuministros, 'test');
			laura = await customerWho(store, '573001112233', 'necesito cotizar 20 portátiles');
			simulator = await startStripeSimulator();
			stripe = openStripe(readStripeCredential(simulator.credential), { pausesMs: [5, 5, 5], sendTimeoutMs: 400 });
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
	});
});
