import type { IDataObject } from 'n8n-workflow';

import { flag, parameter } from '../../shared/n8n/parameters';
import { profileInForce } from '../../shared/usecases/profile/businessProfile';
import { fillProfile, previewProfile } from '../../shared/usecases/profile/fillProfile';
import { draftProfile } from '../../shared/usecases/profile/profileVersions';
import { saveByHandField, SETTINGS_ACTOR, type WhatsAppCrmOperation } from '../services';
import { keepOtherOptionsField } from './menuFields';
import { jsonField, jsonObject, mainFields, moreFields } from './profileFields';
import { changesOfForm } from './profileForm';
import { saveAs, saveAsField } from './saveAs';

export const saveBusinessProfile: WhatsAppCrmOperation = {
	value: 'save',
	name: 'Save',
	action: 'Save business profile',
	description:
		'Change name, menu, questions, areas, keywords, texts and times, as a draft or published at once; what is left empty stays as it is',
	// Everybody who writes afterwards is answered by it: not for a model alone.
	needsApproval: true,
	properties: [
		...mainFields,
		keepOtherOptionsField,
		{
			displayName: 'Only Fill What Is Empty',
			name: 'onlyEmpty',
			type: 'boolean',
			default: false,
			description:
				'Whether to leave alone what the profile says already, so that a setup which runs again undoes nobody’s work',
		},
		saveAsField,
		saveByHandField,
		moreFields,
		{ ...jsonField, description: `${jsonField.description ?? ''} The fields above win over it.` },
	],
	async execute(context, { store }) {
		const settings = {
			as: parameter(context, 'saveAs', 'Save As', saveAs),
			onlyEmpty: parameter(context, 'onlyEmpty', 'Only Fill What Is Empty', flag.default(false)),
			keepOtherOptions: parameter(context, 'keepOtherOptions', 'Keep Other Menu Options', flag.default(true)),
		};
		const draft = settings.as === 'draft' ? await draftProfile(store) : undefined;
		const { profile: base } = draft ?? (await profileInForce(store));
		const json = parameter(context, 'profileJson', 'Profile (JSON)', jsonObject);
		const changes = [json, changesOfForm(context, base)];
		if (context.manual && !parameter(context, 'saveByHand', 'Save When Run by Hand', flag.default(false))) {
			const { candidate, problems } = await previewProfile(store, changes, settings);
			return { simulated: true, valid: problems.length === 0, problems, profile: candidate } as IDataObject;
		}
		const saved = await fillProfile(store, changes, settings, SETTINGS_ACTOR);
		return {
			action: saved.action,
			version: saved.version,
			name: saved.profile.name,
			options: saved.profile.options.map(({ title }) => title),
			areas: saved.profile.areas.map(({ name }) => name),
		} as IDataObject;
	},
};
