import { paymentFindings } from '../../domain/consistency/findings';
import { writeMoney } from '../../domain/payments/money';
import { localeOf } from '../../domain/profile/locale';
import { auditOfSubject } from '../../store/repositories/auditLog';
import { findCase } from '../../store/repositories/cases';
import { recordsByIds } from '../../store/repositories/consistency';
import type { ContactRow } from '../../store/repositories/contacts';
import { getLead, openLeadOfContact, type LeadRow } from '../../store/repositories/leads';
import type { PaymentRow } from '../../store/repositories/payments';
import { chargeOf } from './charges';
import { contactsOf, stateOfContact, type Desk, type Look } from './looked';

/** Lines about one case that are looked through; one with more is not judged. */
const LINES = 300;

/** The lead that the money should have won and has not: the one it was asked for, else one that was open when it came. */
async function unwonLeadOf({ store }: Desk, payment: PaymentRow): Promise<LeadRow | undefined> {
	if (payment.lead_id !== null) {
		const lead = await getLead(store.db, store.workspaceId, payment.lead_id);
		return lead !== undefined && lead.stage !== 'Won' ? lead : undefined;
	}
	if (payment.contact_id === null || payment.paid_at === null) return undefined;
	const lead = await openLeadOfContact(store.db, store.workspaceId, payment.contact_id);
	return lead !== undefined && lead.created_at < payment.paid_at ? lead : undefined;
}

/** The number of the case that should have a note of the money and has none. What was erased is not judged. */
async function silentCaseOf({ store }: Desk, payment: PaymentRow): Promise<string | undefined> {
	if (payment.case_id === null) return undefined;
	const found = await findCase(store.db, store.workspaceId, payment.case_id);
	if (found === undefined) return undefined;
	const lines = await auditOfSubject(store.db, store.workspaceId, found.id, LINES);
	if (lines.length === LINES || lines.some(({ payload }) => payload === null)) return undefined;
	const isTold = lines.some(({ action, payload }) => {
		if (action !== 'case.note_added') return false;
		const { requestId } = JSON.parse(payload ?? '{}') as { readonly requestId?: unknown };
		return typeof requestId === 'string' && requestId.startsWith(`payment:${payment.id}:`);
	});
	return isTold ? undefined : found.number;
}

function subjectOf({ amount, currency, description }: PaymentRow, { profile }: Desk, customer?: ContactRow): string {
	const money = writeMoney({ minor: amount, currency }, localeOf(profile.language, profile));
	return [money, description ?? customer?.name].filter((word) => typeof word === 'string' && word !== '').join(' · ');
}

const stageOf = ({ name, stage }: LeadRow): string => (name === null ? stage : `${name}, ${stage}`);

/** Whether money that came is known to everybody, and whether what was asked for can be paid or is over. */
export const lookAtPayments: Look = async (desk, ids) => {
	const { store, now } = desk;
	const payments = await recordsByIds(store.db, store.workspaceId, 'payment', ids);
	const contacts = await contactsOf(desk, payments);
	const looked = [];
	for (const payment of payments) {
		const contact = payment.contact_id === null ? undefined : contacts.get(payment.contact_id);
		const isPaid = payment.state === 'paid';
		const unwonLead = isPaid ? await unwonLeadOf(desk, payment) : undefined;
		const facts = {
			charge: chargeOf(payment),
			isPaid,
			contact: payment.contact_id === null ? ('nobody' as const) : stateOfContact(contact),
			unwonLead: unwonLead && stageOf(unwonLead),
			silentCase: isPaid ? await silentCaseOf(desk, payment) : undefined,
			hasLink: payment.provider_id !== null,
			wasRefused: payment.error !== null,
			askedAt: payment.created_at,
			expiresAt: payment.expires_at,
		};
		looked.push({
			kind: 'payment' as const,
			id: payment.id,
			subject: subjectOf(payment, desk, contact),
			contactId: payment.contact_id,
			conversationId: payment.conversation_id,
			findings: paymentFindings(facts, now),
		});
	}
	return looked;
};
