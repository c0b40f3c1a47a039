import { readAmount } from '../../domain/classifier/entities';
import { mayWrite } from '../../domain/consent/mayWrite';
import { knownName } from '../../domain/identity/knownName';
import type { OutboundMessage } from '../../domain/messages/outbound';
import { isWindowOpen } from '../../domain/messages/serviceWindow';
import { decimalOf, writeMoney } from '../../domain/payments/money';
import { comparedReference, looksLikeProof, paymentOfProof, type ReadFromProof } from '../../domain/payments/proof';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { localeOf } from '../../domain/profile/locale';
import { getAdvisor, listAdvisors, type AdvisorRow } from '../../store/repositories/advisors';
import { casesOfAttachment, earlierWithBytes, type AttachmentRow } from '../../store/repositories/attachments';
import { appendAudit, auditOfRequest } from '../../store/repositories/auditLog';
import { casesOfContact, findCase } from '../../store/repositories/cases';
import { getContact, type ContactRow } from '../../store/repositories/contacts';
import { getConversation, touchConversationsOf, type ConversationRow } from '../../store/repositories/conversations';
import { getMessage, messagesOfConversation } from '../../store/repositories/messages';
import { listPayments, type PaymentRow } from '../../store/repositories/payments';
import { firstWithReference, keepProofReference } from '../../store/repositories/proofReferences';
import type { Store, StoreTransaction } from '../../store/store';
import { proofForCustomer, proofForTeam, type ProofVerdict } from '../../text/paymentProofTexts';
import { profileInForce } from '../profile/businessProfile';
import { addCaseNoteInside } from '../cases/changeCase';
import { leaveNotification } from '../notify/leaveNotification';
import { supervisorsOf } from '../notify/tellSupervisors';
import { queueMessage } from '../send/queueMessage';
import { spokenLanguage } from '../dialogue/spokenLanguage';

const CHECKED = 'payment.proof_checked';

/** What somebody writes about a file is written around it, ms. */
const AROUND = 180_000;
const MESSAGES_AROUND = 10;

/** Payments of one customer that a proof may be of, newest first. */
const PAYMENTS = 50;

/** How long a link that was not paid makes a file without words look like its proof, ms. */
const OWES_FOR = 3 * 86_400_000;

const OPEN_STATES: ReadonlySet<PaymentRow['state']> = new Set(['requested', 'pending', 'failed', 'expired']);
/** Money that is here and stays here. */
const SIGNED_STATES: ReadonlySet<PaymentRow['state']> = new Set(['paid', 'partially_refunded']);

export interface CheckedProof {
	readonly verdict: ProofVerdict;
	/** The signed payment that it is of. */
	readonly paymentId?: string;
	/** What had come before: the file itself, or its reference in another file. */
	readonly usedBy?: 'file' | 'reference';
	/** Number of the case in which it was used before. */
	readonly usedInCase?: string;
	/** The customer's message, where one was queued. */
	readonly outboxId?: string;
	/** What the team was told. */
	readonly text: string;
}

interface Proof {
	readonly attachment: AttachmentRow & { readonly sha256: string };
	readonly contact: ContactRow;
	readonly conversation: ConversationRow;
	readonly payments: readonly PaymentRow[];
	readonly words: readonly string[];
}

async function wordsAround(
	tx: StoreTransaction,
	store: Store,
	conversation: ConversationRow,
	{ message_id: messageId, caption, created_at: at }: AttachmentRow,
): Promise<readonly string[]> {
	const page = { limit: MESSAGES_AROUND, since: at - AROUND };
	const messages = await messagesOfConversation(tx, store, conversation.id, page);
	const written = messages.filter(({ direction, id, text }) => direction === 'in' && id !== messageId && text !== null);
	return [caption ?? '', ...written.map(({ text }) => text ?? '')];
}

const owes = (payments: readonly PaymentRow[], now: number): boolean =>
	payments.some(({ state, created_at: at }) => OPEN_STATES.has(state) && at > now - OWES_FOR);

interface Finding {
	readonly verdict: ProofVerdict;
	readonly payment?: PaymentRow;
	readonly earlier?: { readonly by: 'file' | 'reference'; readonly at: number; readonly caseNumber?: string };
}

/** The file from which the number of this payment was read before: the same receipt, photographed or compressed anew, is known by it. */
async function earlierByReference(
	tx: StoreTransaction,
	store: Store,
	{ attachment, contact }: Proof,
	{ reference, amount }: ReadFromProof,
): Promise<AttachmentRow | undefined> {
	const compared = comparedReference(reference);
	// A model that reads the amount in its place would make all receipts of one amount the same.
	if (compared === undefined || Number(compared) === amount) return undefined;
	const digest = store.sign(`proof|${compared}`);
	// Of two customers at once, each under a lock of their own, one is the first.
	await store.lock(tx, `proof:${digest}`);
	const isNew = await keepProofReference(tx, store, { digest, attachmentId: attachment.id, contactId: contact.id });
	const first = await firstWithReference(tx, store.workspaceId, digest, isNew ? attachment.id : undefined);
	// What is read once more from the file that came with it first is no second use.
	return first?.id === attachment.id ? undefined : first;
}

