import type { IDataObject } from 'n8n-workflow';

import { flag, parameter } from '../shared/n8n/parameters';
import { leadCard } from '../shared/usecases/cards';
import { createLead } from '../shared/usecases/leads/createLead';
import { leadFields } from './leadFields';
import { describedByModel, leadOfItem, leadPreviewOf } from './leadRequest';
import type { CrearLeadOperation } from './services';

export const createOrUpdateLead: CrearLeadOperation = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update lead',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	properties: [
		{
			displayName: 'Only When the Case Asks for It',
			name: 'onlyWhenAsked',
			type: 'boolean',
			default: true,
			description:
				'Whether to let an item pass when its case wants no lead by the rule of the business profile. Items that say nothing about it make a lead.',
		},
		leadFields,
		{
			displayName:
				'A connected model writes summary, objections, budget, urgency and next step from the conversation. Without one, or when it does not answer within 4 seconds, the rules do.',
			name: 'modelNotice',
			type: 'notice',
			default: '',
		},
	],
	async execute(context, { store }) {
		const onlyWhenAsked = parameter(context, 'onlyWhenAsked', 'Only When the Case Asks for It', flag.default(true));
		const { json } = context.item;
		// Everything of the item travels on: Send Queued behind this node needs its ids.
		if (onlyWhenAsked && json.createLead === false) return { ...json, action: 'skipped' };
		if (context.manual) return { ...json, simulated: true, ...(await leadPreviewOf(context, store)) };
		const { crm, request } = leadOfItem(context);
		const described = await describedByModel(context, store, request);
		const { lead, action, attachmentIds } = await createLead(store, described);
		return {
			crm: { ...crm },
			action,
			button: action === 'created' ? 'Crear Lead' : 'Actualizar Lead',
			...leadCard(lead),
			attachmentIds: [...attachmentIds],
		} as IDataObject;
	},
};
