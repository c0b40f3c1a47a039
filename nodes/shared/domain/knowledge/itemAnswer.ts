import { DateTime } from 'luxon';

import type { TextPart } from '../conversation/types';
import type { BusinessProfile } from '../profile/businessProfile';
import { localeOf } from '../profile/locale';
import type { CatalogueItem } from './knowledge';

/** Money as it is written where the business is: `$ 450.000`. */
export function moneyInWords(amount: string, currency: string, profile: BusinessProfile, language: string): string {
	const value = Number(amount);
	return new Intl.NumberFormat(localeOf(language, profile), {
		style: 'currency',
		currency,
		minimumFractionDigits: Number.isInteger(value) ? 0 : 2,
		maximumFractionDigits: 2,
	})
		.format(value)
		.replace(/\u00a0/g, ' ');
}

const dayInWords = (day: string, language: string): string =>
	DateTime.fromISO(day, { locale: language }).toLocaleString({ day: 'numeric', month: 'long' });

/** Days are the business's own: a promotion ends at its midnight. */
const today = (at: Date, profile: BusinessProfile): string =>
	DateTime.fromJSDate(at, { zone: profile.timeZone }).toISODate() ?? '';

interface Price {
	readonly amount: string;
	readonly currency: string;
	/** Of a promotion: the usual price, and its last day. */
	readonly before?: string;
	readonly until?: string;
}

/** The price that holds today; undefined where none is known, or what was known is out of date. */
export function priceOn(item: CatalogueItem, at: Date, profile: BusinessProfile): Price | undefined {
	const { price, currency, priceValidUntil, promotionPrice, promotionFrom, promotionUntil } = item;
	if (currency === undefined) return undefined;
	const day = today(at, profile);
	const usual = price !== undefined && (priceValidUntil === undefined || priceValidUntil >= day) ? price : undefined;
	// A promotion without an end would be promised for ever.
	const promoted =
		promotionPrice !== undefined &&
		promotionUntil !== undefined &&
		promotionUntil >= day &&
		(promotionFrom === undefined || promotionFrom <= day);
	if (promoted)
		return {
			amount: promotionPrice,
			currency,
			until: promotionUntil,
			...(usual === undefined ? {} : { before: usual }),
		};
	return usual === undefined ? undefined : { amount: usual, currency };
}

function priceSentence(item: CatalogueItem, at: Date, profile: BusinessProfile, language: string): TextPart {
	const product = item.name;
	const price = priceOn(item, at, profile);
	if (price === undefined) return { text: 'knowledge_price_unknown', values: { product } };
	const { amount, currency, before, until } = price;
	const money = (value: string): string => moneyInWords(value, currency, profile, language);
	if (until === undefined) return { text: 'knowledge_price', values: { product, price: money(amount) } };
	const values = { product, price: money(amount), until: dayInWords(until, language) };
	return before === undefined
		? { text: 'knowledge_promotion', values }
		: { text: 'knowledge_promotion_before', values: { ...values, before: money(before) } };
}

function stockSentence(item: CatalogueItem, profile: BusinessProfile, language: string): TextPart | undefined {
	const { showStock } = profile.knowledge;
	const branches = Object.entries(item.stock);
	if (showStock === 'none' || branches.length === 0) return undefined;
	const having = branches.filter(([, pieces]) => pieces > 0);
	if (having.length === 0) return { text: 'knowledge_out_of_stock' };
	const named = having.filter(([branch]) => branch !== '');
	const list = new Intl.ListFormat(language.slice(0, 2), { type: 'conjunction' });
	if (showStock === 'numbers') {
		const pieces = having.reduce((sum, [, count]) => sum + count, 0);
		return named.length === 0
			? { text: 'knowledge_stock', values: { pieces } }
			: {
					text: 'knowledge_stock_in',
					values: { branches: list.format(named.map(([branch, count]) => `${branch} (${count})`)) },
				};
	}
	return named.length === 0
		? { text: 'knowledge_available' }
		: { text: 'knowledge_available_in', values: { branches: list.format(named.map(([branch]) => branch)) } };
}

/**
 * What is said of an item: its price today, whether there is one, when it comes, and where to see it. Nothing that is out of date
 * and nothing that is not kept.
 */
export function itemAnswer(item: CatalogueItem, at: Date, profile: BusinessProfile, language: string): TextPart {
	const more = [
		stockSentence(item, profile, language),
		item.deliveryTime === undefined ? undefined : { text: 'knowledge_delivery', values: { time: item.deliveryTime } },
		item.link === undefined ? undefined : { text: 'knowledge_link', values: { link: item.link } },
	].filter((part) => part !== undefined);
	return { ...priceSentence(item, at, profile, language), ...(more.length === 0 ? {} : { lines: more }) };
}
