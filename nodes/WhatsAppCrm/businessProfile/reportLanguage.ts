import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import type { OperatorLanguage } from '../../shared/domain/profile/fieldNames';
import type { OperationContext } from '../../shared/n8n/operation';
import { optionsOf, parameter } from '../../shared/n8n/parameters';

/** In which language an operation speaks to whoever runs the business. */
export const reportLanguageField: INodeProperties = {
	displayName: 'Report Language',
	name: 'reportLanguage',
	type: 'options',
	options: [
		{ name: 'English', value: 'en' },
		{ name: 'Spanish', value: 'es' },
	],
	default: 'es',
	description: 'Language of what is reported in words',
};

export const reportLanguage = z.enum(['en', 'es']).default('es');

/** A collection for operations that have no other options. */
export const reportOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [reportLanguageField],
};

export function languageOfReport(context: OperationContext): OperatorLanguage {
	return parameter(context, 'options', 'Options', optionsOf({ reportLanguage })).reportLanguage;
}
