import type { ApprovalParameters } from '../../domain/approvals/approval';
import { mayWrite } from '../../domain/consent/mayWrite';
import { knownName } from '../../domain/identity/knownName';
import { InvalidInput } from '../../domain/invalidInput';
import { isWindowOpen } from '../../domain/messages/serviceWindow';
import { checkedMoney, writeMoney, type Money } from '../../domain/payments/money';
import { localeOf } from '../../domain/profile/locale';
import { getChannel } from '../../store/repositories/channels';
import { getContact } from '../../store/repositories/contacts';
import { getConversation } from '../../store/repositories/conversations';
import { paymentOfRequest } from '../../store/repositories/payments';
import type { Store } from '../../store/store';
import { approvalInWords } from '../../text/approvalTexts';
import type { ApprovedRequest } from '../approvals/useApproval';
import { profileInForce } from '../profile/businessProfile';
import type { PaymentOrder } from './collectOrder';

/** Of `approvals.operation`. */
export const LINK_OPERATION = 'stripePaymentLink.paymentLink.create';

/** What a model wants a customer to pay. */
export interface LinkWish {
	/** Of one piece. */
	readonly price: Money;
	readonly quantity: number;
	/** What it is for, as the customer reads it. */
	readonly description: string;
}

const describe = ({ quantity, description }: Pick<LinkWish, 'quantity' | 'description'>): string =>
	quantity === 1 ? description : `${quantity} × ${description}`;

/**
 * What a person is asked to approve: the whole amount, the customer, and what it is for, in the words that the customer reads.
 * @throws InvalidInput when nobody could pay so much
 */
export async function linkToApprove(
	store: Store,
	contactId: string,
	wish: LinkWish,
): Promise<{ readonly parameters: ApprovalParameters; readonly summary: string }> {
	const { price, quantity, description } = wish;
	const { currency } = price;
	const amount = checkedMoney({ minor: price.minor * quantity, currency });
	const { profile } = await profileInForce(store);
	const contact = await getContact(store.db, store.workspaceId, contactId);
	const locale = localeOf(profile.language, profile);
	const summary = approvalInWords('paymentLink', profile.language, {
		amount: writeMoney(amount, locale),
		customer: knownName(contact) ?? contactId,
		description: describe(wish),
	});
	return {
		parameters: { amount: amount.minor, unitAmount: price.minor, quantity, currency, description },
		summary,
	};
}

/** Days may lie between the wish and the doing: nobody gets a link that WhatsApp would not deliver, or after they opted out. */
async function assertReachable(store: Store, { approval, name }: ApprovedRequest): Promise<void> {
	const { workspaceId, db } = store;
	const conversation = await getConversation(db, workspaceId, approval.conversation_id);
	const contact = await getContact(db, workspaceId, approval.contact_id);
	const { profile } = await profileInForce(store);
	const now = store.now();
	const consent = { optedOutAt: contact?.opted_out_at ?? undefined };
	if (conversation === undefined || !mayWrite('service', consent, new Date(now), profile).allowed) {
		throw new InvalidInput({
			message: `The customer of ${name} is not written to any more`,
			description: 'They opted out, or their conversation is gone. No link was made.',
			parameter: 'Approval',
		});
	}
	const channel = await getChannel(db, workspaceId, conversation.channel_id);
	// Wazzup keeps the windows of its messengers itself.
	if (channel?.vendor === 'wazzup' || isWindowOpen(conversation.last_inbound_at, now)) return;
	throw new InvalidInput({
		message: `The customer of ${name} has not written for 24 hours, so WhatsApp delivers only templates to them`,
		description: 'No link was made. Write to them with an approved template, and have the link asked for again.',
		parameter: 'Approval',
	});
}

/**
 * The link that was approved, to the letter.
 * @throws InvalidInput when its message could not reach the customer any more; one that is made already is only asked for again
 */
export async function approvedLink(store: Store, approved: ApprovedRequest): Promise<PaymentOrder> {
	const { parameters, approval, requestId } = approved;
	const made = await paymentOfRequest(store.db, store.workspaceId, requestId);
	if (made === undefined || made.provider_id === null) await assertReachable(store, approved);
	const currency = String(parameters.currency);
	const quantity = Number(parameters.quantity);
	const description = String(parameters.description);
	return {
		requestId,
		kind: 'full',
		item: { currency, unitAmount: Number(parameters.unitAmount), name: description, quantity },
		amount: checkedMoney({ minor: Number(parameters.amount), currency }),
		description: describe({ quantity, description }),
		page: { kind: 'link', uses: 1 },
		collectPhone: false,
		metadata: {},
		customer: { contactId: approval.contact_id, conversationId: approval.conversation_id },
		requestedBy: 'assistant',
	};
}
