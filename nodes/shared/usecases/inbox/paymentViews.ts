import type { PaymentView } from '../../domain/inbox/views';
import { CASH_ON_DELIVERY } from '../../domain/payments/cashOnDelivery';
import { decimalOf } from '../../domain/payments/money';
import type { CaseRow } from '../../store/repositories/cases';
import type { PaymentRow } from '../../store/repositories/payments';
import { handoverOf } from '../payments/cashPayments';

/** States in which a customer may still pay at the link. */
const PAYABLE: ReadonlySet<PaymentRow['state']> = new Set(['requested', 'failed']);

function onDeliveryOf(
	payment: PaymentRow,
	cases: ReadonlyArray<Pick<CaseRow, 'id' | 'number'>>,
): NonNullable<PaymentView['onDelivery']> {
	const { amount, amount_paid: paid, case_id: caseId, currency } = payment;
	const number = cases.find(({ id }) => id === caseId)?.number;
	return {
		...(number === undefined ? {} : { number }),
		...(paid === 0 || paid === amount ? {} : { collected: decimalOf({ minor: paid, currency }) }),
		...handoverOf(payment),
	};
}

/**
 * A payment as advisors see it. The link is shown only while it can be paid; cash on delivery that is not wanted any more was
 * cancelled, because nothing of it can expire.
 * @param cases of the customer, to name the one that is delivered
 */
export function paymentView(
	payment: PaymentRow,
	cases: ReadonlyArray<Pick<CaseRow, 'id' | 'number'>> = [],
): PaymentView {
	const { amount, currency, description, provider, state, url, replaced_by: replacedBy } = payment;
	const isCash = provider === CASH_ON_DELIVERY;
	return {
		id: payment.id,
		status: isCash && state === 'expired' ? 'cancelled' : state,
		amount: decimalOf({ minor: amount, currency }),
		currency,
		...(description === null ? {} : { description }),
		...(url === null || replacedBy !== null || !PAYABLE.has(state) ? {} : { url }),
		...(isCash ? { onDelivery: onDeliveryOf(payment, cases) } : {}),
		createdAt: new Date(payment.created_at).toISOString(),
		updatedAt: new Date(payment.updated_at).toISOString(),
	};
}
