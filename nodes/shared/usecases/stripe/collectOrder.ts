import {
	checkoutSessionBody,
	createCheckoutSession,
	type NewCheckoutSession,
} from '../../clients/stripe/checkoutSessions';
import { modeOf } from '../../clients/stripe/credential';
import type { LineItem, Metadata, PageLocale } from '../../clients/stripe/objects';
import { createPaymentLink, paymentLinkBody, type NewPaymentLink } from '../../clients/stripe/paymentLinks';
import type { Stripe } from '../../clients/stripe/stripe';
import { InvalidInput } from '../../domain/invalidInput';
import type { OutboundMessage } from '../../domain/messages/outbound';
import { invoiceMetadata, type InvoiceData } from '../../domain/payments/invoiceData';
import { writeMoney, type Money } from '../../domain/payments/money';
import { LANGUAGES, type BusinessProfile } from '../../domain/profile/businessProfile';
import { localeOf } from '../../domain/profile/locale';
import { getConversation, type ConversationRow } from '../../store/repositories/conversations';
import { outboxOfRequest } from '../../store/repositories/outbox';
import { getPayment, type PaymentRow } from '../../store/repositories/payments';
import type { Store } from '../../store/store';
import { paymentLinkWords } from '../../text/paymentLinkTexts';
import { profileInForce } from '../profile/businessProfile';
import { ownerOfEmission } from '../emit/emissions';
import {
	requestPayment,
	type CreatedAtProvider,
	type PaymentDetails,
	type PaymentRequest,
	type ProviderCall,
} from '../payments/requestPayment';
import { queueMessage } from '../send/queueMessage';
import { stateOf } from '../dialogue/stepWriter';
import { linkMadeFor, sessionMadeFor } from './pageMadeBefore';

/** Where the customer pays: a link without an end, or a session that expires. */
export type PaymentPage =
	| {
			readonly kind: 'link';
			/** How many times it may be paid; absent: any number. */
			readonly uses?: number;
			readonly thanks?: string;
			readonly inactiveMessage?: string;
	  }
	| {
			readonly kind: 'session';
			readonly expiresAfterMinutes: number;
			readonly recovery: boolean;
			readonly successUrl: string;
	  };

/** What a customer is to pay with Stripe, and what they read. */
export interface PaymentOrder {
	/** One request makes one payment, one page and one message, however often it arrives. */
	readonly requestId: string;
	readonly kind: PaymentRow['kind'];
	readonly item: LineItem;
	/** Of the item in its quantity. */
	readonly amount: Money;
	/** Of what the amount is a deposit. */
	readonly total?: Money;
	readonly description: string;
	readonly page: PaymentPage;
	readonly collectPhone: boolean;
	/** Language of the page; absent: that of the customer's browser. */
	readonly locale?: PageLocale;
	readonly metadata: Metadata;
	readonly customer?: { readonly contactId: string; readonly conversationId: string };
	readonly caseId?: string;
	readonly leadId?: string;
	/** The trigger's emission that the message leaves with. */
	readonly emissionId?: string;
	readonly requestedBy?: string;
	/** What the invoice is made out to. */
	readonly invoice?: InvoiceData;
	/** Instead of ours. */
	readonly text?: string;
	readonly buttonLabel?: string;
}

export interface CollectedOrder {
	readonly payment: PaymentRow;
	/** The message that waits for Send Queued; none without a conversation. */
	readonly outboxIds: readonly string[];
	readonly message: OutboundMessage;
	/** As people of the profile's country write it. */
	readonly amountText: string;
}

/** The id of the message's request: a payment's own, so that it is told from what else the request says. */
export const messageRequestOf = (requestId: string): string => `payment:${requestId}`;

