import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import type { WebhookSubscriptions } from '../../shared/clients/wazzup/webhooks';

export const subscriptionsField: INodeProperties = {
	displayName: 'Events',
	name: 'events',
	type: 'multiOptions',
	options: [
		{ name: 'Channel States', value: 'channelsUpdates' },
		{
			name: 'Contact and Deal Requests',
			value: 'contactsAndDealsCreation',
			description: 'Wazzup asks the CRM to create them, once pipelines were saved',
		},
		{ name: 'Messages and Statuses', value: 'messagesAndStatuses' },
		{ name: 'Template States', value: 'templateStatus' },
	],
	default: ['channelsUpdates', 'contactsAndDealsCreation', 'messagesAndStatuses', 'templateStatus'],
	description: 'What Wazzup tells the address; nothing else is sent',
};

export const chosenEvents = z.array(z.string()).transform(
	(events): WebhookSubscriptions => ({
		messagesAndStatuses: events.includes('messagesAndStatuses'),
		contactsAndDealsCreation: events.includes('contactsAndDealsCreation'),
		channelsUpdates: events.includes('channelsUpdates'),
		templateStatus: events.includes('templateStatus'),
	}),
);
