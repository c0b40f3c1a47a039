import { optionsOf, parameter, optionalWords } from '../../shared/n8n/parameters';
import { InvalidInput } from '../../shared/domain/invalidInput';
import { previewRetry, retryDeadLetter } from '../../shared/usecases/send/retryDeadLetter';
import { changesNow, saveByHandField, SETTINGS_ACTOR, type WhatsAppCrmOperation } from '../services';
import { everybodysData } from '../../shared/n8n/everybodysData';

export const retryDeadLetterOperation: WhatsAppCrmOperation = {
	value: 'retry',
	name: 'Retry',
	action: 'Retry dead letter',
	description: 'Make what was given up ready again, once its cause is mended; what is done already is not done twice',
	properties: [
		{
			displayName:
				'Behind Dead Letter: Get Many nothing needs to be filled in. The trigger takes it up within a second, on the same branches as at the first try.',
			name: 'retryNotice',
			type: 'notice',
			default: '',
		},
		saveByHandField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Dead Letter ID',
					name: 'deadLetterId',
					type: 'string',
					default: '',
					placeholder: 'e.g. 0198c1f2-…',
					description: 'Which one. Empty for the one that the item names.',
				},
			],
		},
	],
	customerOf: everybodysData,
	async execute(context, { store }) {
		const said = parameter(context, 'options', 'Options', optionsOf({ deadLetterId: optionalWords }));
		const deadLetterId = said.deadLetterId ?? optionalWords.parse(context.item.json.deadLetterId);
		if (deadLetterId === undefined) {
			throw new InvalidInput({
				message: 'The item names no dead letter',
				description: "Connect this node behind Dead Letter: Get Many, or add 'Dead Letter ID' in Options.",
				parameter: 'Dead Letter ID',
			});
		}
		return changesNow(context)
			? { deadLetterId, ...(await retryDeadLetter(store, deadLetterId, SETTINGS_ACTOR)) }
			: { simulated: true, deadLetterId, ...(await previewRetry(store, deadLetterId)) };
	},
};
