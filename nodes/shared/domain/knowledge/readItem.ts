import { DateTime } from 'luxon';

import { plain } from '../classifier/normalise';
import { lookupTable } from '../lookupTable';
import type { CatalogueItem } from './knowledge';

/** A row of the business's list of products, as a spreadsheet gives it. */
export type ItemRow = Readonly<Record<string, unknown>>;

/** Fields of an item that a row may have a column for. */
export const ITEM_FIELDS = [
	'sku',
	'name',
	'variants',
	'description',
	'price',
	'currency',
	'priceValidUntil',
	'promotionPrice',
	'promotionFrom',
	'promotionUntil',
	'stock',
	'deliveryTime',
	'link',
	'active',
	'externalId',
] as const;

export type ItemField = (typeof ITEM_FIELDS)[number];

/** What a row says of an item: only the fields that it has; an empty cell says that there is nothing. */
export type ItemChanges = {
	readonly [Field in Exclude<keyof CatalogueItem, 'id' | 'sku'>]?: CatalogueItem[Field] | null;
} & { readonly sku: string; readonly active?: boolean; readonly externalId?: string | null };

export type ReadItem =
	| { readonly item: ItemChanges; readonly leftOut: readonly string[] }
	| { readonly refused: string };

const COLUMN_NAMES: Readonly<Record<ItemField, RegExp>> = {
	sku: /^(?:sku|codigo|cod|referencia|ref|codigo (?:del )?producto|id producto|code|item code|part number)$/,
	name: /^(?:nombre|producto|nombre (?:del )?producto|articulo|item|name|product|titulo|title)$/,
	variants: /^(?:variantes?|colores|color|tallas?|presentacion(?:es)?|variants?)$/,
	description: /^(?:descripcion|detalle|detalles|caracteristicas|description)$/,
	price: /^(?:precio|valor|precio (?:de )?venta|pvp|precio unitario|price|unit price)$/,
	currency: /^(?:moneda|divisa|currency)$/,
	priceValidUntil: /^(?:vigencia|precio valido hasta|valido hasta|vigente hasta|price valid until|valid until)$/,
	promotionPrice: /^(?:precio (?:de )?(?:promocion|oferta|promocional)|promocion|oferta|promotion price|sale price)$/,
	promotionFrom: /^(?:promocion desde|inicio (?:de )?(?:la )?promocion|promotion from)$/,
	promotionUntil: /^(?:promocion hasta|fin (?:de )?(?:la )?promocion|promotion until|promotion to)$/,
	stock: /^(?:stock|existencias?|inventario|cantidad|unidades|disponible|quantity|inventory)$/,
	deliveryTime: /^(?:tiempo de entrega|entrega|plazo(?: de entrega)?|despacho|delivery(?: time)?|lead time)$/,
	link: /^(?:enlace|link|url|pagina|foto|web)$/,
	active: /^(?:activo|activa|estado|publicado|active|enabled)$/,
	externalId: /^(?:id externo|external id|id)$/,
};

const STOCK_OF_BRANCH = /^(?:stock|existencias?|inventario|unidades)\s+(?:en\s+|de\s+)?(.+)$/i;

const CURRENCIES = lookupTable<string>({
	AR: 'ARS',
	BO: 'BOB',
	BR: 'BRL',
	CL: 'CLP',
	CO: 'COP',
	CR: 'CRC',
	DO: 'DOP',
	EC: 'USD',
	ES: 'EUR',
	GT: 'GTQ',
	HN: 'HNL',
	MX: 'MXN',
	NI: 'NIO',
	PA: 'USD',
	PE: 'PEN',
	PY: 'PYG',
	SV: 'USD',
	US: 'USD',
	UY: 'UYU',
	VE: 'VES',
});

/** ISO 4217 code of a country's money. */
export const currencyOf = (country: string): string => CURRENCIES.get(country) ?? 'USD';

