import type { IDataObject } from 'n8n-workflow';

import { isSimplified, simplifyField } from '../../shared/n8n/getMany';
import { profileInForce } from '../../shared/usecases/businessProfile';
import type { WhatsAppCrmOperation } from '../services';

export const getBusinessProfile: WhatsAppCrmOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get business profile',
	description: 'Retrieve the profile that the bot answers by; the example profile until one is saved',
	properties: [simplifyField],
	async execute(context, { store }) {
		const { profile, version } = await profileInForce(store);
		const shown = {
			version,
			published: version > 0,
			name: profile.name,
			slogan: profile.slogan,
			language: profile.language,
			country: profile.country,
			timeZone: profile.timeZone,
			options: profile.options.map(({ id, title, label, area, caseType }) => ({ id, title, label, area, caseType })),
			areas: profile.areas,
		};
		return (isSimplified(context) ? shown : { version, published: version > 0, profile }) as IDataObject;
	},
};