function requestOf(stripe: Stripe, order: PaymentOrder): PaymentRequest {
	const { adjustable } = order.item;
	const { item, page, collectPhone, locale, metadata } = order;
	return {
		requestId: order.requestId,
		provider: 'stripe',
		mode: modeOf(stripe.credential),
		kind: order.kind,
		amount: order.amount.minor,
		currency: order.amount.currency,
		description: order.description,
		details: {
			...(adjustable === undefined
				? {}
				: { adjustable: { unitAmount: order.amount.minor / item.quantity, ...adjustable } }),
			...(order.total === undefined ? {} : { total: order.total.minor }),
			...(page.kind === 'link' && page.uses !== 1 ? { uses: page.uses ?? 0 } : {}),
			...(order.invoice === undefined ? {} : { invoice: order.invoice }),
			// Part of what the request is known by: the same key with another page would be refused by Stripe.
			stripe: { item, page, collectPhone, locale, metadata },
		},
		contactId: order.customer?.contactId,
		conversationId: order.customer?.conversationId,
		caseId: order.caseId,
		leadId: order.leadId,
		requestedBy: order.requestedBy,
	};
}

/** What Stripe's part of a payment's details holds. */
type StripeDetails = Pick<PaymentOrder, 'item' | 'page' | 'collectPhone' | 'locale' | 'metadata'>;

/** What a payment of Stripe's has asked for. @throws InvalidInput when its details were erased */
export function orderOfPayment(payment: PaymentRow): PaymentOrder {
	const { total, stripe } = JSON.parse(payment.details) as PaymentDetails & { readonly stripe?: StripeDetails };
	if (stripe === undefined) {
		throw new InvalidInput({
			message: `Payment '${payment.id}' cannot be asked for again: what it was for has been erased`,
			description: 'Ask for it anew with Payment Link: Create.',
		});
	}
	const { contact_id: contactId, conversation_id: conversationId, currency } = payment;
	return {
		...stripe,
		requestId: payment.request_id,
		kind: payment.kind,
		amount: { minor: payment.amount, currency },
		...(total === undefined ? {} : { total: { minor: total, currency } }),
		description: payment.description ?? '',
		...(contactId === null || conversationId === null ? {} : { customer: { contactId, conversationId } }),
		caseId: payment.case_id ?? undefined,
		leadId: payment.lead_id ?? undefined,
	};
}

/** What leads from anything that Stripe tells back to the desk, and what the invoice is to say; nothing else of a person. */
function metadataOf(store: Store, order: PaymentOrder, paymentId: string): Metadata {
	const ids = {
		payment_id: paymentId,
		request_id: order.requestId,
		workspace_id: store.workspaceId,
		contact_id: order.customer?.contactId,
		conversation_id: order.customer?.conversationId,
		case_id: order.caseId,
		lead_id: order.leadId,
	};
	const known = Object.entries(ids).filter((entry): entry is [string, string] => entry[1] !== undefined);
	return {
		...order.metadata,
		...(order.invoice === undefined ? {} : invoiceMetadata(order.invoice)),
		...Object.fromEntries(known),
	};
}

const linkOf = (
	store: Store,
	order: PaymentOrder,
	page: PaymentPage & { kind: 'link' },
	id: string,
): NewPaymentLink => ({
	item: order.item,
	subscription: order.kind === 'subscription',
	metadata: metadataOf(store, order, id),
	uses: page.uses,
	thanks: page.thanks,
	inactiveMessage: page.inactiveMessage,
	collectPhone: order.collectPhone,
});

const sessionOf = (
	store: Store,
	order: PaymentOrder,
	page: PaymentPage & { kind: 'session' },
	id: string,
	createdAt: number,
): NewCheckoutSession => ({
	item: order.item,
	subscription: order.kind === 'subscription',
	metadata: metadataOf(store, order, id),
	successUrl: page.successUrl,
	// From the payment's own time, so that a second try asks for the same.
	expiresAt: Math.floor(createdAt / 1000) + page.expiresAfterMinutes * 60,
	recovery: page.recovery,
	collectPhone: order.collectPhone,
	reference: id,
	...(order.locale === undefined ? {} : { locale: order.locale }),
	...(order.invoice?.email === undefined ? {} : { customerEmail: order.invoice.email }),
});

/** The link with the page's language and the payment's id, which Stripe hands on to the session. */
function addressOf(url: string, paymentId: string, locale: PageLocale | undefined): string {
	const address = new URL(url);
	address.searchParams.set('client_reference_id', paymentId);
	if (locale !== undefined) address.searchParams.set('locale', locale);
	return address.toString();
}

