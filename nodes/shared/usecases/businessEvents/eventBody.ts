import { decimalOf } from '../../domain/payments/money';
import type { BusinessEventRow } from '../../store/repositories/businessEvents';
import { findCase } from '../../store/repositories/cases';
import { getContact } from '../../store/repositories/contacts';
import { getLead } from '../../store/repositories/leads';
import { getPayment, type PaymentRow } from '../../store/repositories/payments';
import type { Executor, Store } from '../../store/store';
import { caseCard, leadCard } from '../cards';
import type { ItemJson } from '../emit/items';

function paymentFacts(payment: PaymentRow): ItemJson {
	const money = (minor: number): string => decimalOf({ minor, currency: payment.currency });
	return {
		paymentId: payment.id,
		state: payment.state,
		kind: payment.kind,
		mode: payment.mode,
		provider: payment.provider,
		providerId: payment.provider_id,
		description: payment.description,
		currency: payment.currency,
		amount: money(payment.amount),
		amountPaid: money(payment.amount_paid),
		amountRefunded: money(payment.amount_refunded),
		caseId: payment.case_id,
		leadId: payment.lead_id,
	};
}

/** The record that the event is about, as it is now. */
async function subjectOf(
	executor: Executor,
	store: Store,
	{ subject_kind: kind, subject_id: id }: BusinessEventRow,
): Promise<ItemJson | null> {
	if (kind === 'case') {
		const found = await findCase(executor, store.workspaceId, id);
		return found === undefined ? null : caseCard(found);
	}
	if (kind === 'lead') {
		const found = await getLead(executor, store.workspaceId, id);
		return found === undefined ? null : leadCard(found);
	}
	if (kind === 'payment') {
		const found = await getPayment(executor, store.workspaceId, id);
		return found === undefined ? null : paymentFacts(found);
	}
	return { [`${kind}Id`]: id };
}

/**
 * What a receiver is told: which event, when, of whom, what changed and the record as it is at the moment of telling. Its id is the
 * same at every try.
 */
export async function eventBody(executor: Executor, store: Store, event: BusinessEventRow): Promise<ItemJson> {
	const contact =
		event.contact_id === null ? undefined : await getContact(executor, store.workspaceId, event.contact_id);
	return {
		id: event.id,
		type: event.type,
		createdAt: new Date(event.created_at).toISOString(),
		workspace: store.workspaceId,
		customer: contact
			? {
					contactId: contact.id,
					name: contact.name ?? contact.profile_name,
					phone: contact.phone,
					email: contact.email,
					externalId: contact.external_id,
				}
			: null,
		change: JSON.parse(event.payload) as ItemJson,
		[event.subject_kind]: await subjectOf(executor, store, event),
	};
}
