import type { LineItem } from '../../clients/stripe/objects';
import { InvalidInput } from '../../domain/invalidInput';
import { priceOn } from '../../domain/knowledge/itemAnswer';
import { checkedMoney, readPositiveMoney, type Money } from '../../domain/payments/money';
import { itemBySku } from '../../store/repositories/knowledge';
import type { Store } from '../../store/store';
import { profileInForce } from '../profile/businessProfile';
import { itemOf } from '../knowledge/knowledgeRows';

export interface CatalogueOrder {
	readonly item: LineItem;
	readonly amount: Money;
	/** What the customer reads. */
	readonly description: string;
}

/**
 * Pieces of something that the business sells, at the price that its catalogue has today: whoever asks, a model too, chooses what and
 * how many, never for how much.
 * @throws InvalidInput when it is not sold, or has no price today
 */
export async function catalogueOrder(store: Store, sku: string, quantity: number): Promise<CatalogueOrder> {
	const { profile } = await profileInForce(store);
	const row = sku === '' ? undefined : await itemBySku(store.db, store.workspaceId, sku);
	if (row === undefined || row.active !== 1) {
		throw new InvalidInput({
			message: sku === '' ? "'Product Code' is empty" : `Nothing is sold under 'Product Code' '${sku.slice(0, 60)}'`,
			description: 'Use the code (SKU) of an active item of the catalogue.',
			parameter: 'Product Code',
		});
	}
	const price = priceOn(itemOf(row), new Date(store.now()), profile);
	if (price === undefined) {
		throw new InvalidInput({
			message: `'${row.name}' has no price today`,
			description: 'Write its price into the catalogue, or let an advisor make the link.',
			parameter: 'Product Code',
		});
	}
	const piece = readPositiveMoney(Number(price.amount), price.currency);
	return {
		item: { currency: piece.currency, unitAmount: piece.minor, name: row.name, quantity },
		amount: checkedMoney({ minor: piece.minor * quantity, currency: piece.currency }),
		description: quantity === 1 ? row.name : `${quantity} × ${row.name}`,
	};
}