async function usedBefore(
	tx: StoreTransaction,
	store: Store,
	earlier: AttachmentRow,
	by: 'file' | 'reference',
): Promise<Finding> {
	const [caseId] = await casesOfAttachment(tx, earlier.id);
	const usedIn = caseId === undefined ? undefined : await findCase(tx, store.workspaceId, caseId);
	return {
		verdict: 'used',
		earlier: { by, at: earlier.created_at, ...(usedIn === undefined ? {} : { caseNumber: usedIn.number }) },
	};
}

async function findingOf(tx: StoreTransaction, store: Store, proof: Proof, read: ReadFromProof): Promise<Finding> {
	const sameReference = await earlierByReference(tx, store, proof, read);
	const sameFile = await earlierWithBytes(tx, store.workspaceId, proof.attachment);
	if (sameFile !== undefined) return await usedBefore(tx, store, sameFile, 'file');
	if (sameReference !== undefined) return await usedBefore(tx, store, sameReference, 'reference');
	const signed = proof.payments.flatMap((payment) =>
		SIGNED_STATES.has(payment.state) && payment.paid_at !== null
			? [
					{
						id: payment.id,
						amount: Number(decimalOf({ minor: payment.amount_paid, currency: payment.currency })),
						paidAt: payment.paid_at,
						references: [payment.provider_id, ...Object.keys(attemptsOf(payment))].filter((id) => id !== null),
					},
				]
			: [],
	);
	const found = paymentOfProof(signed, store.now(), read);
	const payment = proof.payments.find(({ id }) => id === found?.id);
	return payment === undefined ? { verdict: 'none' } : { verdict: 'match', payment };
}

/** By the provider's ids, one of which a receipt may show. */
const attemptsOf = ({ facts }: PaymentRow): object => (JSON.parse(facts) as { readonly attempts: object }).attempts;

const amountOf = ({ amount_paid: minor, currency }: PaymentRow, locale: string): string =>
	writeMoney({ minor, currency }, locale);

/** The honest words, unless a person has the conversation; and a way to pay, where the customer has one. */
async function tellCustomer(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	{ attachment, contact, conversation, payments }: Proof,
	{ payment }: Finding,
): Promise<string | undefined> {
	const now = store.now();
	const attended = conversation.mode === 'human' || conversation.mode === 'mirrored';
	const allowed = mayWrite('service', { optedOutAt: contact.opted_out_at ?? undefined }, new Date(now), profile);
	if (attended || !allowed.allowed || !isWindowOpen(conversation.last_inbound_at, now)) return undefined;
	const language = spokenLanguage(conversation, profile);
	const open = payments.find(
		({ state, url, expires_at: until }) => OPEN_STATES.has(state) && url !== null && (until === null || until > now),
	);
	const url = payment === undefined ? open?.url : undefined;
	const { text, label } = proofForCustomer(language, {
		...(payment === undefined ? {} : { amount: amountOf(payment, localeOf(language, profile)) }),
		offers: typeof url === 'string',
	});
	const message: OutboundMessage =
		typeof url === 'string' ? { type: 'url_button', text, label, url } : { type: 'text', text };
	return await queueMessage(tx, store, conversation, {
		message,
		requestId: `payment_proof:${attachment.id}`,
		sequence: 0,
		author: 'bot',
		owner: store.bootId,
		// Nothing carries it: Due brings it to Send Queued.
		wakeAt: now,
	});
}

async function peopleOf(tx: StoreTransaction, store: Store, conversation: ConversationRow): Promise<AdvisorRow[]> {
	const { owner_advisor_id: ownerId } = conversation;
	const owner = ownerId === null ? undefined : await getAdvisor(tx, store.workspaceId, ownerId);
	return owner === undefined ? supervisorsOf(await listAdvisors(tx, store.workspaceId)) : [owner];
}

async function tellTeam(
	tx: StoreTransaction,
	store: Store,
	{ attachment, contact, conversation }: Proof,
	text: string,
	requestId: string,
): Promise<void> {
	const [openCase] = await casesOfContact(tx, store.workspaceId, contact.id, { onlyOpen: true, limit: 1 });
	for (const advisor of await peopleOf(tx, store, conversation)) {
		await leaveNotification(tx, store, advisor, {
			kind: CHECKED,
			text,
			requestId,
			contactId: contact.id,
			conversationId: conversation.id,
			...(openCase === undefined ? {} : { caseId: openCase.id }),
		});
	}
	if (openCase === undefined) return;
	const note = { caseKey: openCase.id, text, requestId: `${requestId}:${attachment.id}`, actor: 'bot' };
	await addCaseNoteInside(tx, store, note);
}

