import type { INodeProperties } from 'n8n-workflow';

import { chooseField } from '../../shared/n8n/storeLists';

export const contactOption: INodeProperties = chooseField({
	displayName: 'Contact',
	name: 'contact',
	description: 'The customer',
	search: 'searchContacts',
	by: { displayName: 'By Phone or ID', placeholder: 'e.g. +57 300 123 4567' },
});
