import { DateTime } from 'luxon';

import { InvalidInput } from '../../domain/invalidInput';
import { COUNTED_NAMES, figuresOf, type Figure } from '../../domain/metrics/figures';
import { dayAfter, daysBetween } from '../../domain/metrics/localDay';
import type { Dimension } from '../../domain/metrics/parts';
import { dailyRows } from '../../store/repositories/metricRows';
import type { Store } from '../../store/store';
import { profileInForce } from '../profile/businessProfile';
import { catchUpMetrics } from './catchUpMetrics';
import { metricLabels } from './metricLabels';

/** Local days, both included. */
export interface MetricSpan {
	readonly from: string;
	readonly to: string;
}

export const GRANULARITIES = ['day', 'week', 'month', 'span'] as const;
export type Granularity = (typeof GRANULARITIES)[number];

/** More than a year with the same days of the year before. */
export const LONGEST_SPAN = 400;

/** One line of a breakdown: when, of whom, which figure. */
export interface MetricRow extends Figure {
	/** First day of the time. */
	readonly day: string;
	readonly by: Dimension;
	readonly key: string;
	readonly label: string;
}

const isDay = (day: string): boolean => DateTime.fromISO(day, { zone: 'utc' }).toFormat('yyyy-MM-dd') === day;

/** @throws InvalidInput */
function checkedSpan({ from, to }: MetricSpan): MetricSpan {
	for (const [name, day] of [
		['From', from],
		['To', to],
	] as const) {
		if (isDay(day)) continue;
		throw new InvalidInput({
			message: `'${name}' is no day: '${day}'`,
			description: 'Write it as year, month and day, for example 2026-03-10.',
			parameter: name,
		});
	}
	if (from > to) {
		throw new InvalidInput({
			message: `'From' is after 'To': ${from}, ${to}`,
			description: "Choose a day in 'From' that is not after the one in 'To'.",
			parameter: 'From',
		});
	}
	if (dayAfter(from, LONGEST_SPAN) < to) {
		throw new InvalidInput({
			message: `'From' and 'To' are more than ${LONGEST_SPAN} days apart`,
			description: 'Ask for a shorter time, year by year.',
			parameter: 'From',
		});
	}
	return { from, to };
}

/** The time of the same length right before. */
function spanBefore({ from, to }: MetricSpan): MetricSpan {
	const length = daysBetween(from, to).length;
	return { from: dayAfter(from, -length), to: dayAfter(from, -1) };
}

function bucketOf(day: string, granularity: Granularity, from: string): string {
	if (granularity === 'day') return day;
	if (granularity === 'span') return from;
	const start = DateTime.fromISO(day, { zone: 'utc' }).startOf(granularity).toFormat('yyyy-MM-dd');
	return start < from ? from : start;
}

/** The figures of a time all together. */
export async function summaryOf(store: Store, span: MetricSpan): Promise<readonly Figure[]> {
	const { profile } = await profileInForce(store);
	const rows = await dailyRows(store.db, store.workspaceId, { ...span, names: COUNTED_NAMES, dimension: 'all' });
	return figuresOf(rows, profile.costs);
}

export interface MetricQuestion extends MetricSpan {
	readonly granularity: Granularity;
	readonly by: Dimension;
}

/** The figures as they are counted by now. Only what something was counted for has a line. */
export async function countedMetrics(store: Store, asked: MetricQuestion): Promise<readonly MetricRow[]> {
	const span = { from: asked.from, to: asked.to };
	const { profile } = await profileInForce(store);
	const { by, granularity } = asked;
	const rows = await dailyRows(store.db, store.workspaceId, { ...span, names: COUNTED_NAMES, dimension: by });
	const labelOf = await metricLabels(store, profile);
	const groups = new Map<string, { readonly day: string; readonly key: string; readonly rows: typeof rows }>();
	for (const row of rows) {
		const day = bucketOf(row.day, granularity, span.from);
		const name = JSON.stringify([day, row.key]);
		const group = groups.get(name) ?? { day, key: row.key, rows: [] };
		groups.set(name, group);
		group.rows.push(row);
	}
	return [...groups.values()]
		.sort((one, other) => (one.day === other.day ? (one.key < other.key ? -1 : 1) : one.day < other.day ? -1 : 1))
		.flatMap(({ day, key, rows: counted }) =>
			figuresOf(counted, profile.costs)
				.filter(({ value, unit }) => value !== null && !(unit === 'count' && value === 0))
				.map((figure) => ({ day, by, key, label: labelOf(by, key), ...figure })),
		);
}

/**
 * The figures of a time, brought up to date, by day, week or month, and by what they are broken down by.
 * @throws InvalidInput for days that are none.
 */
export async function readMetrics(store: Store, asked: MetricQuestion): Promise<readonly MetricRow[]> {
	const span = checkedSpan(asked);
	await catchUpMetrics(store);
	return await countedMetrics(store, { ...asked, ...span });
}

/** A figure beside the one of the time before. */
export type ComparedFigure = Figure & { readonly previous: number | null };

/** The figures of a time as they are counted by now, beside those of the time before. */
export async function countedSummary(store: Store, span: MetricSpan): Promise<readonly ComparedFigure[]> {
	const [now, before] = [await summaryOf(store, span), await summaryOf(store, spanBefore(span))];
	return now.map((figure) => ({
		...figure,
		previous: before.find(({ name, currency }) => name === figure.name && currency === figure.currency)?.value ?? null,
	}));
}

/** The same, brought up to date. @throws InvalidInput for days that are none. */
export async function readSummary(store: Store, asked: MetricSpan): Promise<readonly ComparedFigure[]> {
	const span = checkedSpan(asked);
	await catchUpMetrics(store);
	return await countedSummary(store, span);
}