/** Makes an order's page at Stripe. */
export async function createAtStripe(
	store: Store,
	stripe: Stripe,
	order: PaymentOrder,
	{ paymentId, idempotencyKey, mayExist }: ProviderCall,
): Promise<CreatedAtProvider> {
	const { page } = order;
	if (page.kind === 'link') {
		const link =
			(mayExist ? await linkMadeFor(stripe, paymentId) : undefined) ??
			(await createPaymentLink(stripe, linkOf(store, order, page, paymentId), idempotencyKey));
		return { providerId: link.id, url: addressOf(link.url, paymentId, order.locale) };
	}
	const row = await getPayment(store.db, store.workspaceId, paymentId);
	const createdAt = row?.created_at ?? store.now();
	const session =
		(mayExist ? await sessionMadeFor(stripe, paymentId, createdAt) : undefined) ??
		(await createCheckoutSession(stripe, sessionOf(store, order, page, paymentId, createdAt), idempotencyKey));
	const expiresAt = session.expires_at * 1000;
	if (expiresAt > store.now()) return { providerId: session.id, url: session.url ?? '', expiresAt };
	throw new InvalidInput({
		message: 'The page that Stripe made for it before has expired',
		description: 'Run this node again: it makes a new one.',
	});
}

function messageOf(
	order: PaymentOrder,
	profile: BusinessProfile,
	conversation: ConversationRow | undefined,
	url: string,
): { readonly message: OutboundMessage; readonly amountText: string } {
	const spoken = conversation === undefined ? profile.language : stateOf(conversation, profile).language;
	const language = LANGUAGES.find((known) => known === spoken) ?? profile.language;
	const locale = localeOf(language, profile);
	const amountText = writeMoney(order.amount, locale);
	const words = paymentLinkWords(language, {
		amount: amountText,
		description: order.description,
		...(order.total === undefined ? {} : { total: writeMoney(order.total, locale) }),
	});
	return {
		amountText,
		message: { type: 'url_button', text: order.text ?? words.text, label: order.buttonLabel ?? words.label, url },
	};
}

async function conversationOf(store: Store, order: PaymentOrder): Promise<ConversationRow | undefined> {
	if (order.customer === undefined) return undefined;
	return await getConversation(store.db, store.workspaceId, order.customer.conversationId);
}

/**
 * Makes the payment, its page at Stripe and the customer's message, each once a request: a retry, a second tap or a crash at any
 * point ends with the same link and one message.
 * @throws InvalidInput, RequestFailure
 */
export async function collectOrder(store: Store, stripe: Stripe, order: PaymentOrder): Promise<CollectedOrder> {
	const { profile } = await profileInForce(store);
	const conversation = await conversationOf(store, order);
	const payment = await requestPayment(
		store,
		requestOf(stripe, order),
		async (call) => await createAtStripe(store, stripe, order, call),
		async (tx, { url }) => {
			if (conversation === undefined) return;
			await queueMessage(tx, store, conversation, {
				message: messageOf(order, profile, conversation, url ?? '').message,
				requestId: messageRequestOf(order.requestId),
				sequence: 0,
				author: 'workflow',
				owner: order.emissionId === undefined ? store.bootId : ownerOfEmission(order.emissionId),
			});
		},
	);
	const outboxIds =
		order.customer === undefined
			? []
			: await outboxOfRequest(store.db, store.workspaceId, order.customer.contactId, messageRequestOf(order.requestId));
	return { payment, outboxIds, ...messageOf(order, profile, conversation, payment.url ?? '') };
}

/** What would be asked of Stripe and said to the customer; nothing is written. */
export async function previewOrder(store: Store, stripe: Stripe, order: PaymentOrder) {
	const { profile } = await profileInForce(store);
	const conversation = await conversationOf(store, order);
	const { page } = order;
	const id = 'id-of-the-payment';
	const request =
		page.kind === 'link'
			? { path: '/payment_links', body: paymentLinkBody(linkOf(store, order, page, id)) }
			: { path: '/checkout/sessions', body: checkoutSessionBody(sessionOf(store, order, page, id, store.now())) };
	const sample = page.kind === 'link' ? 'https://buy.stripe.com/…' : 'https://checkout.stripe.com/…';
	return {
		request: { method: 'POST', url: `${stripe.root}${request.path}`, body: request.body },
		conversation,
		...messageOf(order, profile, conversation, sample),
	};
}
