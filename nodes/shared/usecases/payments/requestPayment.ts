import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { InvalidInput } from '../../domain/invalidInput';
import type { InvoiceData } from '../../domain/payments/invoiceData';
import { decimalOf } from '../../domain/payments/money';
import { NO_FACTS, type PaymentMode } from '../../domain/payments/payment';
import { RequestFailure } from '../../http/failure';
import { repeatsOwnFailure } from '../../http/ownFailure';
import { appendAudit } from '../../store/repositories/auditLog';
import {
	getPayment,
	insertPayment,
	paymentOfRequest,
	updatePayment,
	type PaymentRow,
} from '../../store/repositories/payments';
import type { Store, StoreTransaction } from '../../store/store';
import { profileInForce } from '../profile/businessProfile';
import { planReminder } from './planReminder';

/** What a customer is asked to pay. */
export interface PaymentRequest {
	/** One request makes one payment and one link, however often it arrives. */
	readonly requestId: string;
	/** Who collects it. */
	readonly provider: string;
	readonly mode: PaymentMode;
	readonly kind: PaymentRow['kind'];
	/** In minor units of the currency. */
	readonly amount: number;
	/** ISO 4217. */
	readonly currency: string;
	readonly description?: string;
	/** How many may be bought, what a deposit is part of, data for the invoice. */
	readonly details?: PaymentDetails;
	readonly contactId?: string;
	readonly conversationId?: string;
	readonly caseId?: string;
	readonly leadId?: string;
	/** The payment whose page has expired and that this one asks for again. */
	readonly replaces?: string;
	/** `advisor:<id>`, `workflow` … */
	readonly requestedBy?: string;
}

export interface PaymentDetails {
	/** Of what may be bought more than once: the price of one, and how many. Absent: the amount is exact. */
	readonly adjustable?: { readonly unitAmount: number; readonly minimum: number; readonly maximum: number };
	/** How often it may be paid: once when absent, any number of times when 0. */
	readonly uses?: number;
	/** The whole of which a deposit is part, in minor units. */
	readonly total?: number;
	/** What the invoice is made out to. */
	readonly invoice?: InvoiceData;
	/** What only this provider's parser reads. */
	readonly [key: string]: unknown;
}

/** What the provider is asked with. The key is the same however often the request is made. */
export interface ProviderCall {
	readonly paymentId: string;
	readonly idempotencyKey: string;
	/** Under an earlier key the provider failed and may have made it all the same: look for it first. */
	readonly mayExist: boolean;
}

/** The link or session that the provider made. */
export interface CreatedAtProvider {
	/** The provider's id of it. */
	readonly providerId: string;
	readonly url: string;
	/** Milliseconds. */
	readonly expiresAt?: number;
}

/** How long a process may take to ask the provider before another one asks again, with the same key, ms. */
const CLAIM = 90_000;

/** How long a second caller waits for the first one's link, ms. */
const PATIENCE = 95_000;

/** Pauses between looks at another caller's claim, ms. */
const FIRST_LOOK = 20;
const LAST_LOOK = 1_000;

function sha256(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}

/** What a request is known by: the same asks for the same. */
export function digestOf(request: PaymentRequest): string {
	const { provider, mode, kind, amount, currency, description, contactId, conversationId, caseId, leadId } = request;
	return sha256(
		JSON.stringify([
			provider,
			mode,
			kind,
			amount,
			currency.toUpperCase(),
			description ?? null,
			request.details ?? {},
			contactId ?? null,
			conversationId ?? null,
			caseId ?? null,
			leadId ?? null,
		]),
	);
}

/** Under whose lock a payment is written. */
export function paymentLock(payment: { readonly contactId?: string | null; readonly requestId: string }): string {
	return typeof payment.contactId === 'string' ? `contact:${payment.contactId}` : `payment:${payment.requestId}`;
}

/** One locked transaction. @throws what `work` throws */
async function locked<T>(store: Store, key: string, work: (tx: StoreTransaction) => Promise<T>): Promise<T> {
	const [result] = await store.eachLocked([key], async (tx) => await work(tx));
	if (result === undefined || 'error' in result) throw result?.error ?? new Error('The payment was not written');
	return result.value;
}