async function proofOf(tx: StoreTransaction, store: Store, attachment: AttachmentRow): Promise<Proof | undefined> {
	const { sha256 } = attachment;
	const message = await getMessage(tx, store.workspaceId, attachment.message_id);
	const contact = await getContact(tx, store.workspaceId, attachment.contact_id);
	if (sha256 === null || message?.direction !== 'in' || contact === undefined) return undefined;
	const conversation = await getConversation(tx, store.workspaceId, message.conversation_id);
	if (conversation === undefined) return undefined;
	return {
		attachment: { ...attachment, sha256 },
		contact,
		conversation,
		payments: await listPayments(tx, store.workspaceId, { contactId: contact.id, limit: PAYMENTS }),
		words: await wordsAround(tx, store, conversation, attachment),
	};
}

/**
 * A stored file that is probably meant as proof of a payment, held against signed payments and against earlier files, once. Nothing
 * is ever confirmed by it: the team reads match, none or used before, the customer reads that a file confirms nothing.
 * Under the customer's lock, in the transaction that stores the file.
 * @param read what a model or a person has read from the file; absent: what the customer wrote
 * @returns undefined when it is no proof
 */
export async function checkPaymentProofInside(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	attachment: AttachmentRow,
	read?: ReadFromProof,
): Promise<CheckedProof | undefined> {
	const proof = await proofOf(tx, store, attachment);
	if (proof === undefined) return undefined;
	const { type, filename } = attachment;
	const { words, payments, contact } = proof;
	const sent = { type, ...(filename === null ? {} : { filename }), words, owes: owes(payments, store.now()) };
	if (read === undefined && !looksLikeProof(sent)) return undefined;
	const requestId = `payment_proof:${attachment.id}${read === undefined ? '' : `:${JSON.stringify(read)}`}`;
	const line = { chain: contact.id, action: CHECKED, subjectId: attachment.id, requestId };
	const done = await auditOfRequest(tx, store.workspaceId, line);
	if (done !== undefined) return (JSON.parse(done.payload ?? '{}') as { readonly checked?: CheckedProof }).checked;
	const amount = read?.amount ?? words.map(readAmount).find((one) => one !== undefined);
	const finding = await findingOf(tx, store, proof, { ...read, ...(amount === undefined ? {} : { amount }) });
	const { verdict, payment, earlier } = finding;
	const locale = localeOf(profile.language, profile);
	const text = proofForTeam(profile.language, verdict, {
		customer: knownName(contact) ?? contact.id,
		...(payment === undefined ? {} : { amount: amountOf(payment, locale) }),
		...(earlier === undefined
			? {}
			: { date: new Intl.DateTimeFormat(locale, { timeZone: profile.timeZone }).format(earlier.at) }),
		...(earlier?.caseNumber === undefined ? {} : { number: earlier.caseNumber }),
		...(earlier?.by === 'reference' ? { reference: read?.reference ?? '' } : {}),
	});
	await tellTeam(tx, store, proof, text, requestId);
	// What is read of it afterwards changes what the team knows; the customer has been answered.
	const outboxId = read === undefined ? await tellCustomer(tx, store, profile, proof, finding) : undefined;
	const checked: CheckedProof = {
		verdict,
		...(payment === undefined ? {} : { paymentId: payment.id }),
		...(earlier === undefined ? {} : { usedBy: earlier.by }),
		...(earlier?.caseNumber === undefined ? {} : { usedInCase: earlier.caseNumber }),
		...(outboxId === undefined ? {} : { outboxId }),
		text,
	};
	await appendAudit(tx, store, {
		contactId: contact.id,
		actor: 'bot',
		action: CHECKED,
		subjectKind: 'attachment',
		subjectId: attachment.id,
		payload: { verdict, number: earlier?.caseNumber, sha256: proof.attachment.sha256, requestId, checked },
	});
	await touchConversationsOf(tx, store, contact.id);
	return checked;
}

/**
 * The same for what somebody has read from a stored file: a model, a person. The team learns what fits it; the customer has been
 * answered when the file came.
 * @returns undefined when it is no file of a customer
 */
export async function checkReadProof(
	store: Store,
	attachment: AttachmentRow,
	read: ReadFromProof,
): Promise<CheckedProof | undefined> {
	const { profile } = await profileInForce(store);
	const [result] = await store.eachLocked(
		[`contact:${attachment.contact_id}`],
		async (tx) => await checkPaymentProofInside(tx, store, profile, attachment, read),
	);
	if (result !== undefined && 'error' in result) throw result.error;
	return result?.value;
}
