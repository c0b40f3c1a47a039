import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { ChannelEvent } from '../shared/domain/messages/events';
import { itemOfEvent, type EventOwner } from '../shared/usecases/emit/items';
import { OUTPUT_OF } from '../shared/usecases/receive/receiveEvents';
import type { EmittedEvents } from '../shared/usecases/receive/receiving';

/** Never reordered: n8n keeps wires by index. */
export const OUTPUTS = ['messages', 'statuses', 'echoes', 'account', 'due'] as const;

export const OUTPUT_NAMES = ['Messages', 'Statuses', 'Echoes', 'Account', 'Due'];

/** Items by output, as an execution of production would start with them, but of events that were not stored. */
export function outputsOf(
	events: readonly ChannelEvent[],
	emit: EmittedEvents,
	owner: Omit<EventOwner, 'channelId'>,
): INodeExecutionData[][] {
	return OUTPUTS.map((output) =>
		events
			.filter((event) => OUTPUT_OF[event.kind] === output && emit[OUTPUT_OF[event.kind]])
			.map((event) => ({
				json: itemOfEvent(event, { ...owner, channelId: event.channel?.phoneNumberId }) as IDataObject,
			})),
	);
}
