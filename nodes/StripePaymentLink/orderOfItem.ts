import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { PAGE_LOCALES, type LineItem, type Metadata, type Recurring } from '../shared/clients/stripe/objects';
import { getPrice } from '../shared/clients/stripe/prices';
import { InvalidInput } from '../shared/domain/invalidInput';
import { LIMITS } from '../shared/domain/messages/limits';
import { readInvoiceData, type InvoiceData } from '../shared/domain/payments/invoiceData';
import {
	checkedMoney,
	readCurrency,
	readMoney,
	readPositiveMoney,
	shareOf,
	writeMoney,
	type Money,
} from '../shared/domain/payments/money';
import type { OperationContext } from '../shared/n8n/operation';
import { amount, optionalFlag, optionalWords, optionsOf, parameter, rowsOf, words } from '../shared/n8n/parameters';
import { crmItemIfAny, requestIdOf } from '../shared/n8n/requestId';
import { findCase } from '../shared/store/repositories/cases';
import { getContact } from '../shared/store/repositories/contacts';
import { profileInForce } from '../shared/usecases/profile/businessProfile';
import {
	collectOrder,
	previewOrder,
	type PaymentOrder,
	type PaymentPage,
} from '../shared/usecases/stripe/collectOrder';
import { checkedDescription } from './checkedDescription';
import type { StripePaymentLinkServices } from './services';

/** Stripe takes as many of one line. */
const MOST_ADJUSTABLE = 99;

/** Stripe keeps 50 values; ours lead back to the desk and say what the invoice is to say. */
const MOST_METADATA = 35;

/** As the option, an item or a case holds it. */
const invoiceSchema = z.object({
	city: optionalWords,
	email: optionalWords,
	legalName: optionalWords,
	taxId: optionalWords,
	taxes: z.enum(['with', 'without']).optional(),
});
const invoiceElsewhere = z.object({ invoice: invoiceSchema }).transform(({ invoice }) => invoice);

const pair = z.object({ key: words, value: words });
const orderOptionsSchema = optionsOf({
	adjustableQuantity: optionalFlag,
	buttonLabel: optionalWords,
	collectPhone: optionalFlag,
	intervalCount: z.coerce.number().int().min(1).optional(),
	invoice: z.object({ data: invoiceSchema.optional() }).nullish(),
	locale: z.enum(PAGE_LOCALES).optional(),
	metadata: rowsOf('pairs', pair),
	requestId: optionalWords,
	text: optionalWords,
});

interface Priced {
	readonly item: LineItem;
	readonly amount: Money;
	readonly total?: Money;
}

function metadataFrom(pairs: ReadonlyArray<z.output<typeof pair>>): Metadata {
	const filled = pairs.filter(({ key }) => key.trim() !== '');
	// Square brackets would nest the value in Stripe's form.
	const wrong = filled.find(({ key, value }) => key.trim().length > 40 || value.length > 500 || /[[\]]/.test(key));
	if (wrong === undefined && filled.length <= MOST_METADATA) {
		return Object.fromEntries(filled.map(({ key, value }) => [key.trim(), value]));
	}
	throw new InvalidInput({
		message:
			wrong === undefined
				? `'Metadata' has more than ${MOST_METADATA} values`
				: `'Metadata' cannot be kept at '${wrong.key.slice(0, 40)}'`,
		description: 'A key has up to 40 characters and no square brackets, a value up to 500.',
		parameter: 'Metadata',
	});
}

async function pricedInStripe(
	context: OperationContext,
	{ stripe }: StripePaymentLinkServices,
	kind: PaymentOrder['kind'],
	name: string,
	quantity: number,
): Promise<Priced> {
	const id = parameter(context, 'price', 'Price', words).trim();
	if (id === '') {
		throw new InvalidInput({
			message: "'Price' is empty",
			description: 'Choose a price from the list.',
			parameter: 'Price',
		});
	}
	const price = await getPrice(stripe, id);
	const recurs = price.recurring !== null && price.recurring !== undefined;
	if (typeof price.unit_amount !== 'number' || !price.active || recurs !== (kind === 'subscription')) {
		throw new InvalidInput({
			message: `'Price' cannot be used: ${
				!price.active
					? 'it is not sold any more'
					: typeof price.unit_amount !== 'number'
						? 'it has no fixed amount'
						: recurs
							? 'it is paid again and again'
							: 'it is paid once'
			}`,
			description: "Choose another price, or change 'Kind'.",
			parameter: 'Price',
		});
	}
	const whole = { minor: price.unit_amount * quantity, currency: readCurrency(price.currency) };
	if (kind !== 'deposit') return { item: { price: id, quantity }, amount: whole };
	return depositItem(context, whole, name);
}

