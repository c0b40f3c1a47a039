import type { IDataObject } from 'n8n-workflow';

import { isSimplified, limitFields, rowsAskedFor, simplifyField } from '../../shared/n8n/getMany';
import { listAdvisors, type AdvisorRow } from '../../shared/store/repositories/advisors';
import { advisorCard, whole } from '../../shared/usecases/cards';
import type { WhatsAppCrmOperation } from '../services';

export const getManyAdvisors: WhatsAppCrmOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many advisors',
	description: 'Retrieve the team, by name',
	properties: [...limitFields, simplifyField],
	async execute(context, { store }) {
		const team = await listAdvisors(store.db, store.workspaceId);
		const rows = await rowsAskedFor<AdvisorRow>(context, async ({ after, limit }) => {
			const start = after === undefined ? 0 : team.indexOf(after) + 1;
			return team.slice(start, start + limit);
		});
		return rows.map(isSimplified(context) ? advisorCard : whole) as IDataObject[];
	},
};
