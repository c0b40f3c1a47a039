import { InvalidInput } from '../../shared/domain/invalidInput';
import { LONGEST_ADDRESS, withinLimit } from '../../shared/domain/wazzup/limits';
import { simulated } from '../../shared/n8n/manualMode';
import { flag, parameter, words } from '../../shared/n8n/parameters';
import type { WazzupOperation } from '../services';
import { chosenEvents, subscriptionsField } from './subscriptions';

export const setWebhook: WazzupOperation = {
	value: 'set',
	name: 'Set',
	action: 'Set webhook',
	description: 'Set the one address that Wazzup tells what happens; Wazzup Trigger does it by itself',
	needsApproval: true,
	properties: [
		{
			displayName: 'Address',
			name: 'webhooksUri',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://n8n.example.com/webhook/wazzup?secret=…',
			description:
				'Public https address of at most 200 characters, with a secret of yours in it: Wazzup signs nothing. It must answer 200 to a test at once.',
		},
		subscriptionsField,
		{
			displayName: 'Replace Another Address',
			name: 'replace',
			type: 'boolean',
			default: false,
			description: 'Whether to take over when another address is set. Whoever is behind it hears nothing any more.',
		},
	],
	async execute(context, { client }) {
		const webhooksUri = withinLimit(parameter(context, 'webhooksUri', 'Address', words), 'Address', LONGEST_ADDRESS);
		const change = { webhooksUri, subscriptions: parameter(context, 'events', 'Events', chosenEvents) };
		const replace = parameter(context, 'replace', 'Replace Another Address', flag);
		const before = (await client.getWebhooks()).webhooksUri;
		if (before !== undefined && before !== webhooksUri && !replace) {
			throw new InvalidInput({
				message: `Another address is set in Wazzup: ${before.replace(/\?.*$/s, '?…')}`,
				description:
					"An account has one address. Turn 'Replace Another Address' on to take over; its receiver hears nothing any more.",
				parameter: 'Replace Another Address',
			});
		}
		if (context.manual) return simulated({ method: 'PATCH', url: `${client.root}/webhooks`, body: change });
		await client.setWebhooks(change);
		return {
			set: true,
			replaced: before !== undefined && before !== webhooksUri,
			subscriptions: { ...change.subscriptions },
		};
	},
};
