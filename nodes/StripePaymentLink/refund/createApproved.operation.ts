import { refundBody } from '../../shared/clients/stripe/refunds';
import { simulated } from '../../shared/n8n/manualMode';
import { approvedRequest, finishApproval } from '../../shared/usecases/approvals/useApproval';
import { approvedRefund, REFUND_OPERATION } from '../../shared/usecases/stripe/refundApproval';
import { refundOf, refundPayment } from '../../shared/usecases/stripe/refundPayment';
import { approvalField, chosenApproval } from '../approvalField';
import type { StripePaymentLinkOperation } from '../services';
import { refundCard } from './refundCard';

export const createApprovedRefund: StripePaymentLinkOperation = {
	value: 'createApproved',
	name: 'Create Approved',
	action: 'Create approved refund',
	description:
		'Give back what a person approved in the inbox: exactly that, once. Items that bring no approved refund give nothing.',
	properties: [approvalField],
	needsApproval: true,
	async execute(context, { store, stripe }) {
		const approvalId = chosenApproval(context, REFUND_OPERATION);
		if (approvalId === undefined) return [];
		const approved = await approvedRequest(store, approvalId, REFUND_OPERATION);
		const { payment, request } = await approvedRefund(store, approved);
		if (context.manual) {
			const body = refundBody(await refundOf(store, stripe, payment, request));
			return simulated({ method: 'POST', url: `${stripe.root}/refunds`, body });
		}
		const refund = refundCard(await refundPayment(store, stripe, payment, request));
		await finishApproval(store, approved, refund);
		const crm = context.item.json.crm;
		return { ...(crm === undefined ? {} : { crm }), approval: approved.name, ...refund };
	},
};
