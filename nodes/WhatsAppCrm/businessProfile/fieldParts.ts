import type { INodeProperties } from 'n8n-workflow';

import { CASE_TYPE_OPTIONS } from '../../shared/n8n/caseTypeOptions';

export const text = (
	displayName: string,
	name: string,
	placeholder: string,
	description: string,
	rest: Partial<INodeProperties> = {},
): INodeProperties => ({ displayName, name, type: 'string', default: '', placeholder, description, ...rest });

export const number = (displayName: string, name: string, value: number, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'number',
	typeOptions: { minValue: 0 },
	default: value,
	description,
});

/** The kinds of case, and a way to say none of them. */
export const caseTypeOrNone = (none: string) =>
	[...CASE_TYPE_OPTIONS, { name: none, value: '' }].sort((one, other) => one.name.localeCompare(other.name));

export const intentOptions = [
	{ name: 'Billing', value: 'billing' },
	{ name: 'Documents', value: 'documents' },
	{ name: 'Greeting', value: 'greeting' },
	{ name: 'Human', value: 'human' },
	{ name: 'Opt Out', value: 'opt_out' },
	{ name: 'Order Status', value: 'order_status' },
	{ name: 'Quotation', value: 'quotation' },
	{ name: 'Support', value: 'support' },
	{ name: 'Thanks', value: 'thanks' },
	{ name: 'Unknown', value: 'unknown' },
];

export const languageOptions = [
	{ name: 'English', value: 'en' },
	{ name: 'Portuguese (Brazil)', value: 'pt-BR' },
	{ name: 'Spanish', value: 'es' },
];
