import type { Figure, FigureName } from '../../domain/metrics/figures';
import type { Store } from '../../store/store';
import type { SalesOf, SalesReport } from '../../text/salesReport';
import { profileInForce } from '../profile/businessProfile';
import { countedMetrics, readSummary, type MetricSpan } from './readMetrics';

/** What is told of sales. */
const TOLD: ReadonlySet<FigureName> = new Set<FigureName>([
	'payment_links',
	'link_conversion',
	'links_abandoned',
	'collected',
	'refunded',
]);

const isTold = ({ name }: Figure): boolean => TOLD.has(name);

async function groupsBy(
	store: Store,
	span: MetricSpan,
	by: 'advisor' | 'option',
	mainCurrency: string | undefined,
): Promise<SalesOf[]> {
	const groups = new Map<string, { label: string; figures: Figure[] }>();
	for (const row of await countedMetrics(store, { ...span, granularity: 'span', by })) {
		if (!isTold(row)) continue;
		const group = groups.get(row.key) ?? { label: row.label, figures: [] };
		groups.set(row.key, group);
		const { name, value, unit, currency } = row;
		group.figures.push({ name, value, unit, ...(currency === undefined ? {} : { currency }) });
	}
	const collected = ({ figures }: SalesOf): number =>
		figures.find(({ name, currency }) => name === 'collected' && currency === mainCurrency)?.value ?? 0;
	return [...groups.values()].sort(
		(one, other) => collected(other) - collected(one) || (one.label < other.label ? -1 : 1),
	);
}

/**
 * What was sold in some days, together, by advisor and by option: who collected most in the first currency comes first.
 * @throws InvalidInput for days that are none
 */
export async function salesOf(store: Store, span: MetricSpan): Promise<SalesReport> {
	const all = (await readSummary(store, span)).filter(isTold);
	const mainCurrency = all.find(({ name }) => name === 'collected')?.currency;
	const { profile } = await profileInForce(store);
	return {
		business: profile.name,
		from: span.from,
		to: span.to,
		all,
		advisors: await groupsBy(store, span, 'advisor', mainCurrency),
		options: await groupsBy(store, span, 'option', mainCurrency),
	};
}
