import { addDecimals, multiplyDecimal } from '../inbox/decimals';
import type { BusinessProfile } from '../profile/businessProfile';
import { priceOfModel, priceOfTokens } from './modelUsage';
import type { CountedName } from './parts';
import { MONEY_SCALE } from './recordParts';

/** What people read of the daily figures (O8, O9, O12). */
const FIGURES = [
	'conversations',
	'inbound_messages',
	'outbound_messages',
	'leads',
	'cases',
	'conversation_to_lead',
	'lead_to_payment',
	'time_to_close',
	'abandonment',
	'average_ticket',
	'revenue',
	'payment_links',
	'link_conversion',
	'links_abandoned',
	'collected',
	'refunded',
	'resolved_without_person',
	'first_response',
	'first_response_bot',
	'sla_met',
	'time_to_resolve',
	'incomplete',
	'template_sent',
	'template_read_rate',
	'template_click_rate',
	'failed_messages',
	'integration_errors',
	'retries',
	'cost',
	'model_calls',
	'model_calls_estimated',
	'model_cost',
] as const;
export type FigureName = (typeof FIGURES)[number];

export interface Figure {
	readonly name: FigureName;
	/** Null where there is nothing to divide by. */
	readonly value: number | null;
	readonly unit: 'count' | 'share' | 'seconds' | 'money';
	readonly currency?: string;
}

/** A row of the daily figures, or a sum of several. */
export interface CountedRow {
	readonly name: string;
	readonly unit: string;
	readonly count: number;
	readonly sum: number;
}

type Field = 'count' | 'sum';
type Of = readonly [CountedName, Field];

const SIMPLE = {
	conversations: ['conversations', 'count'],
	inbound_messages: ['inbound_messages', 'count'],
	outbound_messages: ['outbound_messages', 'count'],
	leads: ['leads', 'count'],
	cases: ['cases', 'count'],
	payment_links: ['links', 'count'],
	links_abandoned: ['links_abandoned', 'count'],
	incomplete: ['incomplete', 'count'],
	template_sent: ['templates_sent', 'count'],
	failed_messages: ['failed_messages', 'count'],
	integration_errors: ['integration_errors', 'count'],
	retries: ['retries', 'count'],
} as const satisfies Partial<Record<FigureName, Of>>;

const DIVIDED = {
	conversation_to_lead: { unit: 'share', part: ['leads', 'count'], of: ['conversations', 'count'] },
	link_conversion: { unit: 'share', part: ['links_paid', 'count'], of: ['links', 'count'] },
	lead_to_payment: { unit: 'share', part: ['paid_leads', 'count'], of: ['leads', 'count'] },
	abandonment: { unit: 'share', part: ['abandoned', 'sum'], of: ['abandoned', 'count'] },
	resolved_without_person: {
		unit: 'share',
		part: ['resolved_without_person', 'sum'],
		of: ['resolved_without_person', 'count'],
	},
	sla_met: { unit: 'share', part: ['sla', 'sum'], of: ['sla', 'count'] },
	template_read_rate: { unit: 'share', part: ['templates_read', 'count'], of: ['templates_sent', 'count'] },
	template_click_rate: { unit: 'share', part: ['templates_clicked', 'count'], of: ['templates_sent', 'count'] },
	time_to_close: { unit: 'seconds', part: ['won', 'sum'], of: ['won', 'count'] },
	first_response: { unit: 'seconds', part: ['first_response', 'sum'], of: ['first_response', 'count'] },
	first_response_bot: { unit: 'seconds', part: ['first_response_bot', 'sum'], of: ['first_response_bot', 'count'] },
	time_to_resolve: { unit: 'seconds', part: ['cases_closed', 'sum'], of: ['cases_closed', 'count'] },
} as const satisfies Partial<
	Record<FigureName, { readonly unit: 'share' | 'seconds'; readonly part: Of; readonly of: Of }>
>;

/** What money is counted in. */
const MONEY = {
	revenue: 'revenue',
	average_ticket: 'revenue',
	collected: 'collected',
	refunded: 'refunded',
} as const satisfies Partial<Record<FigureName, CountedName>>;

