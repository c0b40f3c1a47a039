import type { MetricsView } from '../../domain/inbox/views';
import type { FigureName } from '../../domain/metrics/figures';
import { dayAfter, daysBetween } from '../../domain/metrics/localDay';
import type { Dimension } from '../../domain/metrics/parts';
import type { Store } from '../../store/store';
import { openAlerts } from '../alerts/openAlerts';
import { catchUpMetrics } from './catchUpMetrics';
import { countedMetrics, countedSummary, LONGEST_SPAN, type MetricSpan } from './readMetrics';

/** What the page draws day by day, the first of them at first sight. */
const DAILY: readonly FigureName[] = ['conversations', 'inbound_messages', 'leads', 'cases', 'outbound_messages'];

/** What the page compares. */
const BREAKDOWNS: ReadonlyArray<{ readonly by: Dimension; readonly name: FigureName }> = [
	{ by: 'option', name: 'cases' },
	{ by: 'option', name: 'collected' },
	{ by: 'area', name: 'cases' },
	{ by: 'advisor', name: 'outbound_messages' },
	{ by: 'advisor', name: 'leads' },
	{ by: 'advisor', name: 'collected' },
	{ by: 'channel', name: 'conversations' },
	{ by: 'channel', name: 'average_ticket' },
	{ by: 'template', name: 'template_sent' },
];

/** Bars that a person still compares. */
const MOST_BARS = 12;

/** Figures, days, comparisons and open alerts of a time, for the page of the inbox (O9, O10). */
export async function metricsFor(store: Store, asked: MetricSpan): Promise<MetricsView> {
	const to = asked.to;
	const earliest = dayAfter(to, -LONGEST_SPAN + 1);
	const from = asked.from > to ? to : asked.from < earliest ? earliest : asked.from;
	const span = { from, to };
	await catchUpMetrics(store);
	const metrics = await countedSummary(store, span);
	const isEmpty = metrics.every(({ value }) => value === null || value === 0);
	const rows = await countedMetrics(store, { ...span, granularity: 'day', by: 'all' });
	const daily = DAILY.map((name) => {
		const values = new Map(rows.filter((row) => row.name === name).map(({ day, value }) => [day, value ?? 0]));
		return { name, points: daysBetween(from, to).map((day) => ({ day, value: values.get(day) ?? 0 })) };
	});
	const breakdowns: Array<MetricsView['breakdowns'][number]> = [];
	for (const by of new Set(BREAKDOWNS.map((one) => one.by))) {
		const of = await countedMetrics(store, { ...span, granularity: 'span', by });
		for (const { name } of BREAKDOWNS.filter((one) => one.by === by)) {
			const counted = of.filter((row) => row.name === name);
			// Money of several currencies is not one length.
			const isMixed = new Set(counted.map(({ currency }) => currency)).size > 1;
			const bars = counted
				.flatMap(({ label, currency, value }) =>
					value === null
						? []
						: [{ label: isMixed && currency !== undefined ? `${label} (${currency})` : label, value }],
				)
				.sort((one, other) => other.value - one.value)
				.slice(0, MOST_BARS);
			if (bars.length > 0) breakdowns.push({ by, name, rows: bars });
		}
	}
	const alerts = await openAlerts(store);
	return {
		from,
		to,
		metrics: isEmpty ? [] : metrics.filter(({ value, previous }) => value !== null || previous !== null),
		daily: isEmpty ? [] : daily,
		breakdowns,
		alerts: alerts.map(({ kind, level, facts, since }) => ({ kind, level, facts, since })),
	};
}