const lettersOf = (text: string): string =>
	plain(text)
		.replace(/[^a-z0-9\s]/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();

const written = (value: unknown): string =>
	value instanceof Date
		? value.toISOString().slice(0, 10)
		: typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
			? String(value).trim()
			: '';

/** `$ 1.250.000`, `1,250.50`, `1250000.0` as decimal text; groups of three digits are thousands. */
export function readPrice(text: string): string | undefined {
	const digits = text.replace(/[^\d.,-]/g, '').replace(/[.,]$/, '');
	if (!/^\d/.test(digits)) return undefined;
	const lastMark = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
	const marks = new Set(digits.match(/[.,]/g) ?? []);
	const grouped = /^\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*$/.test(digits);
	const whole = lastMark === -1 || grouped ? digits : digits.slice(0, lastMark);
	const part = lastMark === -1 || grouped ? '' : digits.slice(lastMark + 1);
	// "1.250.50" is no number that anybody writes.
	if (!grouped && marks.size === 1 && (digits.match(/[.,]/g)?.length ?? 0) > 1) return undefined;
	const value = `${whole.replace(/[.,]/g, '').replace(/^0+(?=\d)/, '')}${/[1-9]/.test(part) ? `.${part.replace(/0+$/, '')}` : ''}`;
	return /^\d{1,15}(?:\.\d{1,6})?$/.test(value) ? value : undefined;
}

/** `2026-12-31`, `31/12/2026` as a calendar day. */
export function readDay(text: string): string | undefined {
	const formats = ['yyyy-MM-dd', 'd/M/yyyy', 'd-M-yyyy', 'd.M.yyyy', 'yyyy/MM/dd'];
	const day = text.slice(0, 10).trim();
	for (const format of formats) {
		const read = DateTime.fromFormat(day, format);
		if (read.isValid) return read.toISODate();
	}
	return undefined;
}

function columnsOf(columns: readonly string[], named: Readonly<Partial<Record<ItemField, string>>>) {
	const found = new Map<ItemField, string>();
	for (const field of ITEM_FIELDS) {
		const own = named[field];
		const column =
			own === undefined
				? columns.find((candidate) => COLUMN_NAMES[field].test(lettersOf(candidate)))
				: columns.find((candidate) => candidate === own);
		if (column !== undefined && ![...found.values()].includes(column)) found.set(field, column);
	}
	return found;
}

function stockOf(row: ItemRow, whole: string | undefined): Readonly<Record<string, number>> | undefined {
	const branches = Object.keys(row).flatMap((column): Array<readonly [string, string]> => {
		const branch = STOCK_OF_BRANCH.exec(column.trim())?.[1]?.trim();
		return branch === undefined ? [] : [[branch, column]];
	});
	const columns = branches.length > 0 ? branches : whole === undefined ? [] : [['', whole] as const];
	const counted = columns.flatMap(([branch, column]) => {
		const pieces = readPrice(written(row[column]));
		return pieces === undefined ? [] : [[branch, Math.floor(Number(pieces))] as const];
	});
	return columns.length === 0 ? undefined : Object.fromEntries(counted);
}

const NO = /^(?:no|0|false|inactivo|inactiva|agotado|descontinuado|oculto|n)$/;

/**
 * One row of a list of products. What cannot be read is left out and named; without code or name, or with a price that is none, the
 * row is refused: a customer would be told something wrong.
 *
 * @param named column by field; the others are recognised by their usual names
 */
export function readItemRow(
	row: ItemRow,
	named: Readonly<Partial<Record<ItemField, string>>>,
	country: string,
): ReadItem {
	const columns = columnsOf(Object.keys(row), named);
	const text = (field: ItemField): string | undefined => {
		const column = columns.get(field);
		return column === undefined ? undefined : written(row[column]);
	};
	const sku = text('sku') || text('externalId') || '';
	const name = text('name') ?? '';
	if (sku === '') return { refused: 'It has no SKU or code; every product is known by it' };
	if (sku.length > 120) return { refused: `Its code has more than 120 characters: '${sku.slice(0, 40)}…'` };
	const leftOut: string[] = [];
	const price = (field: 'price' | 'promotionPrice'): string | null | undefined => {
		const said = text(field);
		if (said === undefined) return undefined;
		if (said === '') return null;
		return readPrice(said) ?? null;
	};
	for (const field of ['price', 'promotionPrice'] as const) {
		const said = text(field);
		if (said && readPrice(said) === undefined)
			return { refused: `'${columns.get(field) ?? field}' is no price: '${said}'` };
	}
	const day = (field: 'priceValidUntil' | 'promotionFrom' | 'promotionUntil'): string | null | undefined => {
		const said = text(field);
		if (said === undefined) return undefined;
		if (said === '') return null;
		const read = readDay(said);
		if (read === undefined) leftOut.push(`'${columns.get(field) ?? field}' is no date: '${said}'`);
		return read ?? null;
	};
	const words = (field: ItemField): string | null | undefined => {
		const said = text(field);
		return said === undefined ? undefined : said === '' ? null : said.slice(0, 2000);
	};
	const money = text('currency') || /\b(?:USD|EUR|COP|MXN)\b/i.exec(text('price') ?? '')?.[0];
	const currency = money ? money.toUpperCase() : columns.has('price') ? currencyOf(country) : undefined;
	if (currency !== undefined && !/^[A-Z]{3}$/.test(currency))
		return { refused: `'${columns.get('currency') ?? 'Currency'}' is no currency: '${currency}'` };
	const link = words('link');
	if (typeof link === 'string' && !/^https?:\/\/\S+$/.test(link)) leftOut.push(`'${link}' is no web address`);
	const variants = text('variants');
	const active = text('active');
	const promotionUntil = day('promotionUntil');
	const promotionPrice = price('promotionPrice');
	if (typeof promotionPrice === 'string' && typeof promotionUntil !== 'string')
		leftOut.push('the promotion has no last day, so it is not said to customers');
	const changes: ItemChanges = {
		sku,
		...(name === '' ? {} : { name: name.slice(0, 300) }),
		...(variants === undefined
			? {}
			: {
					variants: variants
						.split(/[,;|/]/)
						.map((one) => one.trim())
						.filter(Boolean),
				}),
		description: words('description'),
		price: price('price'),
		...(currency === undefined ? {} : { currency }),
		priceValidUntil: day('priceValidUntil'),
		promotionPrice,
		promotionFrom: day('promotionFrom'),
		promotionUntil,
		stock: stockOf(row, columns.get('stock')),
		deliveryTime: words('deliveryTime'),
		link: typeof link === 'string' && !/^https?:\/\/\S+$/.test(link) ? undefined : link,
		...(active === undefined || active === '' ? {} : { active: !NO.test(lettersOf(active)) }),
		externalId: words('externalId'),
	};
	const said = Object.entries(changes).filter(([, value]) => value !== undefined);
	return { item: Object.fromEntries(said) as ItemChanges, leftOut };
}
