import { ChartColumn, TriangleAlert } from 'lucide';
import { lazy, Suspense } from 'preact/compat';
import { useState } from 'preact/hooks';

import type { MetricsView as Metrics, MetricView } from '../../../shared/domain/inbox/views';
import { alertInWords } from '../../../shared/text/alertTexts';
import { dateAndTime, dayOfChart, localDay, money, number, share, span } from '../format';
import { useAsked } from '../pieces/asked';
import { Button } from '../pieces/Button';
import { Segments, TextField } from '../pieces/fields';
import { Icon } from '../pieces/Icon';
import { Page } from '../pieces/Page';
import { Empty, Failed, Skeleton } from '../pieces/states';
import { language, words } from '../words/words';

const DailyChart = lazy(async () => (await import('../pieces/DailyChart')).DailyChart);

const DAY_MS = 86_400_000;
type Range = '7' | '30' | '90' | 'own';
/** More of these is worse. */
const LESS_IS_BETTER = new Set([
	'abandonment',
	'cost',
	'failed_messages',
	'first_response',
	'first_response_bot',
	'incomplete',
	'integration_errors',
	'links_abandoned',
	'refunded',
	'retries',
	'time_to_close',
	'time_to_resolve',
]);

const nameOf = (name: string): string => words.value.metrics.names[name] ?? name.replaceAll('_', ' ');

function valueOf({ unit, currency }: Pick<MetricView, 'unit' | 'currency'>, value: number): string {
	switch (unit) {
		case 'count':
			return number(value, 1);
		case 'share':
			return share(value);
		case 'seconds':
			return value < 60 ? `${number(value)} s` : span(value * 1000);
		case 'money':
			return money(value, currency ?? 'USD');
	}
}

function Change({ metric }: { metric: MetricView }) {
	const { value, previous, name } = metric;
	const { metrics } = words.value;
	if (value === null || previous === null) return <small>{metrics.previous}: —</small>;
	const by = previous === 0 ? undefined : (value - previous) / previous;
	const isGood = LESS_IS_BETTER.has(name) ? value <= previous : value >= previous;
	return (
		<small>
			{by === undefined || Math.abs(by) < 0.001 ? null : (
				<b class={isGood ? 'up' : 'down'}>
					{by > 0 ? '▲' : '▼'} {share(Math.abs(by))}
				</b>
			)}{' '}
			{metrics.previous}: {valueOf(metric, previous)}
		</small>
	);
}

function Bars({ one }: { one: Metrics['breakdowns'][number] }) {
	const { metrics } = words.value;
	const most = Math.max(1, ...one.rows.map(({ value }) => value));
	return (
		<section class="panelCard">
			<h2>
				{metrics.by[one.by] ?? one.by} <small>{nameOf(one.name)}</small>
			</h2>
			<table class="bars">
				<thead class="unseen">
					<tr>
						<th scope="col">{metrics.by[one.by] ?? one.by}</th>
						<th scope="col">{metrics.value}</th>
					</tr>
				</thead>
				<tbody>
					{one.rows.map((row) => (
						<tr key={row.label}>
							<th scope="row">{row.label}</th>
							<td>
								<i style={{ width: `${(row.value / most) * 100}%` }} aria-hidden="true" />
								<span>{number(row.value, 1)}</span>
							</td>
						</tr>
					))}
				</tbody>
			</table>
		</section>
	);
}

function Daily({ daily }: { daily: Metrics['daily'] }) {
	const { metrics } = words.value;
	const [name, setName] = useState(daily[0]?.name ?? '');
	const [asTable, setAsTable] = useState(false);
	const series = daily.find((one) => one.name === name) ?? daily[0];
	if (series === undefined) return null;
	return (
		<section class="panelCard wideCard">
			<header class="cardHead">
				<h2>{metrics.daily}</h2>
				<Segments
					label={metrics.daily}
					value={series.name}
					choices={daily.slice(0, 5).map((one) => ({ value: one.name, name: nameOf(one.name) }))}
					onChoice={setName}
				/>
				<Button small look="quiet" onClick={() => setAsTable(!asTable)}>
					{asTable ? metrics.asChart : metrics.asTable}
				</Button>
			</header>
			{asTable ? (
				<div class="tablePlace" tabIndex={0} role="region" aria-label={nameOf(series.name)}>
					<table class="table">
						<thead>
							<tr>
								<th scope="col">{metrics.day}</th>
								<th scope="col">{nameOf(series.name)}</th>
							</tr>
						</thead>
						<tbody>
							{series.points.map(({ day, value }) => (
								<tr key={day}>
									<th scope="row">{dayOfChart(day)}</th>
									<td>{number(value, 1)}</td>
								</tr>
							))}
						</tbody>
					</table>
				</div>
			) : (
				<Suspense fallback={<Skeleton look="block" rows={1} />}>
					<DailyChart key={series.name} name={nameOf(series.name)} points={series.points} />
				</Suspense>
			)}
		</section>
	);
}

/** How it goes, against the span before. */
export function MetricsView() {
	const { metrics } = words.value;
	const today = localDay(Date.now());
	const daysAgo = (days: number): string => localDay(Date.now() - days * DAY_MS);
	const [range, setRange] = useState<Range>('30');
	const [own, setOwn] = useState({ from: daysAgo(29), to: today });
	const wanted = range === 'own' ? own : { from: daysAgo(Number(range) - 1), to: today };
	const asked = useAsked('metrics', wanted);
	const told = asked.answer;
	return (
		<Page
			title={metrics.title}
			lead={metrics.lead}
			actions={
				<Segments<Range>
					label={metrics.range}
					value={range}
					choices={(['7', '30', '90', 'own'] as const).map((value) => ({ value, name: metrics.ranges[value] }))}
					onChoice={setRange}
				/>
			}
		>
			{range === 'own' ? (
				<div class="rangeForm">
					<TextField
						label={metrics.from}
						type="date"
						value={own.from}
						max={own.to}
						onText={(from) => from !== '' && setOwn({ ...own, from })}
					/>
					<TextField
						label={metrics.to}
						type="date"
						value={own.to}
						min={own.from}
						onText={(to) => to !== '' && setOwn({ ...own, to })}
					/>
				</div>
			) : null}
			{told === undefined ? (
				asked.said ? (
					<Failed said={asked.said} onRetry={asked.reload} />
				) : (
					<Skeleton look="block" />
				)
			) : told.metrics.length === 0 ? (
				<Empty icon={ChartColumn} title={metrics.empty}>
					{metrics.emptyHint}
				</Empty>
			) : (
				<>
					{told.alerts.length > 0 ? (
						<section class="alerts" aria-label={metrics.alerts}>
							{told.alerts.map((alert) => (
								<p key={`${alert.kind}${alert.since}`}>
									<Icon of={TriangleAlert} size={17} />
									<span>
										<b>{alertInWords({ ...alert, isOver: false }, language.value)}</b>{' '}
										{metrics.since(dateAndTime(alert.since))}
									</span>
								</p>
							))}
						</section>
					) : null}
					<dl class="metricCards">
						{told.metrics.map((metric) => (
							<div key={`${metric.name}${metric.currency ?? ''}`}>
								<dt>{nameOf(metric.name)}</dt>
								<dd>
									<b>{metric.value === null ? metrics.noValue : valueOf(metric, metric.value)}</b>
									<Change metric={metric} />
								</dd>
							</div>
						))}
					</dl>
					<Daily daily={told.daily} />
					<div class="cardGrid">
						{told.breakdowns.map((one) => (
							<Bars key={`${one.by}${one.name}`} one={one} />
						))}
					</div>
				</>
			)}
		</Page>
	);
}
