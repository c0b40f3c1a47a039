import { decimalOf } from '../../domain/payments/money';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { casesOfContact } from '../../store/repositories/cases';
import type { ConversationRow } from '../../store/repositories/conversations';
import { messagesOfConversation, type MessageRow } from '../../store/repositories/messages';
import { listPayments } from '../../store/repositories/payments';
import type { Store, StoreTransaction } from '../../store/store';
import type { ContactFacts } from '../../domain/conversation/types';
import type { ItemJson } from '../emit/items';
import { stateOf } from '../dialogue/stepWriter';

/** What an assistant remembers of a customer: enough for a conversation, little enough for any model. */
const REMEMBERED = 30;
const LONGEST_LINE = 500;
const CASES = 10;
const PAYMENTS = 10;

const WHO: Readonly<Record<MessageRow['author'], string>> = {
	customer: 'Customer',
	bot: 'Business',
	workflow: 'Business',
	advisor: 'Advisor',
	phone: 'Advisor',
};

const minutes = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');

function lineOf({ author, at, text, type }: MessageRow): string {
	const said = (text ?? `(${type})`).replace(/\s+/g, ' ').slice(0, LONGEST_LINE);
	return `[${minutes(at)}] ${WHO[author]}: ${said}`;
}

/**
 * What an assistant is told of a turn: the question, what was said before in this conversation whichever execution it was in, and the
 * customer's own cases and payments. Nothing of anybody else.
 */
export async function assistantItem(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	conversation: ConversationRow,
	contact: ContactFacts,
	pending: readonly MessageRow[],
): Promise<ItemJson> {
	const { workspaceId } = store;
	const asked = new Set(pending.map(({ id }) => id));
	const recent = await messagesOfConversation(tx, store, conversation.id, { limit: REMEMBERED + asked.size });
	const cases = await casesOfContact(tx, workspaceId, contact.contactId, { onlyOpen: false, limit: CASES });
	const payments = await listPayments(tx, workspaceId, { contactId: contact.contactId, limit: PAYMENTS });
	return {
		question: pending.map(({ text }) => text ?? '').join('\n'),
		history: recent
			.filter(({ id, deleted_at: deletedAt }) => !asked.has(id) && deletedAt === null)
			.reverse()
			.map(lineOf)
			.join('\n'),
		customer: contact.name,
		language: stateOf(conversation, profile).language,
		business: profile.name,
		cases: cases.map(({ number, type, status, subject, updated_at: updatedAt }) => ({
			number,
			type,
			status,
			subject,
			updatedAt: minutes(updatedAt),
		})),
		payments: payments.map((payment) => ({
			paymentId: payment.id,
			state: payment.state,
			amount: decimalOf({ minor: payment.amount, currency: payment.currency }),
			refunded: decimalOf({ minor: payment.amount_refunded, currency: payment.currency }),
			currency: payment.currency,
			description: payment.description,
			createdAt: minutes(payment.created_at),
		})),
	};
}
