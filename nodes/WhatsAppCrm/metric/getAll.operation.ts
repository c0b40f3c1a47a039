import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { limitFields, rowsAskedFor } from '../../shared/n8n/getMany';
import { everybodysData } from '../../shared/n8n/everybodysData';
import { parameter } from '../../shared/n8n/parameters';
import { GRANULARITIES, readMetrics, type MetricRow } from '../../shared/usecases/metrics/readMetrics';
import type { WhatsAppCrmOperation } from '../services';
import { spanFields, spanOf } from './spanFields';

const BREAKDOWNS = ['all', 'advisor', 'area', 'channel', 'option', 'template'] as const;

export const getManyMetrics: WhatsAppCrmOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many metrics',
	description: 'Retrieve the figures of the desk by day, week or month, and by who or what they are broken down by',
	properties: [
		...spanFields,
		{
			displayName: 'Granularity',
			name: 'granularity',
			type: 'options',
			options: [
				{ name: 'Day', value: 'day' },
				{ name: 'Month', value: 'month' },
				{ name: 'Week', value: 'week', description: 'Beginning on Monday' },
				{ name: 'Whole Range', value: 'span' },
			],
			default: 'day',
			description: 'What one row stands for',
		},
		{
			displayName: 'Break Down By',
			name: 'breakDownBy',
			type: 'options',
			options: [
				{ name: 'Advisor', value: 'advisor' },
				{ name: 'Area', value: 'area' },
				{ name: 'Menu Option', value: 'option' },
				{ name: 'Message Template', value: 'template' },
				{ name: 'Nothing', value: 'all' },
				{ name: 'Number', value: 'channel' },
			],
			default: 'all',
			description: 'Whether there is a row for each of them',
		},
		...limitFields,
	],
	customerOf: everybodysData,
	async execute(context, { store }) {
		const found = await readMetrics(store, {
			...(await spanOf(context, store)),
			granularity: parameter(context, 'granularity', 'Granularity', z.enum(GRANULARITIES).default('day')),
			by: parameter(context, 'breakDownBy', 'Break Down By', z.enum(BREAKDOWNS).default('all')),
		});
		const rows = await rowsAskedFor<MetricRow>(context, async ({ after, limit }) => {
			const start = after === undefined ? 0 : found.indexOf(after) + 1;
			return await Promise.resolve(found.slice(start, start + limit));
		});
		return rows.map(
			({ day, name, value, unit, currency, by, key, label }): IDataObject => ({
				day,
				metric: name,
				value,
				unit,
				...(currency === undefined ? {} : { currency }),
				...(by === 'all' ? {} : { breakDownBy: by, key, label }),
			}),
		);
	},
};
