import type { ConversationDetail } from '../../domain/inbox/views';
import { addDecimals, multiplyDecimal } from '../../domain/inbox/decimals';
import { decimalOf } from '../../domain/payments/money';
import { priceOfModel, priceOfTokens } from '../../domain/metrics/modelUsage';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { currencyOf } from '../../domain/knowledge/readItem';
import { pricingOfConversation } from '../../store/repositories/inboxLookups';
import type { InboxConversationRow } from '../../store/repositories/inboxConversations';
import { collectedOfConversation } from '../../store/repositories/payments';
import { modelCallsOfConversation } from '../../store/repositories/modelCalls';
import { wonLeadsOfContact } from '../../store/repositories/leads';
import type { Executor, Store } from '../../store/store';

type Costs = ConversationDetail['cost'];

/** Messages of one conversation that are counted, the newest first. */
const COUNTED = 5_000;

interface Pricing {
	readonly billable?: boolean;
	readonly category?: string;
}

/**
 * What a conversation cost and brought (O12). Meta says what it bills and in which category, never for how much: the amount
 * comes from the rates of the profile, and where they are silent only the number of billed messages is told, for nothing. The same
 * with what connected models were asked for this conversation.
 */
export async function costOf(
	executor: Executor,
	store: Store,
	profile: BusinessProfile,
	conversation: InboxConversationRow,
): Promise<Costs> {
	const billed = new Map<string, number>();
	for (const text of await pricingOfConversation(executor, store.workspaceId, conversation.id, COUNTED)) {
		const { billable, category = '' } = JSON.parse(text) as Pricing;
		if (billable !== false) billed.set(category.toLowerCase(), (billed.get(category.toLowerCase()) ?? 0) + 1);
	}
	const totals = new Map<string, { amount: string; count: number }>();
	for (const [category, count] of billed) {
		const rate = profile.costs.messages.find((known) => known.category === category);
		const currency = rate?.currency ?? profile.costs.messages[0]?.currency ?? currencyOf(profile.country);
		const total = totals.get(currency) ?? { amount: '0', count: 0 };
		totals.set(currency, {
			amount: addDecimals(total.amount, multiplyDecimal(rate?.amount ?? '0', count)),
			count: total.count + count,
		});
	}
	const models = new Map<string, { amount: string; count: number; estimated: number }>();
	for (const used of await modelCallsOfConversation(executor, store.workspaceId, conversation.id)) {
		const price = priceOfModel(used.model, profile.costs.models);
		const currency = price?.currency ?? profile.costs.models[0]?.currency ?? currencyOf(profile.country);
		const total = models.get(currency) ?? { amount: '0', count: 0, estimated: 0 };
		models.set(currency, {
			amount: price === undefined ? total.amount : addDecimals(total.amount, priceOfTokens(price, used)),
			count: total.count + used.calls,
			estimated: total.estimated + used.estimated,
		});
	}
	const collected = new Map<string, { amount: string; count: number }>();
	const paid = await collectedOfConversation(executor, store.workspaceId, conversation.id);
	for (const { currency, amount, count } of paid) {
		collected.set(currency, { amount: decimalOf({ minor: amount, currency }), count });
	}
	// Without a payment of its own, what people have written down as sold.
	const won = paid.length > 0 ? [] : await wonLeadsOfContact(executor, store.workspaceId, conversation.contact_id);
	for (const { amount, currency } of won) {
		if (amount === null || currency === null) continue;
		const total = collected.get(currency) ?? { amount: '0', count: 0 };
		collected.set(currency, { amount: addDecimals(total.amount, amount), count: total.count + 1 });
	}
	return [
		...[...totals].map(([currency, total]) => ({ kind: 'messages' as const, currency, ...total })),
		...[...models].map(([currency, { estimated, ...total }]) => ({
			kind: 'model' as const,
			currency,
			...total,
			...(estimated === 0 ? {} : { estimated }),
		})),
		...[...collected].map(([currency, total]) => ({ kind: 'collected' as const, currency, ...total })),
	];
}
