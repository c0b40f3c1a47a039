import type { PaymentView } from '../../domain/inbox/views';
import { decimalOf } from '../../domain/payments/money';
import type { PaymentRow } from '../../store/repositories/payments';

/** States in which a customer may still pay at the link. */
const PAYABLE: ReadonlySet<PaymentRow['state']> = new Set(['requested', 'failed']);

/** A payment as advisors see it. The link is shown only while it can be paid. */
export function paymentView(payment: PaymentRow): PaymentView {
	const { amount, currency, description, state, url, replaced_by: replacedBy } = payment;
	return {
		id: payment.id,
		status: state,
		amount: decimalOf({ minor: amount, currency }),
		currency,
		...(description === null ? {} : { description }),
		...(url === null || replacedBy !== null || !PAYABLE.has(state) ? {} : { url }),
		createdAt: new Date(payment.created_at).toISOString(),
		updatedAt: new Date(payment.updated_at).toISOString(),
	};
}
