import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { itemOfEvent, type EventOwner } from '../shared/usecases/emit/items';
import type { WazzupEvent } from '../shared/webhooks/wazzup';

/** Never reordered: n8n keeps wires by index. */
export const OUTPUTS = ['messages', 'statuses', 'createContact', 'createDeal', 'channels', 'templates', 'due'] as const;

export const OUTPUT_NAMES = ['Messages', 'Statuses', 'Create Contact', 'Create Deal', 'Channels', 'Templates', 'Due'];

export type WazzupOutput = Exclude<(typeof OUTPUTS)[number], 'due'>;

/** Where an event leaves. What an advisor wrote elsewhere goes with the statuses: nobody answers it. */
export function outputOf(event: WazzupEvent): WazzupOutput | undefined {
	switch (event.kind) {
		case 'message':
			return 'messages';
		case 'status':
		case 'echo':
			return 'statuses';
		case 'create_contact':
			return 'createContact';
		case 'create_deal':
			return 'createDeal';
		case 'account':
			return event.field === 'templateStatus' ? 'templates' : 'channels';
		case 'probe':
			return undefined;
		default:
			return 'channels';
	}
}

function itemOf(event: WazzupEvent, owner: EventOwner): IDataObject | undefined {
	switch (event.kind) {
		case 'probe':
			return undefined;
		case 'create_contact':
		case 'create_deal':
			return {
				...event,
				crm: { workspaceId: owner.workspaceId, webhookId: owner.webhookId },
			} as unknown as IDataObject;
		default:
			return itemOfEvent(event, { ...owner, channelId: event.channel?.phoneNumberId }) as IDataObject;
	}
}

/** Items by output, as an execution of production would start with them, but of events that were not stored. */
export function itemsByHand(
	events: readonly WazzupEvent[],
	chosen: ReadonlySet<string>,
	owner: EventOwner,
): INodeExecutionData[][] {
	return OUTPUTS.map((output) =>
		events.flatMap((event) => {
			if (outputOf(event) !== output || !chosen.has(output)) return [];
			const json = itemOf(event, owner);
			return json === undefined ? [] : [{ json }];
		}),
	);
}
