import type { INodeProperties } from 'n8n-workflow';

import { chooseField } from '../../shared/n8n/storeLists';

export const attachmentField: INodeProperties = chooseField({
	displayName: 'Attachment',
	name: 'attachment',
	description: 'The file of a customer. Empty for the file of the item.',
	search: 'searchAttachments',
	by: { displayName: 'By ID', placeholder: 'e.g. 0198c1f2-…' },
});
