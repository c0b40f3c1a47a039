import { leadFindings, type ChargeState } from '../../domain/consistency/findings';
import { isOpenStage } from '../../domain/leads/leadStage';
import { paymentsOfContacts, recordsByIds } from '../../store/repositories/consistency';
import type { LeadRow } from '../../store/repositories/leads';
import type { PaymentRow } from '../../store/repositories/payments';
import { chargeOf } from './charges';
import { atWazzup, contactsOf, isUnknown, nameOf, named, refusalOf, stateOfContact, type Look } from './looked';

/** Payments of the customers of one page that are read, newest first. */
const PAYMENTS = 500;

/** Of the payments of a lead's customer those that were asked for with it. */
const paymentsOf = (lead: LeadRow, payments: readonly PaymentRow[]): readonly ChargeState[] =>
	payments.flatMap((payment) => (payment.lead_id === lead.id ? [chargeOf(payment)] : []));

/** Whether what was sold has a value and was paid, and whether leads lead to what they name. */
export const lookAtLeads: Look = async (desk, ids) => {
	const { store } = desk;
	const { db, workspaceId } = store;
	const leads = await recordsByIds(db, workspaceId, 'lead', ids);
	const contacts = await contactsOf(desk, leads);
	const won = leads.flatMap(({ stage, contact_id: id }) => (stage === 'Won' ? [id] : []));
	const payments = await paymentsOfContacts(db, workspaceId, [...new Set(won)], PAYMENTS);
	const caseIds = leads.flatMap(({ case_id: id }) => id ?? []);
	const cases = new Map((await recordsByIds(db, workspaceId, 'case', caseIds)).map((row) => [row.id, row]));
	const synced = await atWazzup(desk, 'deal', ids);
	return leads.map((lead) => {
		const contact = contacts.get(lead.contact_id);
		const facts = {
			isOpen: isOpenStage(lead.stage),
			isWon: lead.stage === 'Won',
			amount: lead.amount,
			payments: paymentsOf(lead, payments),
			contact: stateOfContact(contact),
			// A case of somebody else is none of this lead's.
			case: named(lead.case_id, (id) => cases.get(id)?.contact_id === lead.contact_id),
			hasUnknownOwner: isUnknown(lead.advisor_id, desk),
			problem: refusalOf(synced.get(lead.id)),
		};
		return {
			kind: 'lead' as const,
			id: lead.id,
			subject: lead.name ?? nameOf(contact, lead.id),
			contactId: lead.contact_id,
			conversationId: lead.conversation_id,
			findings: leadFindings(facts),
		};
	});
};
