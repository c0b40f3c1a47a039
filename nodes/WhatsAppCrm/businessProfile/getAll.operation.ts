import type { IDataObject } from 'n8n-workflow';

import { changeInWords } from '../../shared/domain/profile/diff';
import { limitFields, rowsAskedFor } from '../../shared/n8n/getMany';
import { profileHistory, type ProfileVersion } from '../../shared/usecases/profile/profileHistory';
import type { WhatsAppCrmOperation } from '../services';
import { languageOfReport, reportOptions } from './reportLanguage';

export const getManyProfileVersions: WhatsAppCrmOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many business profile versions',
	description: 'Retrieve the history: what each publication changed, by whom and when, newest first',
	properties: [...limitFields, reportOptions],
	async execute(context, { store }) {
		const language = languageOfReport(context);
		const versions = await rowsAskedFor<ProfileVersion>(
			context,
			async ({ after, limit }) => await profileHistory(store, { before: after?.version, limit }),
		);
		return versions.map(
			(version): IDataObject => ({
				...version,
				changes: version.changes.map((change) => changeInWords(change, language)),
			}),
		);
	},
};
