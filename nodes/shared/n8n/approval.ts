import type { IDataObject } from 'n8n-workflow';

import { approvalName } from '../domain/approvals/approval';
import type { Store } from '../store/store';
import { askApproval, type AskedApproval } from '../usecases/approvals/askApproval';
import { approvedRequest, finishApproval } from '../usecases/approvals/useApproval';
import { crmItemOf, type CrmItem } from './crmItem';
import { refuse } from './errors';
import type { ApprovalOfOperation, OperationContext } from './operation';

/**
 * The ids that the agent works for, when they are of this customer.
 * @throws NodeOperationError in words for anybody else's
 */
export function assertOwnCustomer(
	{ node, itemIndex }: OperationContext,
	name: string,
	contactId: string | undefined,
): CrmItem {
	const crm = crmItemOf(node, itemIndex);
	if (contactId === crm.contactId) return crm;
	throw refuse(
		node,
		itemIndex,
		`A model may do '${name}' only for the customer whose conversation it works on`,
		"Set the customer in this node's parameters from the agent's input, e.g. with the expression {{ $json.crm.contactId }}, instead of letting the model choose.",
	);
}

/** What the model is told, so that it promises nothing. */
function sentenceOf({ approval, state }: AskedApproval): string {
	const number = approvalName(approval.number);
	switch (state) {
		case 'rejected':
			return `A person rejected ${number}. It is not done. Tell the customer that it is not possible for now, and offer a person.`;
		case 'used':
			return `${number} was approved and has been done already. Do not ask for it again; tell the customer that it is done.`;
		case 'expired':
			return `The time of ${number} is over and nobody decided. Hand the conversation to a person.`;
		default:
			return `Not done: it needs a person's approval. The request has the number ${number}. Tell the customer that a person decides, and promise nothing.`;
	}
}

/**
 * A model's wish for something that only a person may decide: done when a person has approved exactly this, otherwise left as a
 * request, and the model is told so.
 */
export async function askOrDo<Services>(
	context: OperationContext,
	approval: ApprovalOfOperation<Services> & { readonly name: string },
	services: Services,
	store: Store,
): Promise<IDataObject> {
	const { contactId, parameters, summary } = await approval.wish(context, services);
	const crm = assertOwnCustomer(context, approval.name, contactId);
	const { operation } = approval;
	if (context.manual) return { simulated: true, approval: { operation, summary, parameters } };
	const asked = await askApproval(store, {
		operation,
		parameters,
		summary,
		contactId: crm.contactId,
		conversationId: crm.conversationId,
		askedBy: context.node.getNode().name,
	});
	if (asked.state === 'approved') {
		const approved = await approvedRequest(store, asked.approval.id, operation);
		const result = await approval.run(services, approved);
		await finishApproval(store, approved, result);
		return { approval: { number: approved.name, state: 'used' }, ...result };
	}
	return {
		approval: { number: approvalName(asked.approval.number), state: asked.state, summary: asked.approval.summary },
		message: sentenceOf(asked),
	};
}
