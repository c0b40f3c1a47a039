import type { INodeProperties } from 'n8n-workflow';
import { DateTime } from 'luxon';
import { z } from 'zod';

import type { OperationContext } from '../../shared/n8n/operation';
import { parameter, words } from '../../shared/n8n/parameters';
import type { Store } from '../../shared/store/store';
import { profileInForce } from '../../shared/usecases/profile/businessProfile';
import type { MetricSpan } from '../../shared/usecases/metrics/readMetrics';

const RANGES = ['last30Days', 'last7Days', 'own', 'thisMonth', 'today', 'yesterday'] as const;

/** Which days, by the clock of the business. */
export const spanFields: readonly INodeProperties[] = [
	{
		displayName: 'Range',
		name: 'range',
		type: 'options',
		options: [
			{ name: 'From and To', value: 'own' },
			{ name: 'Last Month (30 Days)', value: 'last30Days', description: 'Yesterday and the 29 days before' },
			{ name: 'Last Week (7 Days)', value: 'last7Days', description: 'Yesterday and the six days before' },
			{ name: 'This Month', value: 'thisMonth' },
			{ name: 'Today', value: 'today' },
			{ name: 'Yesterday', value: 'yesterday' },
		],
		default: 'yesterday',
		description: 'Which days, in the time zone of the business profile',
	},
	{
		displayName: 'From',
		name: 'from',
		type: 'string',
		displayOptions: { show: { range: ['own'] } },
		default: '',
		required: true,
		placeholder: 'e.g. 2026-03-01',
		description: 'First day',
	},
	{
		displayName: 'To',
		name: 'to',
		type: 'string',
		displayOptions: { show: { range: ['own'] } },
		default: '',
		required: true,
		placeholder: 'e.g. 2026-03-31',
		description: 'Last day, included',
	},
];

/** A day as it is written, also from a date of n8n with a time. */
const day = words.transform((text) => text.trim().slice(0, 10));

export async function spanOf(context: OperationContext, store: Store): Promise<MetricSpan> {
	const range = parameter(context, 'range', 'Range', z.enum(RANGES).default('yesterday'));
	const { profile } = await profileInForce(store);
	const today = DateTime.fromMillis(store.now(), { zone: profile.timeZone });
	const before = (days: number): string => today.minus({ days }).toFormat('yyyy-MM-dd');
	switch (range) {
		case 'own':
			return { from: parameter(context, 'from', 'From', day), to: parameter(context, 'to', 'To', day) };
		case 'today':
			return { from: before(0), to: before(0) };
		case 'yesterday':
			return { from: before(1), to: before(1) };
		case 'last7Days':
			return { from: before(7), to: before(1) };
		case 'last30Days':
			return { from: before(30), to: before(1) };
		case 'thisMonth':
			return { from: today.startOf('month').toFormat('yyyy-MM-dd'), to: before(0) };
	}
}
