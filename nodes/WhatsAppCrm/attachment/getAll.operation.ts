import type { IDataObject } from 'n8n-workflow';

import { isSimplified, limitFields, rowsAskedFor, simplifyField } from '../../shared/n8n/getMany';
import { optionsOf, parameter } from '../../shared/n8n/parameters';
import { caseField, chosenOption, leadField } from '../../shared/n8n/storeLists';
import { attachmentsOf, listAttachments, type AttachmentRow } from '../../shared/store/repositories/attachments';
import { attachmentCard, whole } from '../../shared/usecases/cards';
import { existingCase } from '../../shared/usecases/cases/changeCase';
import { existingContact } from '../../shared/usecases/contacts/exportPerson';
import type { WhatsAppCrmOperation } from '../services';
import { contactOption, filteredCustomer } from '../contact/contactField';

export const getManyAttachments: WhatsAppCrmOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many attachments',
	description: 'Retrieve a list of the files that customers sent, newest first',
	properties: [
		...limitFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				{ ...caseField, required: false, description: 'Only files on this case' },
				{ ...contactOption, description: 'Only files of this customer' },
				{ ...leadField, required: false, description: 'Only files on this lead' },
			],
		},
		simplifyField,
	],
	customerOf: filteredCustomer,
	async execute(context, { store }) {
		const filters = parameter(
			context,
			'filters',
			'Filters',
			optionsOf({ case: chosenOption, contact: chosenOption, lead: chosenOption }),
		);
		const contactId =
			filters.contact === undefined ? undefined : (await existingContact(store.db, store, filters.contact)).id;
		const ofTarget = await filesOn(filters.case, filters.lead);
		const rows = await rowsAskedFor<AttachmentRow>(context, async ({ after, limit }) => {
			if (!ofTarget) return await listAttachments(store.db, store.workspaceId, { contactId, before: after?.id, limit });
			const start = after === undefined ? 0 : ofTarget.indexOf(after) + 1;
			return ofTarget.slice(start, start + limit);
		});
		return rows.map(isSimplified(context) ? attachmentCard : whole) as IDataObject[];

		/** A case or lead has some files, never thousands: they are read at once. */
		async function filesOn(
			caseKey: string | undefined,
			leadId: string | undefined,
		): Promise<readonly AttachmentRow[] | undefined> {
			if (caseKey === undefined && leadId === undefined) return undefined;
			const files =
				caseKey === undefined
					? await attachmentsOf(store.db, store.workspaceId, 'lead', leadId ?? '')
					: await attachmentsOf(store.db, store.workspaceId, 'case', (await existingCase(store.db, store, caseKey)).id);
			return files.filter((file) => contactId === undefined || file.contact_id === contactId).reverse();
		}
	},
};
