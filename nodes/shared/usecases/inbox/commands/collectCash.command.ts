import { decimalOf } from '../../../domain/payments/money';
import { findCase } from '../../../store/repositories/cases';
import { agreedInstead, collectCashInside } from '../../payments/collectCash';
import { notFound } from '../viewer';
import type { Command } from './command';
import { paymentSubject } from './locate';

/** Records that cash on delivery came: receipt, case, lead, team and figures follow as with any other money. */
export const collectCash: Command<'collectCash'> = {
	about: 'customer',
	permission: 'confirmCash',
	locate: paymentSubject,
	async run(tx, { store, profile, actor, webhookId }, _subject, input) {
		const collected = await collectCashInside(tx, store, profile, { ...input, actor }, webhookId);
		if (collected === undefined) throw notFound('payment');
		const { payment, outboxIds, amountText, isSecond, firstPurchase } = collected;
		const { currency, case_id: caseId, lead_id: leadId } = payment;
		const amount = decimalOf({ minor: payment.amount_paid, currency });
		const found = caseId === null ? undefined : await findCase(tx, store.workspaceId, caseId);
		return {
			answer: { paymentId: payment.id, amount, currency },
			output: 'cash',
			outboxIds,
			item: {
				action: 'collected',
				paymentId: payment.id,
				amount,
				currency,
				amountText,
				agreed: agreedInstead(payment),
				description: payment.description ?? undefined,
				collectedBy: input.collectedBy,
				note: input.note,
				paidTwice: isSecond,
				firstPurchase,
				customerTold: outboxIds.length > 0,
				...(caseId === null ? {} : { caseId, number: found?.number }),
				...(leadId === null ? {} : { leadId }),
			},
		};
	},
};
