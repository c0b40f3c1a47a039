import { knownName } from '../../domain/identity/knownName';
import { decimalOf, writeMoney } from '../../domain/payments/money';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { localeOf } from '../../domain/profile/locale';
import { getContact } from '../../store/repositories/contacts';
import { getConversation, type ConversationRow } from '../../store/repositories/conversations';
import { claimPaymentReminder, duePaymentReminders, type PaymentRow } from '../../store/repositories/payments';
import { toldByTrigger } from '../../store/repositories/paymentTriggers';
import type { Store, StoreTransaction } from '../../store/store';
import { profileInForce } from '../profile/businessProfile';
import type { ItemJson } from '../emit/items';

/** Reminders of one look; what is beyond waits for the next second. */
const BATCH = 100;

/** How long an execution has to remind before another one is started for it, ms; doubled with every attempt. */
const LEASE = 120_000;

/** After so many executions nobody is reminded: no branch of the workflow does it, or its provider stays away for an hour. */
const ATTEMPTS = 5;

/** The execution that reminds: of which trigger, and by which profile. */
interface Emission {
	readonly webhookId: string;
	readonly emissionId: string;
	readonly profile: BusinessProfile;
}

/** A payment that this execution has to itself until then. */
interface Claimed {
	readonly payment: PaymentRow;
	readonly conversation: ConversationRow;
	readonly customer: string | undefined;
	readonly until: number;
}

function itemOf(
	store: Store,
	{ webhookId, emissionId, profile }: Emission,
	{ payment, conversation, customer, until }: Claimed,
): ItemJson {
	const money = { minor: payment.amount, currency: payment.currency };
	const number = (payment.reminders ?? 0) + 1;
	return {
		due: 'payment_reminder',
		paymentId: payment.id,
		reminder: { number, of: profile.payments.reminders, until },
		state: payment.state,
		description: payment.description,
		amount: decimalOf(money),
		amountText: writeMoney(money, localeOf(profile.language, profile)),
		currency: payment.currency,
		customer,
		crm: {
			workspaceId: store.workspaceId,
			webhookId,
			channelId: conversation.channel_id,
			contactId: conversation.contact_id,
			conversationId: conversation.id,
			requestId: `payment:${payment.id}:reminder:${number}`,
			emissionId,
		},
	};
}

async function take(
	tx: StoreTransaction,
	store: Store,
	emission: Emission,
	payment: PaymentRow,
): Promise<ItemJson | undefined> {
	const { contact_id: contactId, conversation_id: conversationId } = payment;
	const before = payment.reminder_attempts ?? 0;
	const conversation =
		conversationId === null ? undefined : await getConversation(tx, store.workspaceId, conversationId);
	if (before >= ATTEMPTS || contactId === null || conversation === undefined) {
		await claimPaymentReminder(tx, payment, { until: null, attempts: before });
		return undefined;
	}
	const until = store.now() + LEASE * 2 ** before;
	// Two processes look at the same second: one of them starts the execution.
	if (!(await claimPaymentReminder(tx, payment, { until, attempts: before + 1 }))) return undefined;
	const customer = knownName(await getContact(tx, store.workspaceId, contactId));
	return itemOf(store, emission, { payment, conversation, customer, until });
}

/**
 * Payments that a trigger tells of and whose customers are to be reminded now. Who dies with one leaves it to the next look after
 * its lease; the reminder itself is written once (`remindPayment`).
 */
export async function dueReminders(store: Store, webhookId: string, emissionId: string): Promise<ItemJson[]> {
	const items: ItemJson[] = [];
	for (const told of await toldByTrigger(store.db, store.workspaceId, webhookId)) {
		const payments = await duePaymentReminders(store.db, store, told, BATCH);
		if (payments.length === 0) continue;
		const { profile } = await profileInForce(store);
		await store.transaction(async (tx) => {
			for (const payment of payments) {
				const item = await take(tx, store, { webhookId, emissionId, profile }, payment);
				if (item !== undefined) items.push(item);
			}
		});
	}
	return items;
}
