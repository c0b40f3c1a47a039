import { amount, optionsOf, parameter } from '../../shared/n8n/parameters';
import { findProfile } from '../../shared/usecases/profile/profileVersions';
import { rehearseProfile } from '../../shared/usecases/profile/rehearseProfile';
import type { WhatsAppCrmOperation } from '../services';
import { chosenProfile, chosenProfileFields } from './chosenProfile';
import { conversationsField } from './publish.operation';
import { rehearsalCard } from './rehearsalCard';
import { reportLanguage, reportLanguageField } from './reportLanguage';

export const rehearseBusinessProfile: WhatsAppCrmOperation = {
	value: 'rehearse',
	name: 'Rehearse',
	action: 'Rehearse business profile',
	description:
		'Play the newest real conversations again with another profile and say what would change; nothing is stored or sent, and no AI model is asked',
	properties: [
		...chosenProfileFields('draft'),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [conversationsField, reportLanguageField],
		},
	],
	async execute(context, { store }) {
		const { conversations, reportLanguage: language } = parameter(
			context,
			'options',
			'Options',
			optionsOf({ conversations: amount.default(400), reportLanguage }),
		);
		const { profile } = await findProfile(store, chosenProfile(context));
		return rehearsalCard(await rehearseProfile(store, profile, { conversations, language }));
	},
};
