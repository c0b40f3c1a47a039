import { buildTemplateComponents } from '../../clients/whatsapp/templateComponents';
import { collectionTime, mayWrite } from '../../domain/consent/mayWrite';
import type { OutboundMessage } from '../../domain/messages/outbound';
import { isWindowOpen } from '../../domain/messages/serviceWindow';
import { writeMoney } from '../../domain/payments/money';
import { isAwaited } from '../../domain/payments/reminders';
import type { BusinessProfile, Language } from '../../domain/profile/businessProfile';
import { localeOf } from '../../domain/profile/locale';
import { appendAudit } from '../../store/repositories/auditLog';
import { findCase } from '../../store/repositories/cases';
import { getChannel } from '../../store/repositories/channels';
import { getContact, type ContactRow } from '../../store/repositories/contacts';
import { getConversation, touchConversationsOf, type ConversationRow } from '../../store/repositories/conversations';
import { getLead } from '../../store/repositories/leads';
import { getPayment, lastRemindedAt, updatePayment, type PaymentRow } from '../../store/repositories/payments';
import type { Executor, Store, StoreTransaction } from '../../store/store';
import { paymentLinkWords } from '../../text/paymentLinkTexts';
import { paymentReminderWords, type ReminderKind } from '../../text/paymentReminderTexts';
import { profileInForce } from '../profile/businessProfile';
import { queueMessage } from '../send/queueMessage';
import { spokenLanguage } from '../dialogue/spokenLanguage';
import type { PageState, PaymentPages, PaymentWithPage } from './paymentPages';
import { planReminder } from './planReminder';
import { requestPayment, type PaymentDetails } from './requestPayment';
import { underPaymentLock } from './settlePaymentEvents';
import { reminderRequestOf } from './withdrawReminder';

export interface ReminderRequest {
	readonly paymentId: string;
	/** What Due has taken it until: an execution that comes too late, or twice, finds another time. Absent: asked for by a workflow itself. */
	readonly until?: number;
	/** The process that carries the message to Send Queued. */
	readonly owner: string;
}

export type Reminded =
	| {
			readonly sent: true;
			/** The one that asks for it again, where the page had expired. */
			readonly payment: PaymentRow;
			readonly renewed: boolean;
			readonly number: number;
			readonly outboxId: string;
			readonly message: OutboundMessage;
	  }
	/** `nextAt`: when it is tried again by itself, milliseconds. */
	| { readonly sent: false; readonly payment: PaymentRow; readonly reason: string; readonly nextAt?: number };

/** A page that expires sooner than this is renewed, ms. */
const TOO_SHORT = 30 * 60_000;

/** Who is reminded, and in which way. */
interface Addressee {
	readonly payment: PaymentWithPage;
	readonly contact: ContactRow;
	readonly conversation: ConversationRow;
	readonly as: 'message' | 'template';
}

/** Why nobody is reminded. `due`: what becomes of the reminder; absent: nothing. */
interface No {
	readonly reason: string;
	readonly due?: number | null;
}

const ended = (reason: string): No => ({ reason, due: null });

const hasPage = (payment: PaymentRow): payment is PaymentWithPage =>
	payment.provider_id !== null && payment.url !== null;

/** Why a payment concerns nobody any more; undefined: it does. */
async function endOf(executor: Executor, store: Store, payment: PaymentRow): Promise<string | undefined> {
	if (payment.replaced_by !== null) return 'It has been asked for another way: with a newer link, or on delivery';
	if (!isAwaited(payment.state)) return `It is ${payment.state.replace('_', ' ')}`;
	const inCase = payment.case_id === null ? undefined : await findCase(executor, store.workspaceId, payment.case_id);
	if (inCase?.status === 'closed' || inCase?.status === 'resolved') return `Its case is ${inCase.status}`;
	const lead = payment.lead_id === null ? undefined : await getLead(executor, store.workspaceId, payment.lead_id);
	return lead?.stage === 'Lost' ? 'Its lead is lost' : undefined;
}

