import type { IDataObject } from 'n8n-workflow';

import type { Refund } from '../../shared/clients/stripe/refunds';
import { decimalOf } from '../../shared/domain/payments/money';

/** The fields of a refund that people ask for. */
export function refundCard(refund: Refund): IDataObject {
	const currency = refund.currency.toUpperCase();
	return {
		refundId: refund.id,
		status: refund.status ?? null,
		amount: decimalOf({ minor: refund.amount, currency }),
		currency,
		reason: refund.reason ?? null,
		approvedBy: refund.metadata.approved_by ?? null,
		paymentId: refund.metadata.payment_id ?? null,
		paymentIntentId: refund.payment_intent ?? null,
		createdAt: new Date(refund.created * 1000).toISOString(),
	};
}
