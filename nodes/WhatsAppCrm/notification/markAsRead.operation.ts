import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { parameter, words } from '../../shared/n8n/parameters';
import { chooseField } from '../../shared/n8n/storeLists';
import { markNotifications, previewMark } from '../../shared/usecases/notify/markNotifications';
import type { WhatsAppCrmOperation } from '../services';
import { advisorField } from '../advisor/advisorField';
import { everybodysData } from '../../shared/n8n/everybodysData';

export const markNotificationAsRead: WhatsAppCrmOperation = {
	value: 'markAsRead',
	name: 'Mark as Read',
	action: 'Mark notification as read',
	description: 'Mark one notification as read, or all of one person',
	properties: [
		{
			displayName: 'Which',
			name: 'which',
			type: 'options',
			options: [
				{ name: 'All of One Person', value: 'advisor' },
				{ name: 'One Notification', value: 'one' },
			],
			default: 'one',
			description: 'What is marked',
		},
		{
			...chooseField({
				displayName: 'Notification',
				name: 'notification',
				description: 'The notification',
				search: 'searchNotifications',
				by: { displayName: 'By ID', placeholder: 'e.g. 0198c1f2-…' },
				required: true,
			}),
			displayOptions: { show: { which: ['one'] } },
		},
		{ ...advisorField, displayOptions: { show: { which: ['advisor'] } } },
	],
	customerOf: everybodysData,
	async execute(context, { store }) {
		const which = parameter(context, 'which', 'Which', z.enum(['advisor', 'one']).default('one'));
		const choice =
			which === 'one'
				? { notificationId: parameter(context, 'notification', 'Notification', words).trim() }
				: { advisorId: parameter(context, 'advisor', 'Advisor', words).trim() };
		const marked = context.manual ? await previewMark(store, choice) : await markNotifications(store, choice);
		return { ...(context.manual ? { simulated: true } : {}), ...choice, marked } as IDataObject;
	},
};