async function judge(
	executor: Executor,
	store: Store,
	profile: BusinessProfile,
	payment: PaymentRow,
	until: number | undefined,
): Promise<Addressee | No> {
	if (until !== undefined && payment.reminder_due_at !== until) {
		return { reason: 'Another execution has done it, or something has happened to the payment since' };
	}
	const end = await endOf(executor, store, payment);
	if (end !== undefined) return ended(end);
	if (!hasPage(payment)) return ended('It has no link');
	if ((payment.reminders ?? 0) >= profile.payments.reminders) return ended('The customer was reminded often enough');
	const { contact_id: contactId, conversation_id: conversationId } = payment;
	const contact = contactId === null ? undefined : await getContact(executor, store.workspaceId, contactId);
	const conversation =
		conversationId === null ? undefined : await getConversation(executor, store.workspaceId, conversationId);
	if (contact === undefined || contact.erased_at !== null || conversation === undefined) {
		return ended('It belongs to no conversation');
	}
	// The bot closes what a customer left unfinished; that is when a reminder is wanted.
	if (conversation.mode === 'closed' && conversation.incomplete_at === null) {
		return ended('The conversation was closed');
	}
	const now = new Date(store.now());
	const lastCollectionAt = await lastRemindedAt(executor, contact.id);
	const optedOutAt = contact.opted_out_at ?? undefined;
	const permission = mayWrite('collection', { optedOutAt, lastCollectionAt }, now, profile);
	if (!permission.allowed) {
		if (optedOutAt !== undefined) return ended(permission.reason);
		return { reason: permission.reason, due: collectionTime({ lastCollectionAt }, now, profile).getTime() };
	}
	const channel = await getChannel(executor, store.workspaceId, conversation.channel_id);
	// Wazzup keeps the windows of its messengers itself.
	const free = channel?.vendor === 'wazzup' || isWindowOpen(conversation.last_inbound_at, now.getTime());
	if (!free && profile.payments.template === '') {
		return ended('The customer has not written for 24 hours, and the profile names no template for payment reminders');
	}
	return { payment, contact, conversation, as: free ? 'message' : 'template' };
}

const isNo = (verdict: Addressee | No): verdict is No => 'reason' in verdict;

const TEMPLATE_LANGUAGES: Readonly<Record<Language, string>> = { es: 'es', en: 'en', 'pt-BR': 'pt_BR' };

/** Meta refuses line breaks and long runs of spaces inside a parameter, and an empty one. */
const inOneLine = (text: string | null | undefined): string =>
	(text ?? '').replace(/\s+/g, ' ').trim().slice(0, 250) || '-';

function messageOf(
	profile: BusinessProfile,
	{ contact, conversation, as }: Addressee,
	payment: PaymentRow,
	kind: ReminderKind,
): OutboundMessage {
	const language = spokenLanguage(conversation, profile);
	const locale = localeOf(language, profile);
	const amount = writeMoney({ minor: payment.amount, currency: payment.currency }, locale);
	const name = contact.name ?? contact.profile_name;
	const url = payment.url ?? '';
	if (as === 'template') {
		return {
			type: 'template',
			name: profile.payments.template,
			languageCode: TEMPLATE_LANGUAGES[language],
			category: 'utility',
			components: buildTemplateComponents({
				body: [name, payment.description, amount, url].map((text) => ({ text: inOneLine(text) })),
			}),
		};
	}
	const description = payment.description;
	return {
		type: 'url_button',
		text: paymentReminderWords(kind, language, { name, amount, description }),
		label: paymentLinkWords(language, { amount, description: description ?? '' }).label,
		url,
	};
}

/** What is written to the customer. */
interface Reminder {
	/** The payment itself, or the one that replaces it. */
	readonly payment: PaymentRow;
	readonly kind: ReminderKind;
	/** Who sends the message. */
	readonly owner: string;
}

/** Queues the reminder and counts it, in one transaction. */
async function remind(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	addressee: Addressee,
	{ payment: reminded, kind, owner }: Reminder,
): Promise<Reminded> {
	const { contact, conversation } = addressee;
	const number = (addressee.payment.reminders ?? 0) + 1;
	const message = messageOf(profile, addressee, reminded, kind);
	const outboxId = await queueMessage(tx, store, conversation, {
		message,
		requestId: reminderRequestOf(reminded.id, number),
		sequence: 0,
		author: 'workflow',
		owner,
		cancelOnReply: true,
	});
	const counted = { reminders: number, reminded_at: store.now(), reminder_attempts: 0 };
	await updatePayment(tx, store, reminded.id, counted);
	const due = await planReminder(tx, store, profile, { ...reminded, ...counted });
	await updatePayment(tx, store, reminded.id, { reminder_due_at: due });
	await appendAudit(tx, store, {
		contactId: contact.id,
		actor: 'bot',
		action: 'payment.reminded',
		subjectKind: 'payment',
		subjectId: reminded.id,
		payload: {
			number,
			as: addressee.as,
			...(reminded.id === addressee.payment.id ? {} : { replaces: addressee.payment.id }),
			requestId: reminded.request_id,
		},
	});
	await touchConversationsOf(tx, store, contact.id);
	const payment = { ...reminded, ...counted, reminder_due_at: due };
	return { sent: true, payment, renewed: reminded.id !== addressee.payment.id, number, outboxId, message };
}

async function refrain(tx: StoreTransaction, store: Store, payment: PaymentRow, no: No): Promise<Reminded> {
	const { reason, due } = no;
	if (due !== undefined) await updatePayment(tx, store, payment.id, { reminder_due_at: due, reminder_attempts: 0 });
	return { sent: false, payment, reason, ...(typeof due === 'number' ? { nextAt: due } : {}) };
}

