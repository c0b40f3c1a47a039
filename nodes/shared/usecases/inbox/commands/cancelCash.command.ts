import { decimalOf } from '../../../domain/payments/money';
import { cancelCashInside } from '../../payments/cancelCash';
import { notFound } from '../viewer';
import type { Command } from './command';
import { paymentSubject } from './locate';
import { requestOf } from '../requestOf';

/** Nothing is collected on delivery after all; a link that was asked for before counts again. */
export const cancelCash: Command<'cancelCash'> = {
	about: 'customer',
	locate: paymentSubject,
	async run(tx, context, _subject, { paymentId, reason }) {
		const { store, profile, actor } = context;
		const why = reason === undefined || reason === '' ? {} : { reason };
		const wish = { paymentId, ...why, requestId: requestOf(context), actor };
		const cancelled = await cancelCashInside(tx, store, profile, wish);
		if (cancelled === undefined) throw notFound('payment');
		const { payment, changed } = cancelled;
		const { amount: minor, currency, case_id: caseId, lead_id: leadId } = payment;
		return {
			answer: { paymentId },
			...(changed
				? {
						output: 'cash' as const,
						item: {
							action: 'cancelled',
							paymentId,
							amount: decimalOf({ minor, currency }),
							currency,
							...why,
							...(caseId === null ? {} : { caseId }),
							...(leadId === null ? {} : { leadId }),
						},
					}
				: {}),
		};
	},
};
