import type { IDataObject } from 'n8n-workflow';

import { isSimplified, simplifyField } from '../../shared/n8n/getMany';
import { findProfile } from '../../shared/usecases/profile/profileVersions';
import type { WhatsAppCrmOperation } from '../services';
import { chosenProfile, chosenProfileFields } from './chosenProfile';

export const getBusinessProfile: WhatsAppCrmOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get business profile',
	description: 'Retrieve the profile that the bot answers by (the example profile until one is saved), or another one',
	properties: [...chosenProfileFields('published'), simplifyField],
	async execute(context, { store }) {
		const which = chosenProfile(context);
		const { profile, version, baseVersion } = await findProfile(store, which);
		const about = {
			version: version ?? null,
			published: which === 'published' && version !== 0,
			...(baseVersion === undefined ? {} : { baseVersion }),
		};
		const shown = {
			...about,
			name: profile.name,
			slogan: profile.slogan,
			language: profile.language,
			country: profile.country,
			timeZone: profile.timeZone,
			options: profile.options.map(({ id, title, label, area, caseType }) => ({ id, title, label, area, caseType })),
			areas: profile.areas,
		};
		return (isSimplified(context) ? shown : { ...about, profile }) as IDataObject;
	},
};
