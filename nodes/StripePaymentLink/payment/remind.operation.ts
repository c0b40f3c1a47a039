import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { InvalidInput } from '../../shared/domain/invalidInput';
import type { OperationContext } from '../../shared/n8n/operation';
import { optionsOf, parameter } from '../../shared/n8n/parameters';
import { crmItemIfAny } from '../../shared/n8n/requestId';
import { chosenOption } from '../../shared/n8n/storeLists';
import { getPayment, type PaymentRow } from '../../shared/store/repositories/payments';
import { ownerOfEmission } from '../../shared/usecases/emit/emissions';
import { previewReminder, remindPayment } from '../../shared/usecases/payments/remindPayment';
import { stripePages } from '../../shared/usecases/stripe/stripePages';
import type { StripePaymentLinkOperation, StripePaymentLinkServices } from '../services';
import { paymentCard, paymentField } from './paymentField';

/** What Due hands out of a payment. */
const dueItem = z.object({
	paymentId: z.string().optional().catch(undefined),
	payment: z.object({ id: z.string() }).optional().catch(undefined),
	reminder: z.object({ until: z.number() }).optional().catch(undefined),
});

async function paymentOfItem(
	context: OperationContext,
	{ store }: StripePaymentLinkServices,
): Promise<PaymentRow | undefined> {
	const options = parameter(context, 'options', 'Options', optionsOf({ payment: chosenOption }));
	const { paymentId, payment } = dueItem.parse(context.item.json);
	const id = options.payment ?? paymentId ?? payment?.id;
	return id === undefined ? undefined : await getPayment(store.db, store.workspaceId, id);
}

export const remindOperation: StripePaymentLinkOperation = {
	value: 'remind',
	name: 'Remind',
	action: 'Remind of payment',
	description: 'Queue a reminder for a customer who has not paid, with a new page where the earlier one has expired',
	properties: [
		{
			displayName:
				'Connect it behind <b>Due</b> of the Stripe Payment Trigger: a payment arrives there when its time has come, as often as <b>Payment Reminders</b> of the business profile says, in its <b>Contact Hours</b>. Other items pass as <b>skipped</b>. Connect <b>WhatsApp Cloud: Send Queued</b> behind it.',
			name: 'remindNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [{ ...paymentField, required: false, description: "Instead of the item's own payment" }],
		},
	],
	customerOf: async (context, services) => (await paymentOfItem(context, services))?.contact_id ?? undefined,
	async execute(context, services) {
		const { store, stripe } = services;
		const payment = await paymentOfItem(context, services);
		const crm = crmItemIfAny(context);
		const carried = crm === undefined ? {} : { crm: { ...crm } as IDataObject };
		if (payment === undefined) return { ...carried, skipped: true, reason: 'The item brings no payment' };
		if (payment.provider !== 'stripe') {
			throw new InvalidInput({
				message: `Payment '${payment.id}' is not collected with Stripe but with '${payment.provider}'`,
				description: 'Remind of it with the node of whoever collects it.',
				parameter: 'Payment',
			});
		}
		if (context.manual) {
			const preview = await previewReminder(store, payment);
			if ('reason' in preview) return { ...carried, simulated: true, skipped: true, reason: preview.reason };
			const { message, conversation, contact } = preview;
			return {
				...carried,
				simulated: true,
				...paymentCard(payment),
				message,
				queued: {
					phoneNumberId: conversation.channel_id,
					to: { waId: contact.phone?.slice(1) },
					messages: [message],
				},
			} as unknown as IDataObject;
		}
		const { reminder } = dueItem.parse(context.item.json);
		const outcome = await remindPayment(store, stripePages(store, stripe), payment, {
			paymentId: payment.id,
			until: reminder?.until,
			owner: crm?.emissionId === undefined ? store.bootId : ownerOfEmission(crm.emissionId),
		});
		const card = paymentCard(outcome.payment);
		if (!outcome.sent) {
			const { reason, nextAt } = outcome;
			const next = nextAt === undefined ? {} : { nextReminderAt: new Date(nextAt).toISOString() };
			return { ...carried, skipped: true, reason, ...next, ...card };
		}
		const { number, renewed, message, outboxId } = outcome;
		return {
			...(crm === undefined ? {} : { crm: { ...crm, outboxIds: [outboxId] } }),
			...card,
			reminder: number,
			renewed,
			message,
		} as unknown as IDataObject;
	},
};
