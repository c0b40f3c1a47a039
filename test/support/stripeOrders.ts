import type { PaymentOrder } from '../../nodes/shared/usecases/stripe/collectOrder';
import type { Customer } from './records';

/** What `laptopsFor` costs, in minor units: 250,000 pesos. */
export const AMOUNT = 25_000_000;

/** Twenty laptops for a customer, by a link that collects once. */
export const laptopsFor = (customer: Customer): PaymentOrder => ({
	requestId: 'pay-1',
	kind: 'full',
	item: { currency: 'COP', unitAmount: AMOUNT, name: '20 portátiles', quantity: 1 },
	amount: { minor: AMOUNT, currency: 'COP' },
	description: '20 portátiles',
	page: { kind: 'link', uses: 1 },
	collectPhone: false,
	metadata: {},
	customer,
});
