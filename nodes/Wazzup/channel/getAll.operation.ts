import { chatTypeOfTransport, isActiveState, transportName } from '../../shared/domain/wazzup/chatTypes';
import { limitFields } from '../../shared/n8n/getMany';
import { optionalFlag, optionsOf, parameter } from '../../shared/n8n/parameters';
import { rowsWanted } from '../entity/read';
import type { WazzupOperation } from '../services';

export const getManyChannels: WazzupOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many channels',
	description: 'List the numbers and accounts that are connected in Wazzup, with their state',
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
					displayName: 'Active Only',
					name: 'activeOnly',
					type: 'boolean',
					default: true,
					description: 'Whether to leave out channels that cannot send now',
				},
			],
		},
	],
	async execute(context, { client }) {
		const { activeOnly } = parameter(context, 'filters', 'Filters', optionsOf({ activeOnly: optionalFlag }));
		const channels = await client.listChannels();
		return channels
			.filter(({ state }) => activeOnly !== true || isActiveState(state))
			.slice(0, rowsWanted(context))
			.map((channel) => ({
				...channel,
				transportName: transportName(channel.transport),
				chatType: chatTypeOfTransport(channel.transport),
				active: isActiveState(channel.state),
			}));
	},
};
