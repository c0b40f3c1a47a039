import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import type { OperationContext } from '../../shared/n8n/operation';
import { optionalWords, optionsOf, parameter } from '../../shared/n8n/parameters';
import { chosenOption } from '../../shared/n8n/storeLists';
import type { listAudit } from '../../shared/store/repositories/auditLog';
import { findContact } from '../../shared/store/repositories/contactLookup';
import type { Store } from '../../shared/store/store';
import { contactOption } from '../contact/contactField';

/** What entries of the audit log are searched by. */
export const auditFilters: readonly INodeProperties[] = [
	{
		displayName: 'Action',
		name: 'action',
		type: 'string',
		default: '',
		placeholder: 'e.g. case.opened',
		description: 'Only what was done like this',
	},
	{
		displayName: 'Actor',
		name: 'actor',
		type: 'string',
		default: '',
		placeholder: 'e.g. bot',
		description: 'Only what this one did: bot, customer, workflow, import or advisor:ID',
	},
	{ ...contactOption, description: 'Only what concerns this customer' },
	{ displayName: 'From', name: 'from', type: 'dateTime', default: '', description: 'Only from this time on' },
	{
		displayName: 'Subject ID',
		name: 'subjectId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 0198c1f2-…',
		description: 'Only about this case, lead, conversation, message or file',
	},
	{ displayName: 'To', name: 'to', type: 'dateTime', default: '', description: 'Only before this time' },
];

const optionalTime = z
	.union([z.literal(''), z.coerce.date()])
	.optional()
	.transform((value) => (value instanceof Date ? value.getTime() : undefined));

const filtersSchema = optionsOf({
	action: optionalWords,
	actor: optionalWords,
	contact: chosenOption,
	from: optionalTime,
	subjectId: optionalWords,
	to: optionalTime,
});

type AuditSearch = Omit<Parameters<typeof listAudit>[2], 'before' | 'limit'>;

/** What the filters of the node ask for; a customer may be said by phone. */
export async function auditFiltersOf(context: OperationContext, store: Store): Promise<AuditSearch> {
	const { contact, ...filters } = parameter(context, 'filters', 'Filters', filtersSchema);
	if (contact === undefined) return filters;
	return { ...filters, chain: (await findContact(store.db, store.workspaceId, contact))?.id ?? contact };
}
