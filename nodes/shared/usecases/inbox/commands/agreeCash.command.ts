import { decimalOf, readCurrency, readPositiveMoney, writeMoney } from '../../../domain/payments/money';
import { localeOf } from '../../../domain/profile/locale';
import { casesOfContact, findCase, type CaseRow } from '../../../store/repositories/cases';
import { openLeadOfContact } from '../../../store/repositories/leads';
import type { Store, StoreTransaction } from '../../../store/store';
import { assertCashIsNew } from '../../payments/cashPayments';
import { recordCashInside } from '../../payments/recordCashOnDelivery';
import { notFound } from '../viewer';
import { attendWhileCollecting } from './attendWhileCollecting';
import type { Command } from './command';
import { conversationSubject } from './locate';
import { requestOf } from '../requestOf';

/** The case that was chosen, which must be the customer's; else the newest open one. */
async function deliveredCase(
	tx: StoreTransaction,
	store: Store,
	contactId: string,
	caseId: string | undefined,
): Promise<CaseRow | undefined> {
	if (caseId === undefined) {
		const [newest] = await casesOfContact(tx, store.workspaceId, contactId, { onlyOpen: true, limit: 1 });
		return newest;
	}
	const found = await findCase(tx, store.workspaceId, caseId);
	if (found?.id !== caseId || found.contact_id !== contactId) throw notFound('case');
	return found;
}

/** Records that customer and advisor agreed on cash on delivery; nothing is confirmed by it. */
export const agreeCash: Command<'agreeCash'> = {
	about: 'customer',
	locate: conversationSubject,
	async run(tx, context, { contactId }, input) {
		const { store, profile, actor } = context;
		const { conversationId, description, despitePaid } = input;
		const money = readPositiveMoney(input.amount, readCurrency(input.currency));
		const paidFor = await deliveredCase(tx, store, contactId, input.caseId);
		const lead = await openLeadOfContact(tx, store.workspaceId, contactId);
		const leadId = paidFor?.lead_id ?? lead?.id;
		await assertCashIsNew(
			tx,
			store,
			profile,
			{
				contact_id: contactId,
				conversation_id: conversationId,
				case_id: paidFor?.id ?? null,
				lead_id: leadId ?? null,
			},
			despitePaid,
		);
		await attendWhileCollecting(tx, context, conversationId);
		const { payment } = await recordCashInside(tx, store, profile, {
			money,
			description,
			requestId: requestOf(context),
			actor,
			contactId,
			conversationId,
			paidFor,
			leadId,
		});
		const amount = decimalOf(money);
		const { currency } = money;
		return {
			answer: { paymentId: payment.id, amount, currency },
			output: 'cash',
			item: {
				action: 'agreed',
				paymentId: payment.id,
				amount,
				currency,
				amountText: writeMoney(money, localeOf(profile.language, profile)),
				description,
				...(paidFor === undefined ? {} : { caseId: paidFor.id, number: paidFor.number }),
				...(leadId === undefined ? {} : { leadId }),
			},
		};
	},
};
