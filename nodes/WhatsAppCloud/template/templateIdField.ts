import type { ILoadOptionsFunctions, INodeListSearchResult, INodeProperties } from 'n8n-workflow';

import { InvalidInput } from '../../shared/domain/invalidInput';
import { toNodeError } from '../../shared/n8n/errors';
import type { OperationContext } from '../../shared/n8n/operation';
import { chooseFromList, parameter, words } from '../../shared/n8n/parameters';
import { clientOf } from '../services';

/** A template of any status, by Meta's id of it. */
export const templateIdField: INodeProperties = {
	displayName: 'Template',
	name: 'templateId',
	type: 'resourceLocator',
	default: chooseFromList,
	required: true,
	description: 'The message template',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a template…',
			typeOptions: { searchListMethod: 'searchTemplateIds', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 594425479261596',
			validation: [{ type: 'regex', properties: { regex: '^\\d+$', errorMessage: 'A template ID has digits only' } }],
		},
	],
};

/** @throws InvalidInput when none is chosen. */
export function templateIdOf(context: OperationContext): string {
	const templateId = parameter(context, 'templateId', 'Template', words).trim();
	if (templateId !== '') return templateId;
	throw new InvalidInput({
		message: "'Template' is empty",
		description: 'Choose a template from the list.',
		parameter: 'Template',
	});
}

/** All templates for the list, with language and status; what Meta refuses is shown, never an empty list. */
export async function searchTemplateIds(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	try {
		const client = await clientOf(this);
		const { rows, nextCursor } = await client.listTemplates({ after: paginationToken });
		const wanted = (filter ?? '').toLowerCase();
		return {
			results: rows
				.filter(({ name, language }) => `${name} ${language}`.toLowerCase().includes(wanted))
				.map(({ id, name, language, status }) => ({
					name: `${name} (${language}, ${status.toLowerCase()})`,
					value: id,
				})),
			paginationToken: nextCursor,
		};
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}
