import { optionalWords, parameter } from '../../shared/n8n/parameters';
import { retryDeadEvents } from '../../shared/store/repositories/businessEvents';
import type { WhatsAppCrmOperation } from '../services';

export const retryBusinessEvents: WhatsAppCrmOperation = {
	value: 'retry',
	name: 'Retry',
	action: 'Retry business events',
	description: 'Put what was given up back into the queue, under the same IDs, for the next Send Queued',
	needsApproval: true,
	properties: [
		{
			displayName: 'Event ID',
			name: 'eventId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 0198c1f2-…',
			description: 'Only this event; empty for everything that was given up',
		},
	],
	async execute(context, { store }) {
		const eventId = parameter(context, 'eventId', 'Event ID', optionalWords)?.trim();
		if (context.manual) return { simulated: true, eventId: eventId ?? null };
		const queued = await store.transaction(async (tx) => await retryDeadEvents(tx, store, eventId));
		return { eventId: eventId ?? null, queued };
	},
};
