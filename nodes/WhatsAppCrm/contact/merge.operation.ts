import type { IDataObject } from 'n8n-workflow';

import { parameter, words } from '../../shared/n8n/parameters';
import { chooseField } from '../../shared/n8n/storeLists';
import { contactCard } from '../../shared/usecases/cards';
import { mergePeople, previewMerge } from '../../shared/usecases/contacts/mergePeople';
import { changesNow, saveByHandField, type WhatsAppCrmOperation } from '../services';
import { contactOption } from './contactField';

export const mergeContactsOperation: WhatsAppCrmOperation = {
	value: 'merge',
	name: 'Merge',
	action: 'Merge contacts',
	description: 'Make two contacts of one person one; it cannot be taken back',
	needsApproval: true,
	properties: [
		{ ...contactOption, required: true, description: 'The contact that goes into the other' },
		chooseField({
			displayName: 'Into Contact',
			name: 'intoContact',
			description: 'The contact that stays; what it knows wins',
			search: 'searchContacts',
			by: { displayName: 'By Phone or ID', placeholder: 'e.g. +57 300 123 4567' },
			required: true,
		}),
		saveByHandField,
	],
	async execute(context, { store }) {
		const request = {
			fromKey: parameter(context, 'contact', 'Contact', words).trim(),
			intoKey: parameter(context, 'intoContact', 'Into Contact', words).trim(),
		};
		const saves = changesNow(context);
		const { contact, mergedId, merged } = saves
			? await mergePeople(store, request)
			: await previewMerge(store, request);
		return { ...(saves ? {} : { simulated: true }), ...contactCard(contact), mergedId, merged } as IDataObject;
	},
};
