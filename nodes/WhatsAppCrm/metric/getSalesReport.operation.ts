import type { IDataObject } from 'n8n-workflow';

import { everybodysData } from '../../shared/n8n/everybodysData';
import { salesReportInWords, type SalesOf } from '../../shared/text/salesReport';
import { profileInForce } from '../../shared/usecases/profile/businessProfile';
import { salesOf } from '../../shared/usecases/metrics/salesOf';
import type { WhatsAppCrmOperation } from '../services';
import { spanFields, spanOf } from './spanFields';

const rowOf = ({ label, figures }: SalesOf): IDataObject => ({
	label,
	figures: figures.map((figure): IDataObject => ({ ...figure })),
});

export const getSalesReport: WhatsAppCrmOperation = {
	value: 'getSalesReport',
	name: 'Get Sales Report',
	action: 'Get sales report',
	description:
		'Retrieve what was sold in some days: links sent and paid, money by currency, advisor and option, in words and as HTML',
	properties: [...spanFields],
	customerOf: everybodysData,
	async execute(context, { store }) {
		const span = await spanOf(context, store);
		const report = await salesOf(store, span);
		const { profile } = await profileInForce(store);
		const { title, text, html } = salesReportInWords(report, profile.language);
		return {
			...span,
			title,
			text,
			html,
			// A report that is made again is left in the notifications once.
			requestId: `sales:${span.from}:${span.to}`,
			metrics: report.all.map((figure): IDataObject => ({ ...figure })),
			advisors: report.advisors.map(rowOf),
			options: report.options.map(rowOf),
		};
	},
};