function pricedHere(
	context: OperationContext,
	kind: PaymentOrder['kind'],
	name: string,
	quantity: number,
	recurring: Recurring | undefined,
): Priced {
	const currency = readCurrency(parameter(context, 'currency', 'Currency', words));
	const written = parameter(context, 'amount', 'Amount', z.union([z.string(), z.number()]));
	// The least that is charged is held against all pieces together.
	const said = readPositiveMoney(written, currency);
	if (kind === 'deposit') return depositItem(context, said, name);
	const whole = checkedMoney({ minor: said.minor * quantity, currency });
	return { item: { currency, unitAmount: said.minor, name, quantity, recurring }, amount: whole };
}

/** What the inbox's payment dialog, or any other node, asks for in the item itself. */
const itemRequest = z.object({
	amount: z.union([z.string(), z.number()]),
	currency: z.string(),
	description: z.string().transform((text) => text.trim()),
	kind: z.enum(['full', 'deposit', 'subscription']).default('full'),
	/** Of which a deposit is part. */
	total: z.union([z.string(), z.number()]).optional(),
	interval: z.enum(['day', 'week', 'month', 'year']).default('month'),
});

function requestInItem({ item }: OperationContext): z.output<typeof itemRequest> {
	const asked = itemRequest.safeParse(item.json);
	if (asked.success) return asked.data;
	throw new InvalidInput({
		message: `'Price Source' finds no request in the item: '${String(asked.error.issues[0]?.path[0])}' is missing or has another form`,
		description: "Give the item 'amount', 'currency' and 'description', or choose 'Amount' in 'Price Source'.",
		parameter: 'Price Source',
	});
}

function pricedInItem(asked: z.output<typeof itemRequest>, intervalCount: number): Priced {
	const currency = readCurrency(asked.currency);
	const money = readMoney(asked.amount, currency);
	const { description: name, kind, interval } = asked;
	const total =
		kind === 'deposit' && asked.total !== undefined ? readPositiveMoney(asked.total, currency, 'total') : undefined;
	if (total !== undefined && money.minor >= total.minor) {
		throw new InvalidInput({
			message: `'amount' of the item is no deposit: it is not less than 'total', ${writeMoney(total, 'en-US')}`,
			description: "Give the item the 'kind' 'full' to collect the whole.",
			parameter: 'Price Source',
		});
	}
	return {
		item: {
			currency,
			unitAmount: money.minor,
			name,
			quantity: 1,
			...(kind === 'subscription' ? { recurring: { interval, intervalCount } } : {}),
		},
		amount: money,
		...(total === undefined ? {} : { total }),
	};
}

function depositItem(context: OperationContext, total: Money, name: string): Priced {
	const part = depositOf(context, total);
	return {
		item: { currency: total.currency, unitAmount: part.minor, name, quantity: 1 },
		amount: part,
		total,
	};
}

function depositOf(context: OperationContext, total: Money): Money {
	const by = parameter(context, 'depositBy', 'Deposit By', z.enum(['amount', 'percentage']));
	if (by === 'percentage') {
		return shareOf(total, parameter(context, 'depositPercentage', 'Deposit Percentage', amount));
	}
	const written = parameter(context, 'depositAmount', 'Deposit Amount', z.union([z.string(), z.number()]));
	const part = readMoney(written, total.currency, 'Deposit Amount');
	if (part.minor < total.minor) return part;
	throw new InvalidInput({
		message: "'Deposit Amount' is not less than the total in 'Amount'",
		description: "Choose 'One-Time' in 'Kind' to collect the whole.",
		parameter: 'Deposit Amount',
	});
}

const itemIds = z.object({
	caseId: z.string().optional().catch(undefined),
	leadId: z.string().optional().catch(undefined),
	advisorId: z.string().optional().catch(undefined),
});

interface Asked {
	readonly kind: PaymentOrder['kind'];
	readonly description: string;
	readonly quantity: number;
	readonly priced: Priced;
}

/** What is paid for, from the item or from the fields. @throws InvalidInput */
async function askedToPay(
	context: OperationContext,
	services: StripePaymentLinkServices,
	intervalCount: number,
): Promise<Asked> {
	const source = parameter(context, 'priceSource', 'Price Source', words);
	if (source === 'item') {
		const asked = requestInItem(context);
		const { kind } = asked;
		const description = checkedDescription(asked.description);
		return { kind, description, quantity: 1, priced: pricedInItem(asked, intervalCount) };
	}
	const kind = parameter(context, 'kind', 'Kind', z.enum(['full', 'deposit', 'subscription']));
	const description = checkedDescription(parameter(context, 'description', 'Description', words).trim());
	const quantity =
		kind === 'deposit' ? 1 : parameter(context, 'quantity', 'Quantity', z.coerce.number().int().min(1).max(999_999));
	if (source === 'existing') {
		return {
			kind,
			description,
			quantity,
			priced: await pricedInStripe(context, services, kind, description, quantity),
		};
	}
	const recurring: Recurring | undefined =
		kind === 'subscription'
			? {
					interval: parameter(context, 'interval', 'Interval', z.enum(['day', 'week', 'month', 'year'])),
					intervalCount,
				}
			: undefined;
	return { kind, description, quantity, priced: pricedHere(context, kind, description, quantity, recurring) };
}

