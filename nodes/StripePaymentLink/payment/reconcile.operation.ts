import type { IDataObject } from 'n8n-workflow';

import { modeOf } from '../../shared/clients/stripe/credential';
import { InvalidInput } from '../../shared/domain/invalidInput';
import { localDay } from '../../shared/domain/metrics/localDay';
import { writeMoney } from '../../shared/domain/payments/money';
import { localeOf } from '../../shared/domain/profile/locale';
import { everybodysData } from '../../shared/n8n/everybodysData';
import { amount, parameter } from '../../shared/n8n/parameters';
import { paymentTrigger } from '../../shared/store/repositories/paymentTriggers';
import type { Store } from '../../shared/store/store';
import { reconciliationInWords } from '../../shared/text/reconciliationTexts';
import { profileInForce } from '../../shared/usecases/profile/businessProfile';
import {
	previewReconciliation,
	reconcilePayments,
	type Reconciled,
} from '../../shared/usecases/payments/reconcilePayments';
import { stripeProvider } from '../../shared/usecases/stripe/stripeProvider';
import type { StripePaymentLinkOperation } from '../services';
import { paymentCard } from './paymentField';

const DAY = 86_400_000;

const MOST_DAYS = 90;

async function reportOf(store: Store, { compared, foreign, differences }: Reconciled): Promise<IDataObject> {
	const mismatches = differences.filter(({ mismatch }) => mismatch !== undefined).length;
	const { profile } = await profileInForce(store);
	const { language, timeZone } = profile;
	const locale = localeOf(language, profile);
	const day = localDay(store.now(), timeZone);
	const { title, text } = reconciliationInWords(
		{
			business: profile.name,
			provider: 'Stripe',
			day,
			compared,
			foreign,
			differences: differences.map(({ payment, before, mismatch }) => ({
				amount: writeMoney({ minor: payment.amount, currency: payment.currency }, locale),
				description: payment.description,
				before,
				after: payment.state,
				...(mismatch === undefined ? {} : { mismatch }),
			})),
		},
		language,
	);
	return {
		title,
		text,
		// Whoever is told of it is told of each run once.
		requestId: `reconciliation:${store.now()}`,
		compared,
		foreign,
		repaired: differences.length - mismatches,
		mismatches,
		differences: differences.map(({ payment, before, news, mismatch }) => ({
			...paymentCard(payment),
			stateBefore: before,
			news: [...news],
			mismatch: mismatch ?? null,
		})),
	};
}

export const reconcileOperation: StripePaymentLinkOperation = {
	value: 'reconcile',
	name: 'Reconcile',
	action: 'Reconcile payments',
	description: 'Compare payments and refunds with Stripe, and take in what a lost webhook left out',
	properties: [
		{
			displayName: 'Days',
			name: 'days',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: MOST_DAYS },
			default: 2,
			required: true,
			description:
				'How far back to look; what is still open is looked at however old it is. What was missed leaves on the outputs of the Stripe Payment Trigger, as if it had come.',
		},
	],
	customerOf: everybodysData,
	async execute(context, { store, stripe }) {
		const days = parameter(context, 'days', 'Days', amount);
		if (!(days > 0 && days <= MOST_DAYS)) {
			throw new InvalidInput({
				message: `'Days' is not between 1 and ${MOST_DAYS}`,
				description: 'Two days are enough for a run every day.',
				parameter: 'Days',
			});
		}
		const provider = stripeProvider(stripe, () => store.now());
		const since = store.now() - days * DAY;
		if (context.manual) {
			return { simulated: true, ...(await reportOf(store, await previewReconciliation(store, provider, since))) };
		}
		const webhookId = await paymentTrigger(store, 'stripe', modeOf(stripe.credential));
		if (webhookId === undefined) {
			throw new InvalidInput({
				message: `No Stripe Payment Trigger is active for payments of the ${modeOf(stripe.credential)} mode`,
				description:
					'Activate a workflow with a Stripe Payment Trigger and the same credentials once: what was missed leaves there.',
			});
		}
		return await reportOf(store, await reconcilePayments(store, provider, { since, webhookId }));
	},
};
