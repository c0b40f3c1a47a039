import { mayWrite } from '../../domain/consent/mayWrite';
import { knownName } from '../../domain/identity/knownName';
import type { OutboundMessage } from '../../domain/messages/outbound';
import { isWindowOpen } from '../../domain/messages/serviceWindow';
import { CASH_ON_DELIVERY } from '../../domain/payments/cashOnDelivery';
import { decimalOf, writeMoney } from '../../domain/payments/money';
import type { PaymentNews } from '../../domain/payments/outputs';
import type { PaymentEffect } from '../../domain/payments/payment';
import type { BusinessProfile, Language } from '../../domain/profile/businessProfile';
import { localeOf } from '../../domain/profile/locale';
import { getAdvisor, listAdvisors, type AdvisorRow } from '../../store/repositories/advisors';
import { appendAudit } from '../../store/repositories/auditLog';
import { findCase } from '../../store/repositories/cases';
import { getContact, type ContactRow } from '../../store/repositories/contacts';
import { getConversation, touchConversationsOf, type ConversationRow } from '../../store/repositories/conversations';
import { getLead, openLeadOfContact, type LeadRow } from '../../store/repositories/leads';
import { outboxOfRequest } from '../../store/repositories/outbox';
import { hasPaidOther, lastRemindedAt, type PaymentRow } from '../../store/repositories/payments';
import type { Store, StoreTransaction } from '../../store/store';
import { paymentInWords, type PaymentText } from '../../text/paymentTexts';
import { addCaseNoteInside } from '../cases/changeCase';
import { changeLeadStageInside } from '../leads/changeLeadStage';
import type { ItemJson } from '../emit/items';
import { leaveNotification } from '../notify/leaveNotification';
import { supervisorsOf } from '../notify/tellSupervisors';
import { queueMessage } from '../send/queueMessage';
import { spokenLanguage } from '../dialogue/spokenLanguage';
import { handoverOf } from './cashPayments';

/** One thing that the desk is to know of a payment. */
export type PaymentNotice =
	| PaymentEffect
	| { readonly kind: 'mismatch'; readonly key: string; readonly reason: string };

/** What a notice is to whom: the branch, the customer's words, the team's words, the line of the bitácora. */
interface Consequence {
	readonly output: PaymentNews;
	readonly customer?: PaymentText;
	readonly advisor?: PaymentText;
	readonly action: string;
	/** It needs a person: those who lead are told too. */
	readonly urgent?: true;
}

function consequenceOf(notice: PaymentNotice, inCash: boolean): Consequence {
	switch (notice.kind) {
		case 'paid':
			return {
				output: 'paid',
				customer: inCash ? 'paidInCash' : 'paid',
				advisor: inCash ? 'advisorPaidInCash' : 'advisorPaid',
				action: 'payment.confirmed',
			};
		case 'paid_again':
			return { output: 'mismatch', advisor: 'advisorPaidAgain', action: 'payment.confirmed', urgent: true };
		case 'renewed':
			return { output: 'subscription', advisor: 'advisorRenewed', action: 'payment.confirmed' };
		case 'pending':
			return { output: 'pending', customer: 'pending', action: 'payment.pending' };
		case 'failed':
			return {
				output: 'failed',
				customer: notice.pageIsSpent === true ? 'failedAtSpentPage' : 'failed',
				advisor: 'advisorFailed',
				action: 'payment.failed',
			};
		case 'renewal_failed':
			return {
				output: 'subscription',
				customer: 'renewalFailed',
				advisor: 'advisorRenewalFailed',
				action: 'payment.failed',
			};
		case 'expired':
			return { output: 'expired', advisor: 'advisorExpired', action: 'payment.expired' };
		case 'refunded':
			return { output: 'refunded', customer: 'refunded', advisor: 'advisorRefunded', action: 'payment.refunded' };
		case 'refund_failed':
			return { output: 'refunded', advisor: 'advisorRefundFailed', action: 'payment.refund_failed', urgent: true };
		case 'dispute_opened':
			return { output: 'disputed', advisor: 'advisorDisputed', action: 'payment.disputed', urgent: true };
		case 'dispute_closed':
			return {
				output: 'disputed',
				advisor: notice.won ? 'advisorDisputeWon' : 'advisorDisputeLost',
				action: 'payment.dispute_closed',
			};
		case 'mismatch':
			return { output: 'mismatch', advisor: 'advisorMismatch', action: 'payment.mismatch', urgent: true };
	}
}

/** A notice of a payment, whom it concerns, and the profile whose words and hours hold. */
interface News {
	readonly profile: BusinessProfile;
	readonly payment: PaymentRow;
	readonly notice: PaymentNotice;
	/** Who knows of it, for the bitácora. */
	readonly actor: string;
	readonly contact?: ContactRow;
	readonly conversation?: ConversationRow;
}

