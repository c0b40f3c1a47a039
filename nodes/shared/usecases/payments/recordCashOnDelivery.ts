import { decimalOf, writeMoney, type Money } from '../../domain/payments/money';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { localeOf } from '../../domain/profile/locale';
import { appendAudit } from '../../store/repositories/auditLog';
import type { CaseRow } from '../../store/repositories/cases';
import { touchConversationsOf } from '../../store/repositories/conversations';
import { insertPayment, paymentOfRequest, type PaymentRow } from '../../store/repositories/payments';
import type { Store, StoreTransaction } from '../../store/store';
import { cashOnDeliveryInWords } from '../../text/paymentTexts';
import { profileInForce } from '../profile/businessProfile';
import { addCaseNoteInside, existingCase } from '../cases/changeCase';
import { digestOf, paymentRowOf, refuseOther, type PaymentRequest } from './requestPayment';

/** Nobody confirms it by a signature: it stays asked for, and who delivers collects. */
export const CASH_ON_DELIVERY = 'cash_on_delivery';

export interface CashRequest {
	readonly caseKey: string;
	readonly money: Money;
	readonly description?: string;
	/** One request records one, however often it arrives. */
	readonly requestId: string;
	readonly actor: string;
}

export interface RecordedCash {
	readonly payment: PaymentRow;
	readonly isNew: boolean;
}

const requestOf = ({ requestId, money, description, actor }: CashRequest, paidFor: CaseRow): PaymentRequest => ({
	requestId,
	provider: CASH_ON_DELIVERY,
	mode: 'live',
	kind: 'full',
	amount: money.minor,
	currency: money.currency,
	...(description === undefined ? {} : { description }),
	contactId: paidFor.contact_id,
	...(paidFor.conversation_id === null ? {} : { conversationId: paidFor.conversation_id }),
	caseId: paidFor.id,
	...(paidFor.lead_id === null ? {} : { leadId: paidFor.lead_id }),
	requestedBy: actor,
});

async function write(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	cash: CashRequest,
): Promise<RecordedCash> {
	const paidFor = await existingCase(tx, store, cash.caseKey);
	const request = requestOf(cash, paidFor);
	const digest = digestOf(request);
	// Nobody has to ask a provider for it.
	const payment: PaymentRow = { ...paymentRowOf(store, request, digest), owner: null, claimed_at: null };
	if (!(await insertPayment(tx, payment))) {
		const known = await paymentOfRequest(tx, store.workspaceId, cash.requestId);
		if (known === undefined) throw new Error(`Request ${cash.requestId} has a payment that cannot be read`);
		return known.digest === digest ? { payment: known, isNew: false } : refuseOther(known);
	}
	const { language } = profile;
	const locale = localeOf(language, profile);
	await addCaseNoteInside(tx, store, {
		caseKey: paidFor.id,
		text: cashOnDeliveryInWords(language, writeMoney(cash.money, locale)),
		requestId: `cash:${payment.id}`,
		actor: cash.actor,
	});
	await appendAudit(tx, store, {
		contactId: paidFor.contact_id,
		actor: cash.actor,
		action: 'payment.cash_recorded',
		subjectKind: 'payment',
		subjectId: payment.id,
		payload: {
			amount: decimalOf(cash.money),
			currency: payment.currency,
			number: paidFor.number,
			requestId: cash.requestId,
		},
	});
	await touchConversationsOf(tx, store, paidFor.contact_id);
	return { payment, isNew: true };
}

/**
 * Records that a case is paid in cash when it is delivered: a payment that is asked for, with a note on the case. Nothing is
 * confirmed by it.
 * @throws InvalidInput when the case does not exist or the request id was used for something else
 */
export async function recordCashOnDelivery(store: Store, cash: CashRequest): Promise<RecordedCash> {
	const { profile } = await profileInForce(store);
	const { contact_id: contactId } = await existingCase(store.db, store, cash.caseKey);
	const [result] = await store.eachLocked(
		[`contact:${contactId}`],
		async (tx) => await write(tx, store, profile, cash),
	);
	if (result === undefined || 'error' in result) throw result?.error ?? new Error('The payment was not written');
	return result.value;
}
