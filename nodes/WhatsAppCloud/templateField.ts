import type { ILoadOptionsFunctions, INodeListSearchResult, INodeProperties } from 'n8n-workflow';

import { toNodeError } from '../shared/n8n/errors';
import { chooseFromList } from '../shared/n8n/parameters';
import { clientOf } from './services';

/** Name and language in one value of the list: a template is one text in one language. */
const SEPARATOR = '|';

/** An approved template. */
export const templateField: INodeProperties = {
	displayName: 'Template',
	name: 'template',
	type: 'resourceLocator',
	default: chooseFromList,
	required: true,
	description: 'An approved message template',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a template…',
			typeOptions: { searchListMethod: 'searchTemplates', searchable: true },
		},
		{
			displayName: 'By Name',
			name: 'name',
			type: 'string',
			placeholder: 'e.g. order_update',
			validation: [
				{
					type: 'regex',
					properties: {
						regex: '^[a-z0-9_]{1,512}$',
						errorMessage: 'A template name has lower-case letters, digits and underscores',
					},
				},
			],
		},
	],
};

/** What was chosen: the list gives name and language, a typed name only itself. */
export function readTemplateChoice(value: string): { readonly name: string; readonly languageCode?: string } {
	const [name = '', languageCode] = value.split(SEPARATOR);
	return { name: name.trim(), languageCode };
}

/** Approved templates for the list, with language and category; what Meta refuses is shown, never an empty list. */
export async function searchTemplates(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	try {
		const client = await clientOf(this);
		const { rows, nextCursor } = await client.listTemplates({ status: 'APPROVED', after: paginationToken });
		const wanted = (filter ?? '').toLowerCase();
		return {
			results: rows
				.filter(({ name, language }) => `${name} ${language}`.toLowerCase().includes(wanted))
				.map(({ name, language, category }) => ({
					name: `${name} (${language}, ${category.toLowerCase()})`,
					value: `${name}${SEPARATOR}${language}`,
				})),
			paginationToken: nextCursor,
		};
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}
