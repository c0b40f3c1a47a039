import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { OUTPUTS } from './outputs';

/** What a click looks like on the canvas: nobody's, and nothing of it is stored. */
export function sampleClick(workspaceId: string, webhookId: string): INodeExecutionData[][] {
	const item: IDataObject = {
		crm: {
			workspaceId,
			webhookId,
			channelId: 'sample',
			contactId: 'sample',
			conversationId: 'sample',
			requestId: 'sample',
			outboxIds: [],
		},
		simulated: true,
		action: 'reply',
		advisor: 'Carolina Rojas',
		advisorId: 'sample',
		customer: 'Ana Gómez',
		phone: '+573001234567',
		text: 'Hola Ana, ya tengo lista tu cotización.',
		at: '2026-03-10T15:04:05.000Z',
	};
	return OUTPUTS.map((output) => (output === 'reply' ? [{ json: item }] : []));
}
