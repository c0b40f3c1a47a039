import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { amount, flag, optionalWords, optionsOf, parameter } from '../../shared/n8n/parameters';
import { publishDraft, reviewDraft, type PublishSettings } from '../../shared/usecases/profile/publishDraft';
import { saveByHandField, SETTINGS_ACTOR, type WhatsAppCrmOperation } from '../services';
import { rehearsalCard } from './rehearsalCard';
import { reportLanguage, reportLanguageField } from './reportLanguage';

export const conversationsField: INodeProperties = {
	displayName: 'Conversations',
	name: 'conversations',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 5000 },
	default: 400,
	description: 'How many of the newest conversations are played again',
};

export const noteField: INodeProperties = {
	displayName: 'Note',
	name: 'note',
	type: 'string',
	default: '',
	placeholder: 'e.g. Garantías desde marzo',
	description: 'Why it is published, for the history',
};

export const publishBusinessProfile: WhatsAppCrmOperation = {
	value: 'publish',
	name: 'Publish',
	action: 'Publish business profile draft',
	description: 'Rehearse the draft with real conversations, report what changes, and put it in force',
	// Everybody who writes afterwards is answered by it: not for a model alone.
	needsApproval: true,
	properties: [
		{
			displayName: 'Only If Tests Pass',
			name: 'onlyIfTestsPass',
			type: 'boolean',
			default: true,
			description: 'Whether nothing is published when a conversation kept as a test would end differently',
		},
		saveByHandField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				conversationsField,
				noteField,
				{
					displayName: 'Publish Over Newer Version',
					name: 'overNewer',
					type: 'boolean',
					default: false,
					description:
						'Whether to publish also when another version has been published since the draft was begun; what that one changed is undone',
				},
				reportLanguageField,
			],
		},
	],
	async execute(context, { store }) {
		const {
			conversations,
			note,
			overNewer,
			reportLanguage: language,
		} = parameter(
			context,
			'options',
			'Options',
			optionsOf({
				conversations: amount.default(400),
				note: optionalWords.optional(),
				overNewer: flag.default(false),
				reportLanguage,
			}),
		);
		const settings: PublishSettings = {
			conversations,
			note,
			overNewer,
			language,
			onlyIfTestsPass: parameter(context, 'onlyIfTestsPass', 'Only If Tests Pass', flag.default(true)),
		};
		if (context.manual && !parameter(context, 'saveByHand', 'Save When Run by Hand', flag.default(false))) {
			const reviewed = await reviewDraft(store, settings);
			if (reviewed === undefined)
				return { simulated: true, wouldPublish: false, obstacles: ['There is no draft.'], changes: [] };
			const { changes, rehearsal, obstacles } = reviewed;
			return {
				simulated: true,
				wouldPublish: obstacles.length === 0,
				obstacles: [...obstacles],
				changes: [...changes],
				rehearsal: rehearsalCard(rehearsal),
			};
		}
		const { version, changes, rehearsal } = await publishDraft(store, settings, SETTINGS_ACTOR);
		return { version, changes: [...changes], rehearsal: rehearsalCard(rehearsal) } as IDataObject;
	},
};
