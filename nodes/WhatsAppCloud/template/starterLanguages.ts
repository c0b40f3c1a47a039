import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import type { OperationContext } from '../../shared/n8n/operation';
import { parameter } from '../../shared/n8n/parameters';
import { STARTER_LANGUAGES, type StarterLanguage } from '../../shared/text/starterTemplates';

export const starterLanguagesField: INodeProperties = {
	displayName: 'Languages',
	name: 'languages',
	type: 'multiOptions',
	options: [
		{ name: 'English', value: 'en' },
		{ name: 'Portuguese (Brazil)', value: 'pt_BR' },
		{ name: 'Spanish', value: 'es' },
	],
	default: ['es'],
	required: true,
	description: 'In which languages the set is wanted',
};

export function starterLanguages(context: OperationContext): readonly StarterLanguage[] {
	const chosen = z.array(z.enum(STARTER_LANGUAGES)).min(1, 'choose at least one language');
	return [...new Set(parameter(context, 'languages', 'Languages', chosen))].sort();
}