const PAGE_ENDS: Readonly<Partial<Record<PageState, string>>> = {
	complete: 'Somebody has paid, or is paying, at its page',
	closed: 'Its page was closed on purpose',
};

/** The payment once more, with a page of its own: the earlier page is closed before, so that never two can be paid. */
async function remindWithNewPage(
	store: Store,
	profile: BusinessProfile,
	pages: PaymentPages,
	earlier: PaymentWithPage,
	{ until, owner, kind }: ReminderRequest & Pick<Reminder, 'kind'>,
): Promise<Reminded> {
	let outcome: Reminded | undefined;
	await requestPayment(
		store,
		{
			requestId: `again:${earlier.id}`,
			provider: earlier.provider,
			mode: earlier.mode,
			kind: earlier.kind,
			amount: earlier.amount,
			currency: earlier.currency,
			description: earlier.description ?? undefined,
			details: JSON.parse(earlier.details) as PaymentDetails,
			contactId: earlier.contact_id ?? undefined,
			conversationId: earlier.conversation_id ?? undefined,
			caseId: earlier.case_id ?? undefined,
			leadId: earlier.lead_id ?? undefined,
			requestedBy: earlier.created_by ?? undefined,
			replaces: earlier.id,
		},
		async (call) => await pages.again(earlier, call),
		async (tx, linked) => {
			const known = (await getPayment(tx, store.workspaceId, earlier.id)) ?? earlier;
			const verdict = await judge(tx, store, profile, known, until);
			await updatePayment(tx, store, earlier.id, { replaced_by: linked.id, reminder_due_at: null });
			if (isNo(verdict)) {
				await updatePayment(tx, store, linked.id, { reminder_due_at: null });
				outcome = { sent: false, payment: linked, reason: verdict.reason };
			} else outcome = await remind(tx, store, profile, verdict, { payment: linked, kind, owner });
		},
	);
	return (
		outcome ?? { sent: false, payment: earlier, reason: 'Another execution has asked for it again in the meantime' }
	);
}

/**
 * Reminds a customer of a payment, once: in the profile's contact hours, as often as the profile says, with a new page where the
 * earlier one has expired, or has taken a payment that failed. Whatever has happened meanwhile (paid, opted out, closed) is seen, at the provider too.
 * @throws what the provider throws; then nothing was said, and Due brings it again
 */
export async function remindPayment(
	store: Store,
	pages: PaymentPages,
	payment: PaymentRow,
	request: ReminderRequest,
): Promise<Reminded> {
	const { profile } = await profileInForce(store);
	const { until, owner } = request;
	const first = await judge(store.db, store, profile, payment, until);
	if (isNo(first)) {
		return await underPaymentLock(store, payment, async (tx) => {
			const known = (await getPayment(tx, store.workspaceId, payment.id)) ?? payment;
			const again = await judge(tx, store, profile, known, until);
			return await refrain(tx, store, known, isNo(again) ? again : { reason: first.reason });
		});
	}
	let state = await pages.stateOf(first.payment);
	const expiresAt = payment.expires_at;
	if (state === 'open' && expiresAt !== null && expiresAt - store.now() < TOO_SHORT) {
		state = await pages.close(first.payment);
		if (state === 'closed') state = 'expired';
	}
	if (state === 'expired' || state === 'spent') {
		const kind = state === 'expired' ? 'renewed' : 'failed';
		return await remindWithNewPage(store, profile, pages, first.payment, { ...request, kind });
	}
	return await underPaymentLock(store, payment, async (tx) => {
		const known = (await getPayment(tx, store.workspaceId, payment.id)) ?? payment;
		const verdict = await judge(tx, store, profile, known, until);
		if (isNo(verdict)) return await refrain(tx, store, known, verdict);
		const end = PAGE_ENDS[state];
		if (end !== undefined) return await refrain(tx, store, known, ended(end));
		const kind = known.state === 'failed' ? 'failed' : 'open';
		return await remind(tx, store, profile, verdict, { payment: known, kind, owner });
	});
}

/** What would be said now, without saying it; the provider is not asked. */
export async function previewReminder(
	store: Store,
	payment: PaymentRow,
): Promise<
	| { readonly reason: string }
	| { readonly message: OutboundMessage; readonly conversation: ConversationRow; readonly contact: ContactRow }
> {
	const { profile } = await profileInForce(store);
	const verdict = await judge(store.db, store, profile, payment, undefined);
	if (isNo(verdict)) return { reason: verdict.reason };
	const { conversation, contact } = verdict;
	const kind = payment.state === 'failed' ? 'failed' : 'open';
	return { message: messageOf(profile, verdict, payment, kind), conversation, contact };
}
