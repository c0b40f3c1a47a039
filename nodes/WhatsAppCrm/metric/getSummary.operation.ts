import type { IDataObject } from 'n8n-workflow';

import { everybodysData } from '../../shared/n8n/everybodysData';
import { profileInForce } from '../../shared/usecases/profile/businessProfile';
import { openAlerts } from '../../shared/usecases/alerts/openAlerts';
import { readSummary } from '../../shared/usecases/metrics/readMetrics';
import { summaryInWords } from '../../shared/text/metricTexts';
import type { WhatsAppCrmOperation } from '../services';
import { spanFields, spanOf } from './spanFields';

export const getMetricSummary: WhatsAppCrmOperation = {
	value: 'getSummary',
	name: 'Get Summary',
	action: 'Get summary of metrics',
	description: 'Retrieve all figures of some days in one item, beside those of the days before, and in words',
	properties: [...spanFields],
	customerOf: everybodysData,
	async execute(context, { store }) {
		const span = await spanOf(context, store);
		const figures = await readSummary(store, span);
		const { profile } = await profileInForce(store);
		const alerts = await openAlerts(store);
		const { title, text } = summaryInWords(
			{ ...span, business: profile.name, figures, alerts: alerts.map(({ message }) => message) },
			profile.language,
		);
		return {
			...span,
			title,
			text,
			// A report that is made again is left in the notifications once.
			requestId: `report:${span.from}:${span.to}`,
			metrics: figures.map((figure): IDataObject => ({ ...figure })),
			alerts: alerts.map((alert): IDataObject => ({ ...alert })),
		};
	},
};
