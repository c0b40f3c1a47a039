import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { isSimplified, limitFields, rowsAskedFor, simplifyField } from '../../shared/n8n/getMany';
import { optionsOf, parameter } from '../../shared/n8n/parameters';
import { advisorOption, chosenOption } from '../../shared/n8n/storeLists';
import { listNotifications, type NotificationRow } from '../../shared/store/repositories/notifications';
import { notificationCard, whole } from '../../shared/usecases/cards';
import type { WhatsAppCrmOperation } from '../services';
import { everybodysData } from '../../shared/n8n/everybodysData';

export const getManyNotifications: WhatsAppCrmOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many notifications',
	description: 'Retrieve what the team was told, newest first',
	properties: [
		...limitFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				{ ...advisorOption, description: 'Only what this person was told' },
				{
					displayName: 'State',
					name: 'state',
					type: 'options',
					options: [
						{ name: 'Read', value: 'read' },
						{ name: 'Unread', value: 'unread' },
					],
					default: 'unread',
					description: 'Only notifications in this state',
				},
			],
		},
		simplifyField,
	],
	customerOf: everybodysData,
	async execute(context, { store }) {
		const { advisor, state } = parameter(
			context,
			'filters',
			'Filters',
			optionsOf({ advisor: chosenOption, state: z.enum(['read', 'unread']).optional() }),
		);
		const rows = await rowsAskedFor<NotificationRow>(
			context,
			async ({ after, limit }) =>
				await listNotifications(store.db, store.workspaceId, {
					advisorId: advisor,
					state,
					before: after?.id,
					limit,
				}),
		);
		return rows.map(isSimplified(context) ? notificationCard : whole) as IDataObject[];
	},
};
