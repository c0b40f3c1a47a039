import type { IDataObject } from 'n8n-workflow';

import { templateDraftBody } from '../../shared/clients/whatsapp/templates';
import { templateComponents } from '../../shared/domain/templates/templateRules';
import { simulated } from '../../shared/n8n/manualMode';
import { createStarterSet, starterDrafts } from '../../shared/usecases/starterTemplates/createStarterSet';
import type { WhatsAppCloudOperation } from '../services';
import { starterLanguages, starterLanguagesField } from './starterLanguages';

export const createStarterSetOperation: WhatsAppCloudOperation = {
	value: 'createStarterSet',
	name: 'Create Starter Set',
	action: 'Create starter set of templates',
	description:
		'Hand in the nine templates a desk needs outside of the 24-hour window, those that the account does not have yet',
	properties: [starterLanguagesField],
	async execute(context, { client }) {
		const languages = starterLanguages(context);
		if (context.manual) {
			const url = `${client.root}/${client.credential.businessAccountId}/message_templates`;
			return starterDrafts(languages).map((draft) => ({
				name: draft.name,
				languageCode: draft.languageCode,
				purpose: draft.purpose,
				...simulated({
					method: 'POST',
					url,
					body: templateDraftBody({
						...draft,
						components: templateComponents(draft),
						parameterFormat: 'POSITIONAL',
						allowCategoryChange: true,
					}),
				}),
			}));
		}
		return (await createStarterSet(client, languages)).map((outcome): IDataObject => ({ ...outcome }));
	},
};
