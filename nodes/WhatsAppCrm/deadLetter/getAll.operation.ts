import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { isSimplified, limitFields, rowsAskedFor, simplifyField } from '../../shared/n8n/getMany';
import { optionsOf, parameter } from '../../shared/n8n/parameters';
import { DEAD_LETTER_KINDS, listDeadLetters, type DeadLetterRow } from '../../shared/store/repositories/deadLetters';
import { deadLetterInWords } from '../../shared/text/deadLetters';
import { profileInForce } from '../../shared/usecases/profile/businessProfile';
import { whole } from '../../shared/usecases/cards';
import type { WhatsAppCrmOperation } from '../services';
import { everybodysData } from '../../shared/n8n/everybodysData';

export const getManyDeadLetters: WhatsAppCrmOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many dead letters',
	description: 'Retrieve what was given up after three attempts, with the reason and the customer, newest first',
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
					displayName: 'Kind',
					name: 'kind',
					type: 'options',
					options: [
						{
							name: 'Bridge',
							value: 'bridge',
							description: 'Something between an advisor and a customer that could not be passed on',
						},
						{ name: 'File', value: 'file', description: 'A file that could not be stored' },
						{ name: 'Message', value: 'message', description: 'A message that could not be sent' },
						{
							name: 'Payment',
							value: 'payment',
							description: 'News of a payment that its provider could not be asked about',
						},
						{ name: 'Received', value: 'received', description: 'A received message that could not be processed' },
						{ name: 'Step', value: 'step', description: 'A step of a branch that could not be finished' },
					],
					default: 'step',
					description: 'Only what is of this kind',
				},
			],
		},
		simplifyField,
	],
	customerOf: everybodysData,
	async execute(context, { store }) {
		const { kind } = parameter(
			context,
			'filters',
			'Filters',
			optionsOf({ kind: z.enum(DEAD_LETTER_KINDS).optional() }),
		);
		const { profile } = await profileInForce(store);
		const rows = await rowsAskedFor<DeadLetterRow>(
			context,
			async ({ after, limit }) => await listDeadLetters(store.db, store.workspaceId, { kind, before: after, limit }),
		);
		const card = (row: DeadLetterRow): IDataObject => ({
			deadLetterId: row.id,
			kind: row.kind,
			what: deadLetterInWords(row.kind, row.about, profile.language),
			reason: row.error,
			contactId: row.contact_id,
			contactName: row.contact_name,
			contactPhone: row.contact_phone,
			at: new Date(row.created_at).toISOString(),
		});
		return rows.map((row) => (isSimplified(context) ? card(row) : ({ ...whole(row), ...card(row) } as IDataObject)));
	},
};
