import type { ILoadOptionsFunctions, INodeListSearchResult, INodeProperties } from 'n8n-workflow';

import { toNodeError } from '../shared/n8n/errors';
import type { OperationContext } from '../shared/n8n/operation';
import { chooseFromList, parameter, words } from '../shared/n8n/parameters';
import { clientOf } from './services';

/** Which of our numbers acts. */
export const phoneNumberField: INodeProperties = {
	displayName: 'Phone Number',
	name: 'phoneNumberId',
	type: 'resourceLocator',
	default: chooseFromList,
	required: true,
	description: 'The number of the business',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a number…',
			typeOptions: { searchListMethod: 'searchPhoneNumbers', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 106540352242922',
			validation: [
				{
					type: 'regex',
					properties: { regex: '^\\d{5,32}$', errorMessage: 'A phone number ID has digits only' },
				},
			],
		},
	],
};

export function phoneNumberIdOf(context: OperationContext): string {
	return parameter(context, 'phoneNumberId', 'Phone Number', words).trim();
}

/** Numbers of the credential's account for the list; what Meta refuses is shown, never an empty list. */
export async function searchPhoneNumbers(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	try {
		const client = await clientOf(this);
		const { rows, nextCursor } = await client.listPhoneNumbers({ after: paginationToken });
		const wanted = (filter ?? '').toLowerCase();
		return {
			results: rows
				.map(({ id, displayPhoneNumber, verifiedName }) => ({
					name: [displayPhoneNumber, verifiedName].filter((part) => part !== undefined && part !== '').join(' · '),
					value: id,
				}))
				.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted)),
			paginationToken: nextCursor,
		};
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}
