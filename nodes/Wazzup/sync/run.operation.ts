import type { IDataObject } from 'n8n-workflow';

import { syncWazzup } from '../../shared/usecases/wazzup/sync';
import type { WazzupOperation } from '../services';
import { syncFields, syncRequestOf } from './mappingFields';

export const runSync: WazzupOperation = {
	value: 'run',
	name: 'Run',
	action: 'Run sync',
	description: 'Send to Wazzup what has changed in the CRM since the last run, and delete there what is gone here',
	// Not a tool: it deletes.
	needsApproval: true,
	properties: syncFields,
	async execute(context, { client, withStore }) {
		const request = syncRequestOf(context, context.manual);
		const report = await withStore(async (store) => await syncWazzup(store, client, request));
		return { ...(context.manual ? { simulated: true } : {}), ...report } as IDataObject;
	},
};
