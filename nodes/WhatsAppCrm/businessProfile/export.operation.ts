import type { IDataObject } from 'n8n-workflow';

import { profileFile } from '../../shared/domain/profile/profileFile';
import { flag, parameter } from '../../shared/n8n/parameters';
import { findProfile } from '../../shared/usecases/profile/profileVersions';
import type { WhatsAppCrmOperation } from '../services';
import { chosenProfile, chosenProfileFields } from './chosenProfile';
import { outputFile, outputFileField } from './outputFile';

export const exportBusinessProfile: WhatsAppCrmOperation = {
	value: 'export',
	name: 'Export',
	action: 'Export business profile',
	description: 'Put a profile into a JSON file that another workspace can import',
	properties: [
		...chosenProfileFields('published'),
		{
			displayName: 'Include Numbers',
			name: 'includeNumbers',
			type: 'boolean',
			default: false,
			description: 'Whether the numbers that the bot answers and the test numbers are part of the file',
		},
		outputFileField,
	],
	async execute(context, { store }) {
		const { profile, version } = await findProfile(store, chosenProfile(context));
		const withNumbers = parameter(context, 'includeNumbers', 'Include Numbers', flag.default(false));
		const file = profileFile(profile, { version, withNumbers });
		const { binary, fileName } = await outputFile(context, {
			business: profile.name,
			ending: 'profile.json',
			mimeType: 'application/json',
			content: `${JSON.stringify(file, null, '\t')}\n`,
		});
		return [{ json: { fileName, ...file } as IDataObject, binary }];
	},
};
