import type { IDataObject } from 'n8n-workflow';

import { flag, parameter } from '../../shared/n8n/parameters';
import { profileInForce } from '../../shared/usecases/businessProfile';
import { fillProfile, previewProfile } from '../../shared/usecases/fillProfile';
import { saveByHandField, SETTINGS_ACTOR, type WhatsAppCrmOperation } from '../services';
import { changesOfForm, jsonField, jsonObject, mainFields, moreFields } from './profileFields';

export const saveBusinessProfile: WhatsAppCrmOperation = {
	value: 'save',
	name: 'Save',
	action: 'Save business profile',
	description: 'Publish name, menu, areas, texts and times; conversations go on with them at their next message',
	// Everybody who writes afterwards is answered by it: not for a model alone.
	needsApproval: true,
	properties: [
		...mainFields,
		{
			displayName: 'Only Fill What Is Empty',
			name: 'onlyEmpty',
			type: 'boolean',
			default: true,
			description:
				'Whether to leave alone what the published profile says already, so that a setup which runs again undoes nobody’s work',
		},
		saveByHandField,
		moreFields,
		{ ...jsonField, description: `${jsonField.description ?? ''} The fields above win over it.` },
	],
	async execute(context, { store }) {
		const inForce = await profileInForce(store);
		const json = parameter(context, 'profileJson', 'Profile (JSON)', jsonObject);
		const form = changesOfForm(
			context,
			inForce.profile.options.map(({ id }) => id),
		);
		const onlyEmpty = parameter(context, 'onlyEmpty', 'Only Fill What Is Empty', flag.default(true));
		const changes = { ...json, ...form };
		if (context.manual && !parameter(context, 'saveByHand', 'Save When Run by Hand', flag.default(false))) {
			const { candidate, problems } = await previewProfile(store, changes, onlyEmpty);
			return { simulated: true, valid: problems.length === 0, problems, profile: candidate } as IDataObject;
		}
		const saved = await fillProfile(store, changes, onlyEmpty, SETTINGS_ACTOR);
		return {
			action: saved.action,
			version: saved.version,
			name: saved.profile.name,
			options: saved.profile.options.map(({ title }) => title),
			areas: saved.profile.areas.map(({ name }) => name),
		} as IDataObject;
	},
};
