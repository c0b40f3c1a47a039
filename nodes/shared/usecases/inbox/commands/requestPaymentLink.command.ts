import { readPrice } from '../../../domain/knowledge/readItem';
import { appendAudit } from '../../../store/repositories/auditLog';
import { casesOfContact } from '../../../store/repositories/cases';
import { openLeadOfContact } from '../../../store/repositories/leads';
import { Refusal } from '../refusal';
import { attendWhileCollecting } from './attendWhileCollecting';
import type { Command } from './command';
import { conversationSubject } from './locate';

/** Asks the workflow for a payment link; the branch makes and sends it. */
export const requestPaymentLink: Command<'requestPaymentLink'> = {
	about: 'customer',
	locate: conversationSubject,
	async run(tx, context, { contactId }, input) {
		const { store, actor, requestId } = context;
		const amount = readPrice(input.amount);
		if (amount === undefined || Number(amount) <= 0) {
			throw new Refusal(422, {
				message: `'Amount' is no amount: '${input.amount}'`,
				description: 'Write it as a number, for example 1.250.000.',
				field: 'amount',
				code: 'unreadableAmount',
				values: { amount: input.amount },
			});
		}
		await attendWhileCollecting(tx, context, input.conversationId);
		const { description, kind } = input;
		const currency = input.currency.toUpperCase();
		await appendAudit(tx, store, {
			contactId,
			actor,
			action: 'payment.link_requested',
			subjectKind: 'conversation',
			subjectId: input.conversationId,
			payload: { amount, currency, description, kind, requestId },
		});
		// What is paid is noted on the request that the customer has open, and wins its lead.
		const [openCase] = await casesOfContact(tx, store.workspaceId, contactId, { onlyOpen: true, limit: 1 });
		const lead = await openLeadOfContact(tx, store.workspaceId, contactId);
		return {
			answer: { amount, currency },
			output: 'paymentLink',
			item: {
				amount,
				currency,
				description,
				kind,
				...(openCase === undefined ? {} : { caseId: openCase.id }),
				...(lead === undefined ? {} : { leadId: lead.id }),
			},
		};
	},
};
