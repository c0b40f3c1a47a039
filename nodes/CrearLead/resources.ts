import { changeStageOfLead } from './changeStage.operation';
import { getLeadOperation } from './get.operation';
import { getManyLeads } from './getAll.operation';
import { previewLeadOperation } from './preview.operation';
import type { CrearLeadResource } from './services';
import { createOrUpdateLead } from './upsert.operation';

export const crearLeadResources: readonly CrearLeadResource[] = [
	{
		value: 'lead',
		name: 'Lead',
		operations: [createOrUpdateLead, changeStageOfLead, getLeadOperation, getManyLeads, previewLeadOperation],
	},
];