/** By the option, else by the item, else by the case that is paid for. @throws InvalidInput */
async function invoiceDataOf(
	{ item }: OperationContext,
	{ store }: StripePaymentLinkServices,
	chosen: z.output<typeof invoiceSchema> | undefined,
	caseId: string | undefined,
): Promise<InvoiceData | undefined> {
	const { profile } = await profileInForce(store);
	const inItem = chosen ?? invoiceElsewhere.safeParse(item.json).data;
	if (inItem !== undefined) return readInvoiceData(inItem, profile.country);
	if (caseId === undefined) return undefined;
	const paidFor = await findCase(store.db, store.workspaceId, caseId);
	const inCase = invoiceElsewhere.safeParse(JSON.parse(paidFor?.fields ?? '{}')).data;
	return inCase === undefined ? undefined : readInvoiceData(inCase, profile.country);
}

/** What the item and the node's fields ask to be paid. @throws InvalidInput */
async function orderOfItem(
	context: OperationContext,
	services: StripePaymentLinkServices,
	page: PaymentPage,
): Promise<PaymentOrder> {
	const options = parameter(context, 'options', 'Options', orderOptionsSchema);
	const crm = crmItemIfAny(context);
	const asked = await askedToPay(context, services, options.intervalCount ?? 1);
	const { kind, description, quantity } = asked;
	const label = options.buttonLabel;
	if (label !== undefined && label.length > LIMITS.urlButtonLabel) {
		throw new InvalidInput({
			message: `'Button Label' is longer than ${LIMITS.urlButtonLabel} characters`,
			description: 'Shorten it: WhatsApp refuses longer labels.',
			parameter: 'Button Label',
		});
	}
	const { caseId, leadId, advisorId } = itemIds.parse(context.item.json);
	const invoice = await invoiceDataOf(context, services, options.invoice?.data, caseId);
	return {
		...asked.priced,
		...(invoice === undefined ? {} : { invoice }),
		...(options.adjustableQuantity === true && kind !== 'deposit'
			? { item: { ...asked.priced.item, adjustable: { minimum: 1, maximum: Math.max(MOST_ADJUSTABLE, quantity) } } }
			: {}),
		requestId: requestIdOf(context, options.requestId, crm?.requestId),
		kind,
		description,
		page,
		collectPhone: options.collectPhone === true,
		locale: options.locale,
		metadata: metadataFrom(options.metadata),
		customer: crm === undefined ? undefined : { contactId: crm.contactId, conversationId: crm.conversationId },
		caseId,
		leadId,
		emissionId: crm?.emissionId,
		requestedBy: advisorId === undefined ? undefined : `advisor:${advisorId}`,
		text: options.text,
		buttonLabel: label,
	};
}

/** Makes the payment with its page, and queues the message; by hand shows both instead. */
export async function collect(
	context: OperationContext,
	services: StripePaymentLinkServices,
	page: PaymentPage,
): Promise<IDataObject> {
	return await collectFor(context, services, await orderOfItem(context, services, page));
}

/** The same for an order that the fields of another operation make. */
export async function collectFor(
	context: OperationContext,
	{ store, stripe }: StripePaymentLinkServices,
	order: PaymentOrder,
): Promise<IDataObject> {
	const { page } = order;
	const crm = crmItemIfAny(context);
	const carried = crm === undefined ? {} : { crm: { ...crm } as IDataObject };
	const shown = { kind: order.kind, currency: order.amount.currency, description: order.description };
	if (context.manual) {
		const { request, message, amountText, conversation } = await previewOrder(store, stripe, order);
		const contact =
			conversation === undefined ? undefined : await getContact(store.db, store.workspaceId, conversation.contact_id);
		const queued =
			conversation === undefined
				? {}
				: {
						queued: {
							phoneNumberId: conversation.channel_id,
							to: { waId: contact?.phone?.slice(1) },
							messages: [message],
						},
					};
		return { ...carried, simulated: true, request, amountText, ...shown, message, ...queued } as unknown as IDataObject;
	}
	const { payment, outboxIds, message, amountText } = await collectOrder(store, stripe, order);
	return {
		crm: crm === undefined ? { workspaceId: store.workspaceId } : { ...crm, outboxIds: [...outboxIds] },
		paymentId: payment.id,
		state: payment.state,
		mode: payment.mode,
		[page.kind === 'link' ? 'paymentLinkId' : 'sessionId']: payment.provider_id,
		url: payment.url,
		amountText,
		...shown,
		requestId: payment.request_id,
		message,
	} as unknown as IDataObject;
}
