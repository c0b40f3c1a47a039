import { useEffect, useRef } from 'preact/hooks';
import UPlot from 'uplot';

import { dayOfChart, number } from '../format';
import { theme } from '../state/preferences';

const HEIGHT = 220;

const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** One number a day as a line. The same numbers stand beside it as a table. */
export function DailyChart({
	name,
	points,
}: {
	name: string;
	points: ReadonlyArray<{ readonly day: string; readonly value: number }>;
}) {
	const place = useRef<HTMLDivElement>(null);
	const shownTheme = theme.value;
	useEffect(() => {
		const box = place.current;
		if (box === null) return undefined;
		const draw = (): UPlot =>
			new UPlot(
				{
					width: box.clientWidth,
					height: HEIGHT,
					cursor: { y: false, points: { size: 7 } },
					legend: { show: false },
					scales: { x: { time: false }, y: { range: (_chart, _low, high) => [0, Math.max(1, high * 1.1)] } },
					series: [
						{},
						{
							label: name,
							stroke: colour('--accent'),
							fill: colour('--accent-soft'),
							width: 2,
							paths: UPlot.paths.spline?.(),
							points: { show: points.length < 32, size: 5 },
						},
					],
					axes: [
						{
							stroke: colour('--text-2'),
							grid: { show: false },
							ticks: { show: false },
							font: '12px system-ui',
							size: 28,
							// Whole days, and as many of them as can be read beside each other.
							space: 84,
							incrs: [1, 2, 5, 7, 14, 28],
							values: (_chart, splits) => splits.map((at) => (points[at] ? dayOfChart(points[at].day) : '')),
						},
						{
							stroke: colour('--text-2'),
							grid: { stroke: colour('--line'), width: 1 },
							ticks: { show: false },
							font: '12px system-ui',
							size: 52,
							values: (_chart, splits) => splits.map((value) => number(value, 1)),
						},
					],
				},
				[points.map((_point, index) => index), points.map(({ value }) => value)],
				box,
			);
		const chart = draw();
		const watcher = new ResizeObserver(() => chart.setSize({ width: box.clientWidth, height: HEIGHT }));
		watcher.observe(box);
		return () => {
			watcher.disconnect();
			chart.destroy();
		};
	}, [points, name, shownTheme]);
	const most = points.reduce(
		(best, point) => (point.value > best.value ? point : best),
		points[0] ?? { day: '', value: 0 },
	);
	return (
		<div
			class="chart"
			ref={place}
			role="img"
			aria-label={`${name}: ${number(most.value, 1)}${most.day ? ` (${dayOfChart(most.day)})` : ''}`}
		/>
	);
}