type MoneyFigure = keyof typeof MONEY;

const isMoney = (name: FigureName): name is MoneyFigure => Object.hasOwn(MONEY, name);

/** What has to be read for these figures. */
export const COUNTED_NAMES: readonly CountedName[] = [
	...new Set<CountedName>([
		...Object.values(SIMPLE).map(([name]) => name),
		...Object.values(DIVIDED).flatMap(({ part, of }) => [part[0], of[0]]),
		'revenue',
		'collected',
		'refunded',
		'billed',
		'model_calls',
		'model_input',
		'model_output',
	]),
];

type Rates = BusinessProfile['costs'];

/** What Meta bills for the messages, by the rates of the profile; nothing where nobody entered any (O12). */
function costs(rows: readonly CountedRow[], rates: Rates): Figure[] {
	const totals = new Map<string, string>();
	for (const { unit, count } of rows) {
		const rate = rates.messages.find(({ category }) => category === unit);
		if (rate === undefined) continue;
		const amount = multiplyDecimal(rate.amount, count);
		totals.set(rate.currency, addDecimals(totals.get(rate.currency) ?? '0', amount));
	}
	return [...totals].map(([currency, total]) => ({ name: 'cost', value: Number(total), unit: 'money', currency }));
}

/** What connected models were asked, for how much by the prices of the profile; nothing where there is no model (O12). */
function models(
	name: 'model_calls' | 'model_calls_estimated' | 'model_cost',
	rows: readonly CountedRow[],
	rates: Rates,
): Figure[] {
	const sum = (of: CountedName, field: Field): number =>
		rows.filter((row) => row.name === of).reduce((total, row) => total + row[field], 0);
	if (name !== 'model_cost') {
		const value = sum('model_calls', name === 'model_calls' ? 'count' : 'sum');
		return value === 0 ? [] : [{ name, value, unit: 'count' }];
	}
	const totals = new Map<string, string>();
	for (const row of rows) {
		const isInput = row.name === 'model_input';
		const price = isInput || row.name === 'model_output' ? priceOfModel(row.unit, rates.models) : undefined;
		if (price === undefined) continue;
		const used = { inputTokens: isInput ? row.sum : 0, outputTokens: isInput ? 0 : row.sum };
		totals.set(price.currency, addDecimals(totals.get(price.currency) ?? '0', priceOfTokens(price, used)));
	}
	return [...totals].map(([currency, total]) => ({ name, value: Number(total), unit: 'money', currency }));
}

/** The figures of the rows together, in the order in which people read them. */
export function figuresOf(rows: readonly CountedRow[], rates: Rates): readonly Figure[] {
	const named = (name: string): CountedRow[] => rows.filter((row) => row.name === name);
	const total = ([name, field]: Of): number => named(name).reduce((sum, row) => sum + row[field], 0);
	const money = (name: MoneyFigure): Figure[] => {
		const byCurrency = new Map<string, { count: number; sum: number }>();
		for (const { unit, count, sum } of named(MONEY[name])) {
			const known = byCurrency.get(unit) ?? { count: 0, sum: 0 };
			byCurrency.set(unit, { count: known.count + count, sum: known.sum + sum });
		}
		return [...byCurrency].map(([currency, { count, sum }]) => ({
			name,
			value: count === 0 ? null : sum / MONEY_SCALE / (name === 'average_ticket' ? count : 1),
			unit: 'money',
			currency,
		}));
	};
	return FIGURES.flatMap((name): Figure[] => {
		if (name === 'cost') return costs(named('billed'), rates);
		if (name === 'model_calls' || name === 'model_calls_estimated' || name === 'model_cost')
			return models(name, rows, rates);
		if (isMoney(name)) return money(name);
		if (name in SIMPLE) return [{ name, value: total(SIMPLE[name as keyof typeof SIMPLE]), unit: 'count' }];
		const { unit, part, of } = DIVIDED[name as keyof typeof DIVIDED];
		const whole = total(of);
		return [{ name, value: whole === 0 ? null : total(part) / whole, unit }];
	});
}
