import type { IDataObject } from 'n8n-workflow';

import { parameter } from '../../shared/n8n/parameters';
import { previewProfile } from '../../shared/usecases/profile/fillProfile';
import type { WhatsAppCrmOperation } from '../services';
import { jsonField, jsonObject } from './profileFields';

export const validateBusinessProfile: WhatsAppCrmOperation = {
	value: 'validate',
	name: 'Validate',
	action: 'Validate business profile',
	description: 'Say what is wrong with a profile, in the words of the form; nothing is saved',
	properties: [jsonField],
	async execute(context, { store }) {
		const changes = parameter(context, 'profileJson', 'Profile (JSON)', jsonObject);
		const { problems } = await previewProfile(store, [changes], {
			as: 'published',
			onlyEmpty: false,
			keepOtherOptions: true,
		});
		return { valid: problems.length === 0, problems: problems.map((problem): IDataObject => ({ ...problem })) };
	},
};
