import { parameter } from '../../shared/n8n/parameters';
import { profileDiagram } from '../../shared/usecases/profile/profileDiagram';
import { findProfile } from '../../shared/usecases/profile/profileVersions';
import type { WhatsAppCrmOperation } from '../services';
import { chosenProfile, chosenProfileFields } from './chosenProfile';
import { outputFile, outputFileField } from './outputFile';
import { reportLanguage, reportLanguageField } from './reportLanguage';

export const getDialogueDiagram: WhatsAppCrmOperation = {
	value: 'getDiagram',
	name: 'Get Diagram',
	action: 'Get business profile diagram',
	description: 'Draw the dialogue that a profile makes, as an SVG picture and as Mermaid text',
	properties: [
		...chosenProfileFields('published'),
		{ ...reportLanguageField, displayName: 'Diagram Language', description: 'Language of the headings' },
		outputFileField,
	],
	async execute(context, { store }) {
		const { profile, version } = await findProfile(store, chosenProfile(context));
		const language = parameter(context, 'reportLanguage', 'Diagram Language', reportLanguage);
		const { svg, mermaid } = profileDiagram(profile, language);
		const { binary, fileName } = await outputFile(context, {
			business: profile.name,
			ending: 'svg',
			mimeType: 'image/svg+xml',
			content: svg,
		});
		return [{ json: { name: profile.name, version: version ?? null, fileName, mermaid }, binary }];
	},
};