async function concernedBy(
	tx: StoreTransaction,
	store: Store,
	payment: PaymentRow,
): Promise<Pick<News, 'contact' | 'conversation'>> {
	const { contact_id: contactId, conversation_id: conversationId } = payment;
	return {
		contact: contactId === null ? undefined : await getContact(tx, store.workspaceId, contactId),
		conversation: conversationId === null ? undefined : await getConversation(tx, store.workspaceId, conversationId),
	};
}

const amountOf = (payment: PaymentRow, notice: PaymentNotice): number =>
	'amount' in notice ? notice.amount : payment.amount;

/** What everything that a notice leads to is idempotent by. */
const requestIdOf = (payment: PaymentRow, notice: PaymentNotice): string => `payment:${payment.id}:${notice.key}`;

const reasonOf = (notice: PaymentNotice): string | undefined => ('reason' in notice ? notice.reason : undefined);

/** Where what has failed can be paid. */
function tryAgainAt(payment: PaymentRow, notice: PaymentNotice): string | undefined {
	if (notice.kind === 'renewal_failed') return notice.payUrl;
	return notice.kind === 'failed' && notice.pageIsSpent !== true ? (payment.url ?? undefined) : undefined;
}

/** What stands below the receipt of the first purchase. */
function welcomeOf({ name, payments: { welcome } }: BusinessProfile, language: Language): string {
	if (welcome === undefined) return paymentInWords('welcome', language, { amount: '', business: name });
	return welcome.replaceAll('{business}', () => name).trim();
}

/** What the customer reads, when they may be written to now; the branch learns whether they were. */
async function tellCustomer(
	tx: StoreTransaction,
	store: Store,
	{ profile, payment, notice, contact, conversation }: News,
	text: PaymentText,
	isFirst: boolean,
): Promise<string | undefined> {
	if (!contact || !conversation || contact.erased_at !== null) return undefined;
	const now = store.now();
	// Asking for money again keeps the hours of collecting; news of what the customer has just done do not wait.
	const purpose = text === 'renewalFailed' ? 'collection' : 'service';
	const lastCollectionAt = purpose === 'collection' ? await lastRemindedAt(tx, contact.id) : undefined;
	const consent = { optedOutAt: contact.opted_out_at ?? undefined, lastCollectionAt };
	const allowed = mayWrite(purpose, consent, new Date(now), profile);
	if (!allowed.allowed || !isWindowOpen(conversation.last_inbound_at, now)) return undefined;
	const requestId = requestIdOf(payment, notice);
	const [earlier] = await outboxOfRequest(tx, store.workspaceId, contact.id, requestId);
	if (earlier !== undefined) return earlier;
	const language = spokenLanguage(conversation, profile);
	const words = paymentInWords(text, language, {
		amount: writeMoney({ minor: amountOf(payment, notice), currency: payment.currency }, localeOf(language, profile)),
		description: payment.description,
		reason: reasonOf(notice),
	});
	const url = tryAgainAt(payment, notice);
	const welcome = isFirst ? welcomeOf(profile, language) : '';
	const message: OutboundMessage =
		url === undefined
			? { type: 'text', text: welcome === '' ? words : `${words}\n\n${welcome}` }
			: { type: 'url_button', text: words, label: paymentInWords('pay', language, { amount: '' }), url };
	return await queueMessage(tx, store, conversation, {
		message,
		requestId,
		sequence: 0,
		author: 'workflow',
		owner: store.bootId,
	});
}

async function peopleOf(
	tx: StoreTransaction,
	store: Store,
	{ conversation }: News,
	urgent: boolean,
): Promise<readonly AdvisorRow[]> {
	const owner =
		typeof conversation?.owner_advisor_id === 'string'
			? await getAdvisor(tx, store.workspaceId, conversation.owner_advisor_id)
			: undefined;
	if (owner && !urgent) return [owner];
	const leading = supervisorsOf(await listAdvisors(tx, store.workspaceId));
	return owner && !leading.some(({ id }) => id === owner.id) ? [owner, ...leading] : leading;
}

async function tellTeamOf(
	tx: StoreTransaction,
	store: Store,
	news: News,
	text: string,
	urgent: boolean,
): Promise<void> {
	const { payment, notice, actor } = news;
	const requestId = requestIdOf(payment, notice);
	for (const advisor of await peopleOf(tx, store, news, urgent)) {
		// Nobody is told of what they have just done.
		if (actor === `advisor:${advisor.id}`) continue;
		await leaveNotification(tx, store, advisor, {
			kind: `payment.${notice.kind}`,
			text,
			requestId,
			contactId: payment.contact_id ?? undefined,
			conversationId: payment.conversation_id ?? undefined,
			caseId: payment.case_id ?? undefined,
		});
	}
	const found = payment.case_id === null ? undefined : await findCase(tx, store.workspaceId, payment.case_id);
	// A case that a workflow has named wrongly is no reason to disbelieve the money.
	if (found === undefined) return;
	await addCaseNoteInside(tx, store, {
		caseKey: found.id,
		text,
		requestId,
		actor,
	});
}

