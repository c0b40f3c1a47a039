import type { ChargeState } from '../../domain/consistency/findings';
import { CASH_ON_DELIVERY } from '../../domain/payments/cashOnDelivery';
import type { PaymentRow } from '../../store/repositories/payments';

const HERE: ReadonlySet<PaymentRow['state']> = new Set(['paid', 'partially_refunded']);
const ASKED: ReadonlySet<PaymentRow['state']> = new Set(['requested', 'pending', 'failed']);

/** What a payment is good for. Nobody confirms what the courier collects, and what was asked for again counts there. */
export function chargeOf({ state, provider, replaced_by: replacedBy }: PaymentRow): ChargeState {
	if (HERE.has(state)) return 'here';
	return ASKED.has(state) && provider !== CASH_ON_DELIVERY && replacedBy === null ? 'asked' : 'over';
}
