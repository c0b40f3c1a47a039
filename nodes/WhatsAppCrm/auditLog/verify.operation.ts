import type { IDataObject } from 'n8n-workflow';

import { optionsOf, parameter } from '../../shared/n8n/parameters';
import { chosenOption } from '../../shared/n8n/storeLists';
import { findContact } from '../../shared/store/repositories/contactLookup';
import { auditCard } from '../../shared/usecases/cards';
import { verifyAudit } from '../../shared/usecases/audit/verifyAudit';
import type { WhatsAppCrmOperation } from '../services';
import { contactOption } from '../contact/contactField';

export const verifyAuditLog: WhatsAppCrmOperation = {
	value: 'verify',
	name: 'Verify',
	action: 'Verify audit log',
	description: 'Check that nobody changed, removed or added an entry, with the seals of the days that are over',
	properties: [
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [{ ...contactOption, description: 'Only what concerns this customer; empty for everything' }],
		},
	],
	async execute(context, { store }) {
		const { contact } = parameter(context, 'options', 'Options', optionsOf({ contact: chosenOption }));
		const chain = contact === undefined ? undefined : (await findContact(store.db, store.workspaceId, contact))?.id;
		const { broken, ...verdict } = await verifyAudit(store, chain ?? contact);
		return { ...verdict, broken: broken.map(auditCard) } as IDataObject;
	},
};
