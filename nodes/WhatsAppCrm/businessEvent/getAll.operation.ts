import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { everybodysData } from '../../shared/n8n/everybodysData';
import { isSimplified, limitFields, rowsAskedFor, simplifyField } from '../../shared/n8n/getMany';
import { optionsOf, parameter } from '../../shared/n8n/parameters';
import { listBusinessEvents, type BusinessEventRow } from '../../shared/store/repositories/businessEvents';
import { whole } from '../../shared/usecases/cards';
import type { WhatsAppCrmOperation } from '../services';

const card = (row: BusinessEventRow): IDataObject => ({
	eventId: row.id,
	type: row.type,
	state: row.state,
	attempts: row.attempts,
	error: row.error,
	contactId: row.contact_id,
	createdAt: new Date(row.created_at).toISOString(),
});

export const getManyBusinessEvents: WhatsAppCrmOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many business events',
	description: 'Retrieve what other systems were or are to be told, newest first; kept for a month',
	properties: [
		...limitFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				{
					displayName: 'State',
					name: 'state',
					type: 'options',
					options: [
						{ name: 'Dead', value: 'dead', description: 'Given up after six attempts' },
						{ name: 'Queued', value: 'queued', description: 'Waits for its time' },
						{ name: 'Sending', value: 'sending', description: 'On its way' },
						{ name: 'Sent', value: 'sent', description: 'Taken by the receiver' },
					],
					default: 'dead',
					description: 'Only what is in this state',
				},
			],
		},
		simplifyField,
	],
	customerOf: everybodysData,
	async execute(context, { store }) {
		const { state } = parameter(
			context,
			'filters',
			'Filters',
			optionsOf({ state: z.enum(['dead', 'queued', 'sending', 'sent']).optional() }),
		);
		const rows = await rowsAskedFor<BusinessEventRow>(
			context,
			async ({ after, limit }) =>
				await listBusinessEvents(store.db, store.workspaceId, { state, before: after?.id, limit }),
		);
		return rows.map((row) => (isSimplified(context) ? card(row) : ({ ...whole(row), ...card(row) } as IDataObject)));
	},
};