/** A payment that is asked for and claimed by this process. */
export function paymentRowOf(store: Store, request: PaymentRequest, digest: string): PaymentRow {
	const now = store.now();
	return {
		id: store.newId(),
		workspace_id: store.workspaceId,
		contact_id: request.contactId ?? null,
		conversation_id: request.conversationId ?? null,
		case_id: request.caseId ?? null,
		lead_id: request.leadId ?? null,
		request_id: request.requestId,
		digest,
		provider: request.provider,
		mode: request.mode,
		kind: request.kind,
		amount: request.amount,
		currency: request.currency.toUpperCase(),
		description: request.description ?? null,
		details: JSON.stringify(request.details ?? {}),
		state: 'requested',
		facts: JSON.stringify(NO_FACTS),
		amount_paid: 0,
		amount_refunded: 0,
		paid_at: null,
		provider_id: null,
		url: null,
		// What was refused and is asked otherwise is another request to the provider.
		idempotency_key: sha256(`${store.workspaceId}\n${request.requestId}\n${digest}`),
		provider_attempt: null,
		owner: store.bootId,
		claimed_at: now,
		error: null,
		expires_at: null,
		replaces_id: request.replaces ?? null,
		replaced_by: null,
		open_matters: null,
		reminders: null,
		reminded_at: null,
		reminder_due_at: null,
		reminder_attempts: null,
		created_by: request.requestedBy ?? null,
		created_at: now,
		updated_at: now,
	};
}

type Claim =
	| { readonly is: 'ours'; readonly payment: PaymentRow }
	| { readonly is: 'linked'; readonly payment: PaymentRow }
	| { readonly is: 'busy' };

/** @throws InvalidInput always: the request has asked for something else */
export function refuseOther(known: PaymentRow): never {
	throw new InvalidInput({
		message: `'Request ID' ${known.request_id} has asked for another payment already`,
		description: 'Give what is to be paid now a request ID of its own, or leave it empty.',
		parameter: 'Request ID',
	});
}

/** Takes the request for this process, unless it has its link or another process is asking for it. */
async function claim(
	tx: StoreTransaction,
	store: Store,
	request: PaymentRequest,
	living: readonly string[],
): Promise<Claim> {
	const digest = digestOf(request);
	const row = paymentRowOf(store, request, digest);
	if (await insertPayment(tx, row)) return { is: 'ours', payment: row };
	const known = await paymentOfRequest(tx, store.workspaceId, request.requestId);
	if (known === undefined) return { is: 'busy' };
	const other = known.digest !== digest;
	if (known.provider_id !== null) return other ? refuseOther(known) : { is: 'linked', payment: known };
	const held = known.owner !== null && living.includes(known.owner) && store.now() < (known.claimed_at ?? 0) + CLAIM;
	if (held) return other ? refuseOther(known) : { is: 'busy' };
	// Only after a clear no: else the provider may have made the first link.
	if (other && known.error === null) refuseOther(known);
	const { id: _id, ...asked } = row;
	// Nothing was made, and what an hour ago was an hour ahead is not any more: it is asked for anew, under a key of its own.
	const anew = { ...asked, idempotency_key: sha256(`${row.idempotency_key}\n${row.created_at}`) };
	const changes = {
		...(known.error === null ? { owner: row.owner, claimed_at: row.claimed_at } : anew),
		error: null,
	};
	await updatePayment(tx, store, known.id, changes);
	return { is: 'ours', payment: { ...known, ...changes } };
}

const callOf = ({ id, idempotency_key: key, provider_attempt: attempt }: PaymentRow): ProviderCall => ({
	paymentId: id,
	idempotencyKey: attempt === null ? key : sha256(`${key}\n${attempt}`),
	mayExist: attempt !== null,
});

/** Whether the claim is still this process's: another one that took it over may have its link by now. */
const isOurs = (known: PaymentRow | undefined, { owner, claimed_at: claimedAt }: PaymentRow): known is PaymentRow =>
	known !== undefined && known.owner === owner && known.claimed_at === claimedAt;

/**
 * Goes on under the next key. A second page does no harm: nobody was given the address of a page that the provider made and did not
 * answer with.
 */
async function withNextKey(
	store: Store,
	request: PaymentRequest,
	payment: PaymentRow,
): Promise<PaymentRow | undefined> {
	return await locked(store, paymentLock(request), async (tx) => {
		const known = await getPayment(tx, store.workspaceId, payment.id);
		if (!isOurs(known, payment)) return undefined;
		const changes = { provider_attempt: (known.provider_attempt ?? 0) + 1, claimed_at: store.now() };
		await updatePayment(tx, store, payment.id, changes);
		return { ...known, ...changes };
	});
}

