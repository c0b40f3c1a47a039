import type { INodeProperties } from 'n8n-workflow';

import { normaliseTag, readTags } from '../domain/tags/tagRules';
import { words } from './parameters';

export const addTagsField: INodeProperties = {
	displayName: 'Add Tags',
	name: 'addTags',
	type: 'string',
	default: '',
	placeholder: 'e.g. vip, mayorista',
	description: 'Tags to put on, separated by commas',
};

export const removeTagsField: INodeProperties = {
	displayName: 'Remove Tags',
	name: 'removeTags',
	type: 'string',
	default: '',
	placeholder: 'e.g. prospecto',
	description: 'Tags to take off, separated by commas',
};

export const tagFilter: INodeProperties = {
	displayName: 'Tag',
	name: 'tag',
	type: 'string',
	default: '',
	placeholder: 'e.g. vip',
	description: 'Only what carries this tag',
};

/** Tags of one field; undefined when it is empty. */
export const optionalTags = words.transform((text) => {
	const tags = readTags(text);
	return tags.length === 0 ? undefined : tags;
});

export const optionalTag = words.transform(normaliseTag);
