import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { toNodeError } from '../../shared/n8n/errors';
import { givenUpInWords } from '../../shared/text/businessEventTexts';
import { profileInForce } from '../../shared/usecases/profile/businessProfile';
import { previewBusinessEvents, sendBusinessEvents } from '../../shared/usecases/businessEvents/sendBusinessEvents';
import type { WhatsAppCrmBatchOperation } from '../services';

export const sendQueuedEvents: WhatsAppCrmBatchOperation = {
	value: 'sendQueued',
	name: 'Send Queued',
	action: 'Send queued business events',
	description: 'Deliver what has happened to the event webhooks, signed, and in order for one customer',
	// Not a tool: what other systems are told is the desk's business.
	needsApproval: true,
	properties: [
		{
			displayName:
				'Runs once, however many items come in. Each delivery leaves as an item that says what became of it: <b>sent</b>, <b>retried</b> (after 1 s, 30 s, 5 min, 1 h and 6 h) or <b>dead</b>.',
			name: 'sendQueuedEventsNotice',
			type: 'notice',
			default: '',
		},
	],
	async executeAll(node, items, manual, { store }) {
		const pairedItem = items.map((_item, item) => ({ item }));
		try {
			if (manual) {
				const requests = await previewBusinessEvents(store);
				return [{ json: { simulated: true, requests } as IDataObject, pairedItem }];
			}
			const sent = await sendBusinessEvents(store);
			const { profile } = await profileInForce(store);
			return sent.map(
				({ event, webhook, host, outcome, error }): INodeExecutionData => ({
					json: {
						eventId: event.id,
						type: event.type,
						webhook,
						host,
						outcome,
						attempts: event.attempts,
						error: error ?? null,
						requestId: `event:${event.id}`,
						...(outcome === 'dead' && error !== undefined
							? { text: givenUpInWords(profile.language, { webhook, host, type: event.type, error }) }
							: {}),
					},
					pairedItem,
				}),
			);
		} catch (error) {
			throw toNodeError(node.getNode(), error);
		}
	},
};
