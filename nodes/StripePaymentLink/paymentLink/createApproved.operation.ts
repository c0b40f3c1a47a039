import { InvalidInput } from '../../shared/domain/invalidInput';
import { crmItemIfAny } from '../../shared/n8n/requestId';
import { approvedRequest, finishApproval } from '../../shared/usecases/approvals/useApproval';
import { approvedLink, LINK_OPERATION } from '../../shared/usecases/stripe/linkApproval';
import { approvalField, chosenApproval } from '../approvalField';
import { collectFor } from '../orderOfItem';
import type { StripePaymentLinkOperation } from '../services';

export const createApprovedLink: StripePaymentLinkOperation = {
	value: 'createApproved',
	name: 'Create Approved',
	action: 'Create approved payment link',
	description:
		'Make the link that a person approved in the inbox, exactly that, once, and queue its message. Items that bring no approved link make nothing.',
	properties: [approvalField],
	needsApproval: true,
	async execute(context, services) {
		const approvalId = chosenApproval(context, LINK_OPERATION);
		if (approvalId === undefined) return [];
		const { store } = services;
		const approved = await approvedRequest(store, approvalId, LINK_OPERATION);
		const crm = crmItemIfAny(context);
		// The message is carried on by the item's ids: they must be those of whoever the link is for.
		if (crm !== undefined && crm.contactId !== approved.approval.contact_id) {
			throw new InvalidInput({
				message: `${approved.name} is for another customer than the item`,
				description: "Leave 'Approval' empty, and connect this node behind the output Other of Advisor Inbox Trigger.",
				parameter: 'Approval',
			});
		}
		const order = await approvedLink(store, approved);
		const link = await collectFor(context, services, { ...order, emissionId: crm?.emissionId });
		if (!context.manual) {
			await finishApproval(store, approved, { paymentId: link.paymentId, paymentLinkId: link.paymentLinkId });
		}
		return { ...link, approval: approved.name };
	},
};
