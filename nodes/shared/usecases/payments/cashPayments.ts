import { InvalidInput } from '../../domain/invalidInput';
import { CASH_ON_DELIVERY, type CashHandover } from '../../domain/payments/cashOnDelivery';
import { writeMoney } from '../../domain/payments/money';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { localeOf } from '../../domain/profile/locale';
import { paymentsForTheSame, type PaidFor, type PaymentRow } from '../../store/repositories/payments';
import type { Executor, Store } from '../../store/store';

/** Money that is here, whatever part of it was given back. */
const HERE: ReadonlySet<PaymentRow['state']> = new Set(['paid', 'partially_refunded']);

/** Who took the cash of a payment, once it came. */
export function handoverOf({ details }: Pick<PaymentRow, 'details'>): CashHandover | undefined {
	return (JSON.parse(details) as { readonly cash?: CashHandover }).cash;
}

/** The whole of the same, paid another way. A deposit leaves something to be collected. */
export async function paidAnotherWay(
	executor: Executor,
	store: Store,
	cash: PaidFor & { readonly id?: string },
): Promise<PaymentRow | undefined> {
	const others = await paymentsForTheSame(executor, store.workspaceId, cash);
	return others.find(({ id, kind, state }) => id !== cash.id && kind === 'full' && HERE.has(state));
}

/** @throws InvalidInput where the same is paid on delivery, or paid, already */
export async function assertCashIsNew(
	executor: Executor,
	store: Store,
	profile: BusinessProfile,
	paidFor: PaidFor,
	despitePaid: boolean,
): Promise<void> {
	const locale = localeOf(profile.language, profile);
	const others = await paymentsForTheSame(executor, store.workspaceId, paidFor);
	const agreed = others.find(({ provider, state }) => provider === CASH_ON_DELIVERY && state === 'requested');
	if (agreed !== undefined) {
		const amount = writeMoney({ minor: agreed.amount, currency: agreed.currency }, locale);
		throw new InvalidInput({
			message: `${amount} is collected on delivery for this already`,
			description: 'Cancel it first if another amount was agreed.',
			reason: { code: 'cashAgreed', values: { amount } },
		});
	}
	const paid = await paidAnotherWay(executor, store, paidFor);
	if (paid === undefined || despitePaid) return;
	const amount = writeMoney({ minor: paid.amount_paid, currency: paid.currency }, locale);
	throw new InvalidInput({
		message: `The customer has paid ${amount} for the same already`,
		description: "Tick 'Despite Paid' if more is to be collected.",
		parameter: 'Despite Paid',
		reason: { code: 'paidAlready', values: { amount } },
	});
}
