import type { IDataObject } from 'n8n-workflow';

import { flag, optionalWords, optionsOf, parameter } from '../../shared/n8n/parameters';
import { reviewRollBack, rollBackProfile } from '../../shared/usecases/profile/rollBackProfile';
import { saveByHandField, SETTINGS_ACTOR, type WhatsAppCrmOperation } from '../services';
import { chosenVersion, versionField } from './chosenProfile';
import { noteField } from './publish.operation';
import { reportLanguage, reportLanguageField } from './reportLanguage';

export const rollBackBusinessProfile: WhatsAppCrmOperation = {
	value: 'rollBack',
	name: 'Roll Back',
	action: 'Roll back business profile',
	description: 'Put an earlier version in force again, as a new version; nothing of the history is lost',
	// Everybody who writes afterwards is answered by it: not for a model alone.
	needsApproval: true,
	properties: [
		versionField,
		saveByHandField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [noteField, reportLanguageField],
		},
	],
	async execute(context, { store }) {
		const { note, reportLanguage: language } = parameter(
			context,
			'options',
			'Options',
			optionsOf({ note: optionalWords.optional(), reportLanguage }),
		);
		const request = { version: chosenVersion(context), note, language };
		if (context.manual && !parameter(context, 'saveByHand', 'Save When Run by Hand', flag.default(false))) {
			const { changes } = await reviewRollBack(store, request);
			return { simulated: true, rolledBackTo: request.version, changes: [...changes] };
		}
		const { version, changes } = await rollBackProfile(store, request, SETTINGS_ACTOR);
		return { version, rolledBackTo: request.version, changes: [...changes] } as IDataObject;
	},
};