async function leadOf(tx: StoreTransaction, store: Store, payment: PaymentRow): Promise<LeadRow | undefined> {
	const { lead_id: leadId, contact_id: contactId } = payment;
	if (leadId !== null) return await getLead(tx, store.workspaceId, leadId);
	return contactId === null ? undefined : await openLeadOfContact(tx, store.workspaceId, contactId);
}

/** The sale is made: the lead that it was asked for, else the customer's open one, is won with what was paid. */
async function winLead(tx: StoreTransaction, store: Store, { profile, payment, actor }: News): Promise<void> {
	const lead = await leadOf(tx, store, payment);
	if (lead === undefined) return;
	await changeLeadStageInside(tx, store, profile, {
		leadId: lead.id,
		stage: 'Won',
		amount: Number(decimalOf({ minor: payment.amount_paid, currency: payment.currency })),
		currency: payment.currency,
		requestId: `payment:${payment.id}`,
		actor,
	});
}

/** The item of a branch: the payment in words that people write, and our ids. */
function itemOf(
	store: Store,
	webhookId: string,
	{ profile, payment, notice, contact, conversation }: News,
	outboxId: string | undefined,
): ItemJson {
	const money = (minor: number) => decimalOf({ minor, currency: payment.currency });
	const { key: _key, ...news } = notice;
	return {
		...news,
		...('amount' in news ? { amount: money(news.amount) } : {}),
		payment: {
			id: payment.id,
			state: payment.state,
			kind: payment.kind,
			mode: payment.mode,
			provider: payment.provider,
			providerId: payment.provider_id,
			description: payment.description,
			currency: payment.currency,
			amount: money(payment.amount),
			amountText: writeMoney(
				{ minor: payment.amount, currency: payment.currency },
				localeOf(profile.language, profile),
			),
			amountPaid: money(payment.amount_paid),
			amountRefunded: money(payment.amount_refunded),
			url: payment.url,
			caseId: payment.case_id,
			leadId: payment.lead_id,
		},
		customer: contact && { name: contact.name ?? contact.profile_name, phone: contact.phone, email: contact.email },
		customerTold: outboxId !== undefined,
		crm: {
			workspaceId: store.workspaceId,
			webhookId: conversation?.webhook_id ?? webhookId,
			channelId: conversation?.channel_id,
			contactId: payment.contact_id ?? undefined,
			conversationId: payment.conversation_id ?? undefined,
			requestId: requestIdOf(payment, notice),
		},
	};
}

/**
 * Everything that news of a payment means for the desk, in the transaction that learnt them: the customer's message, the note of the
 * case, the lead, the team, the bitácora. Each is done once under the notice's key.
 * @param told.webhookId of the trigger whose branch they leave on
 * @param told.actor a person, where no provider tells
 * @returns the branch that they leave on, their item, and what was queued for the customer.
 */
export async function afterPayment(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	payment: PaymentRow,
	notice: PaymentNotice,
	{ webhookId, actor = 'bot' }: { readonly webhookId: string; readonly actor?: string },
): Promise<{ readonly output: PaymentNews; readonly item: ItemJson; readonly outboxIds: readonly string[] }> {
	const { output, customer, advisor, action, urgent } = consequenceOf(notice, payment.provider === CASH_ON_DELIVERY);
	const news: News = { profile, payment, notice, actor, ...(await concernedBy(tx, store, payment)) };
	const isFirst =
		notice.kind === 'paid' && payment.contact_id !== null && !(await hasPaidOther(tx, payment.contact_id, payment.id));
	const outboxId = customer === undefined ? undefined : await tellCustomer(tx, store, news, customer, isFirst);
	const amount = amountOf(payment, notice);
	const handover = handoverOf(payment);
	if (advisor !== undefined) {
		const text = paymentInWords(advisor, profile.language, {
			amount: writeMoney({ minor: amount, currency: payment.currency }, localeOf(profile.language, profile)),
			description: payment.description,
			reason: reasonOf(notice),
			customer: knownName(news.contact) ?? payment.provider_id ?? payment.id,
			...(handover === undefined ? {} : { collectedBy: handover.collectedBy }),
		});
		await tellTeamOf(tx, store, news, text, urgent === true);
	}
	if (notice.kind === 'paid') await winLead(tx, store, news);
	await appendAudit(tx, store, {
		...(payment.contact_id === null ? {} : { contactId: payment.contact_id }),
		actor,
		action,
		subjectKind: 'payment',
		subjectId: payment.id,
		payload: {
			kind: notice.kind,
			amount: decimalOf({ minor: amount, currency: payment.currency }),
			currency: payment.currency,
			reason: reasonOf(notice),
			...(notice.kind === 'dispute_closed' ? { won: notice.won } : {}),
			provider: payment.provider,
			...handover,
			state: payment.state,
			requestId: payment.request_id,
		},
	});
	if (payment.contact_id !== null) await touchConversationsOf(tx, store, payment.contact_id);
	const item = itemOf(store, webhookId, news, outboxId);
	return {
		output,
		item: notice.kind === 'paid' ? { ...item, firstPurchase: isFirst } : item,
		outboxIds: outboxId === undefined ? [] : [outboxId],
	};
}
