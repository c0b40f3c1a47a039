import type { IDataObject } from 'n8n-workflow';

import { syncWazzup } from '../../shared/usecases/wazzup/sync';
import type { WazzupOperation } from '../services';
import { syncFields, syncRequestOf } from './mappingFields';

export const previewSync: WazzupOperation = {
	value: 'preview',
	name: 'Preview',
	action: 'Preview sync',
	description: 'Say what a run would send and delete, and change nothing',
	properties: syncFields,
	async execute(context, { client, withStore }) {
		const request = syncRequestOf(context, true);
		return { ...(await withStore(async (store) => await syncWazzup(store, client, request))) } as IDataObject;
	},
};
