import { CASH_ON_DELIVERY } from '../../domain/payments/cashOnDelivery';
import { decimalOf, writeMoney, type Money } from '../../domain/payments/money';
import { isAwaited } from '../../domain/payments/reminders';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { localeOf } from '../../domain/profile/locale';
import { appendAudit } from '../../store/repositories/auditLog';
import type { CaseRow } from '../../store/repositories/cases';
import { touchConversationsOf } from '../../store/repositories/conversations';
import {
	insertPayment,
	paymentOfRequest,
	paymentsForTheSame,
	updatePayment,
	type PaymentRow,
} from '../../store/repositories/payments';
import type { Store, StoreTransaction } from '../../store/store';
import { cashOnDeliveryInWords } from '../../text/paymentTexts';
import { profileInForce } from '../profile/businessProfile';
import { addCaseNoteInside, existingCase } from '../cases/changeCase';
import { digestOf, paymentRowOf, refuseOther, type PaymentRequest } from './requestPayment';
import { withdrawReminder } from './withdrawReminder';

interface Cash {
	readonly money: Money;
	readonly description?: string;
	/** One request records one, however often it arrives. */
	readonly requestId: string;
	readonly actor: string;
}

/** Cash for a case. */
export interface CashRequest extends Cash {
	readonly caseKey: string;
}

/** Cash for what a customer gets: a case, a lead, or what their conversation is about. */
export interface AgreedCash extends Cash {
	readonly contactId: string;
	readonly conversationId?: string;
	readonly paidFor?: CaseRow;
	readonly leadId?: string;
}

export interface RecordedCash {
	readonly payment: PaymentRow;
	readonly isNew: boolean;
}

const requestOf = (cash: AgreedCash): PaymentRequest => ({
	requestId: cash.requestId,
	provider: CASH_ON_DELIVERY,
	mode: 'live',
	kind: 'full',
	amount: cash.money.minor,
	currency: cash.money.currency,
	...(cash.description === undefined ? {} : { description: cash.description }),
	contactId: cash.contactId,
	...(cash.conversationId === undefined ? {} : { conversationId: cash.conversationId }),
	...(cash.paidFor === undefined ? {} : { caseId: cash.paidFor.id }),
	...(cash.leadId === undefined ? {} : { leadId: cash.leadId }),
	requestedBy: cash.actor,
});

/** Whoever pays at the door is not asked any more to pay at a link. A deposit is another money than the rest. */
async function replaceLinks(tx: StoreTransaction, store: Store, cash: PaymentRow): Promise<void> {
	for (const other of await paymentsForTheSame(tx, store.workspaceId, cash)) {
		const asksForTheSame =
			other.provider !== CASH_ON_DELIVERY &&
			other.kind === 'full' &&
			other.replaced_by === null &&
			isAwaited(other.state);
		if (!asksForTheSame) continue;
		await updatePayment(tx, store, other.id, { replaced_by: cash.id, reminder_due_at: null });
		await withdrawReminder(tx, store, other);
	}
}

/**
 * The same inside the caller's transaction, which holds the contact's lock.
 * @throws InvalidInput when the request id was used for something else
 */
export async function recordCashInside(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	cash: AgreedCash,
): Promise<RecordedCash> {
	const { paidFor } = cash;
	const request = requestOf(cash);
	const digest = digestOf(request);
	// Nobody has to ask a provider for it.
	const payment: PaymentRow = { ...paymentRowOf(store, request, digest), owner: null, claimed_at: null };
	if (!(await insertPayment(tx, payment))) {
		const known = await paymentOfRequest(tx, store.workspaceId, cash.requestId);
		if (known === undefined) throw new Error(`Request ${cash.requestId} has a payment that cannot be read`);
		return known.digest === digest ? { payment: known, isNew: false } : refuseOther(known);
	}
	await replaceLinks(tx, store, payment);
	const { language } = profile;
	if (paidFor !== undefined) {
		await addCaseNoteInside(tx, store, {
			caseKey: paidFor.id,
			text: cashOnDeliveryInWords(language, writeMoney(cash.money, localeOf(language, profile))),
			requestId: `cash:${payment.id}`,
			actor: cash.actor,
		});
	}
	await appendAudit(tx, store, {
		contactId: cash.contactId,
		actor: cash.actor,
		action: 'payment.cash_recorded',
		subjectKind: 'payment',
		subjectId: payment.id,
		payload: {
			amount: decimalOf(cash.money),
			currency: payment.currency,
			...(paidFor === undefined ? {} : { number: paidFor.number }),
			requestId: cash.requestId,
		},
	});
	await touchConversationsOf(tx, store, cash.contactId);
	return { payment, isNew: true };
}

/**
 * Records that a case is paid in cash when it is delivered: a payment that is asked for, with a note on the case. Nothing is
 * confirmed by it, and nobody is reminded any more of a link for the same.
 * @throws InvalidInput when the case does not exist or the request id was used for something else
 */
export async function recordCashOnDelivery(store: Store, cash: CashRequest): Promise<RecordedCash> {
	const { profile } = await profileInForce(store);
	const { contact_id: contactId } = await existingCase(store.db, store, cash.caseKey);
	const [result] = await store.eachLocked([`contact:${contactId}`], async (tx) => {
		const paidFor = await existingCase(tx, store, cash.caseKey);
		return await recordCashInside(tx, store, profile, {
			...cash,
			paidFor,
			contactId: paidFor.contact_id,
			conversationId: paidFor.conversation_id ?? undefined,
			leadId: paidFor.lead_id ?? undefined,
		});
	});
	if (result === undefined || 'error' in result) throw result?.error ?? new Error('The payment was not written');
	return result.value;
}
