import type { INodeProperties } from 'n8n-workflow';

/** The id that a new or known row has in the CRM; Wazzup makes none of its own. */
export const idField = (of: string): INodeProperties => ({
	displayName: 'ID',
	name: 'id',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 0198c1f2-…',
	description: `ID of the ${of} in the CRM: the same ID again changes the same ${of}`,
});

export const nameField = (of: string, placeholder: string): INodeProperties => ({
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	required: true,
	placeholder,
	description: `Name of the ${of}, as the team reads it in Wazzup`,
});