/** Asks the provider, once more under another key when it can only repeat a failure of its own. @throws what `create` throws */
async function askProvider(
	store: Store,
	request: PaymentRequest,
	payment: PaymentRow,
	create: (call: ProviderCall) => Promise<CreatedAtProvider>,
): Promise<{ readonly payment: PaymentRow; readonly created: CreatedAtProvider }> {
	let asked = payment;
	for (;;) {
		try {
			return { payment: asked, created: await create(callOf(asked)) };
		} catch (error) {
			const isFirst = asked === payment;
			const next = isFirst && repeatsOwnFailure(error) ? await withNextKey(store, request, asked) : undefined;
			if (next === undefined) {
				await giveBack(store, asked, request, error);
				throw error;
			}
			asked = next;
		}
	}
}

/** Whether the provider has certainly made nothing. */
function isClearNo(error: unknown): boolean {
	return (
		error instanceof InvalidInput ||
		(error instanceof RequestFailure && ['rejected', 'unauthorized', 'not_sent'].includes(error.kind))
	);
}

async function giveBack(store: Store, payment: PaymentRow, request: PaymentRequest, error: unknown): Promise<void> {
	await locked(store, paymentLock(request), async (tx) => {
		const known = await getPayment(tx, store.workspaceId, payment.id);
		if (!isOurs(known, payment)) return;
		await updatePayment(tx, store, payment.id, {
			owner: null,
			claimed_at: null,
			error: isClearNo(error) && error instanceof Error ? error.message : null,
		});
	});
}

async function keepLink(
	store: Store,
	request: PaymentRequest,
	payment: PaymentRow,
	created: CreatedAtProvider,
	whenLinked: WhenLinked | undefined,
): Promise<PaymentRow> {
	const { profile } = await profileInForce(store);
	return await locked(store, paymentLock(request), async (tx) => {
		const known = await getPayment(tx, store.workspaceId, payment.id);
		if (known === undefined) throw new Error(`Payment ${payment.id} is not in the store any more`);
		// The same key gives the same link: whoever stored it first has also queued its message.
		if (known.provider_id !== null) return known;
		const changes = {
			provider_id: created.providerId,
			url: created.url,
			expires_at: created.expiresAt ?? null,
			owner: null,
			claimed_at: null,
			error: null,
			reminder_due_at: await planReminder(tx, store, profile, known),
		};
		await updatePayment(tx, store, payment.id, changes);
		const linked: PaymentRow = { ...known, ...changes, updated_at: store.now() };
		await appendAudit(tx, store, {
			...(linked.contact_id === null ? {} : { contactId: linked.contact_id }),
			actor: linked.created_by ?? 'workflow',
			action: 'payment.link_created',
			subjectKind: 'payment',
			subjectId: linked.id,
			payload: {
				amount: decimalOf({ minor: linked.amount, currency: linked.currency }),
				currency: linked.currency,
				kind: linked.kind,
				provider: linked.provider,
				providerId: linked.provider_id,
				requestId: linked.request_id,
				mode: linked.mode,
			},
		});
		await whenLinked?.(tx, linked);
		return linked;
	});
}

/** What is done in the transaction that stores the link, once: queue the customer's message. Await nothing but `tx` in it. */
export type WhenLinked = (tx: StoreTransaction, payment: PaymentRow) => Promise<void>;

/**
 * Asks a provider for a link, once a request. The payment is in the store before the provider is asked, so that a crash in
 * between asks again with the same key and gets the same link; of several callers at once one asks, and the others get its link.
 * @throws InvalidInput when the request id was used for something else
 * @throws what `createAtProvider` throws; after a clear no the same request may be made again, also with other values
 */
export async function requestPayment(
	store: Store,
	request: PaymentRequest,
	createAtProvider: (call: ProviderCall) => Promise<CreatedAtProvider>,
	whenLinked?: WhenLinked,
): Promise<PaymentRow> {
	const until = Date.now() + PATIENCE;
	for (let look = FIRST_LOOK; ; look = Math.min(look * 2, LAST_LOOK)) {
		const living = await store.livingOwners();
		const claimed = await locked(store, paymentLock(request), async (tx) => await claim(tx, store, request, living));
		if (claimed.is === 'linked') return claimed.payment;
		if (claimed.is === 'ours') {
			const { payment, created } = await askProvider(store, request, claimed.payment, createAtProvider);
			return await keepLink(store, request, payment, created, whenLinked);
		}
		if (Date.now() >= until) {
			throw new InvalidInput({
				message: 'The payment link is still being made by another execution',
				description: 'Run this node again in a minute: it returns the same link.',
			});
		}
		await pause(look);
	}
}
