import { z } from 'zod';

/** What every list of Stripe answers; rows of another form are an error, because money would be missing from it. */
export const listOf = <Row extends z.ZodTypeAny>(row: Row) => z.object({ data: z.array(row), has_more: z.boolean() });

/** An id, also where the answer carries the whole object in its place. */
export const idOrObject = z
	.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)])
	.nullish()
	.transform((id) => id ?? undefined);

export const metadata = z
	.record(z.string())
	.nullish()
	.transform((values) => values ?? {});

/** Free text pairs that Stripe keeps with an object: 50 at most, keys of 40, values of 500 characters. */
export type Metadata = Readonly<Record<string, string>>;

/** Languages of a payment page that are offered; Stripe has more. */
export const PAGE_LOCALES = ['en', 'es', 'es-419', 'pt-BR'] as const;

export type PageLocale = (typeof PAGE_LOCALES)[number];

/** A page of a list: `after` is the last id of the page before. */
export interface Page {
	readonly after?: string;
	/** At most 100. */
	readonly limit: number;
}

export const pageQuery = ({ after, limit }: Page) => ({ limit, starting_after: after });

/** What is bought: a price that Stripe knows, or one made for this. */
export type LineItem = {
	readonly quantity: number;
	/** Lets the customer change the quantity. */
	readonly adjustable?: { readonly minimum: number; readonly maximum: number };
} & (
	| { readonly price: string }
	| {
			/** ISO 4217. */
			readonly currency: string;
			/** Of one piece, in minor units. */
			readonly unitAmount: number;
			readonly name: string;
			readonly recurring?: Recurring;
	  }
);

export interface Recurring {
	readonly interval: 'day' | 'week' | 'month' | 'year';
	readonly intervalCount: number;
}

/** The line item as both payment links and sessions take it. */
export function lineItem(item: LineItem) {
	const { quantity, adjustable } = item;
	return {
		...('price' in item
			? { price: item.price }
			: {
					price_data: {
						currency: item.currency.toLowerCase(),
						unit_amount: item.unitAmount,
						product_data: { name: item.name },
						...(item.recurring === undefined
							? {}
							: {
									recurring: { interval: item.recurring.interval, interval_count: item.recurring.intervalCount },
								}),
					},
				}),
		quantity,
		...(adjustable === undefined ? {} : { adjustable_quantity: { enabled: true, ...adjustable } }),
	};
}
