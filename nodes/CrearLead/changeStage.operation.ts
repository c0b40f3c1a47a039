import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { optionalWords, optionsOf, parameter, words } from '../shared/n8n/parameters';
import { requestIdField, requestIdOf } from '../shared/n8n/requestId';
import { leadField } from '../shared/n8n/storeLists';
import { leadCard } from '../shared/usecases/cards';
import { existingLead, changeLeadStage, previewLeadStage } from '../shared/usecases/leads/changeLeadStage';
import { stageField, STAGES } from './leadFields';
import type { CrearLeadOperation } from './services';

export const changeStageOfLead: CrearLeadOperation = {
	value: 'changeStage',
	name: 'Change Stage',
	action: 'Change stage of lead',
	description: 'Move a lead on, up to won with its amount or lost with its reason',
	properties: [
		leadField,
		{ ...stageField, default: 'SQL' },
		{
			displayName: 'Amount',
			name: 'amount',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			required: true,
			displayOptions: { show: { stage: ['Won'] } },
			description: 'What the sale brought',
		},
		{
			displayName: 'Currency',
			name: 'currency',
			type: 'string',
			default: 'COP',
			required: true,
			placeholder: 'e.g. COP',
			displayOptions: { show: { stage: ['Won'] } },
			description: 'Code of three letters',
		},
		{
			displayName: 'Lost Reason',
			name: 'lostReason',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Compró en otro lado',
			displayOptions: { show: { stage: ['Lost'] } },
			description: 'Why the customer did not buy',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Note',
					name: 'note',
					type: 'string',
					default: '',
					placeholder: 'e.g. Orden de compra 4512',
					description: 'For the audit log; the customer does not see it',
				},
				requestIdField,
			],
		},
	],
	customerOf: async (context, { store }) =>
		(await existingLead(store.db, store, parameter(context, 'lead', 'Lead', words).trim())).contact_id,
	async execute(context, { store }) {
		const stage = parameter(context, 'stage', 'Stage', z.enum(STAGES));
		const { note, requestId } = parameter(
			context,
			'options',
			'Options',
			optionsOf({ note: optionalWords, requestId: optionalWords }),
		);
		const change = {
			leadId: parameter(context, 'lead', 'Lead', words).trim(),
			stage,
			...(stage === 'Won'
				? {
						amount: parameter(context, 'amount', 'Amount', z.coerce.number().min(0)),
						currency: parameter(context, 'currency', 'Currency', words).trim(),
					}
				: {}),
			...(stage === 'Lost' ? { lostReason: parameter(context, 'lostReason', 'Lost Reason', optionalWords) } : {}),
			note,
			requestId: requestIdOf(context, requestId),
		};
		const changed = context.manual ? await previewLeadStage(store, change) : await changeLeadStage(store, change);
		return {
			...(context.manual ? { simulated: true } : {}),
			...leadCard(changed.lead),
			stageBefore: changed.before,
			changed: changed.changed,
		} as IDataObject;
	},
};
