import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { limitFields, rowsAskedFor } from '../../shared/n8n/getMany';
import { parameter } from '../../shared/n8n/parameters';
import type { CountedQuestion } from '../../shared/store/repositories/unansweredQuestions';
import { unansweredCard, unansweredQuestions } from '../../shared/usecases/knowledge/searchKnowledge';
import type { WhatsAppCrmOperation } from '../services';

export const getManyUnanswered: WhatsAppCrmOperation = {
	value: 'getUnanswered',
	name: 'Get Many Unanswered',
	action: 'Get many unanswered questions',
	description: 'Retrieve what customers asked and nothing answered, the most frequent first',
	properties: [
		...limitFields,
		{
			displayName: 'Days',
			name: 'days',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 90,
			description: 'How far back to look',
		},
	],
	async execute(context, { store }) {
		const days = parameter(context, 'days', 'Days', z.coerce.number().min(1).max(3650).default(90));
		const rows = await rowsAskedFor<CountedQuestion>(
			context,
			async ({ after, limit }) => await unansweredQuestions(store, { days, after, limit }),
		);
		const cards: IDataObject[] = [];
		for (const row of rows) cards.push((await unansweredCard(store, row)) as IDataObject);
		return cards;
	},
};
