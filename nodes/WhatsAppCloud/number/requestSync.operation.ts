import { z } from 'zod';

import { simulated } from '../../shared/n8n/manualMode';
import { parameter } from '../../shared/n8n/parameters';
import { linkedNumberById } from '../../shared/usecases/linkedNumbers/linkedNumberById';
import { requestNumberSync } from '../../shared/usecases/linkedNumbers/requestNumberSync';
import type { WhatsAppCloudOperation } from '../services';
import { ACTOR, linkedNumberField, linkedNumberIdOf } from './numberFields';
import { numberItem } from './numberItem';

const KINDS = ['both', 'contacts', 'history'] as const;

export const requestSync: WhatsAppCloudOperation = {
	value: 'requestSync',
	name: 'Request Sync',
	action: 'Request sync of number',
	description:
		'Ask the phone of a linked number for its contacts or its history: once each, within 24 hours of linking',
	needsApproval: true,
	properties: [
		linkedNumberField,
		{
			displayName: 'Sync',
			name: 'sync',
			type: 'options',
			options: [
				{ name: 'Contacts', value: 'contacts', description: 'The address book of the phone' },
				{ name: 'Contacts and History', value: 'both' },
				{ name: 'History', value: 'history', description: 'The conversations of the last 180 days' },
			],
			default: 'both',
			description: 'What is asked for; what was asked for before is not asked again',
		},
	],
	async execute(context, { client, withStore }) {
		const linkedNumberId = linkedNumberIdOf(context);
		const what = parameter(context, 'sync', 'Sync', z.enum(KINDS));
		return await withStore(async (store) => {
			if (context.manual) {
				const row = await linkedNumberById(store, linkedNumberId);
				const body = {
					messaging_product: 'whatsapp',
					sync_type: what === 'history' ? 'history' : 'smb_app_state_sync',
				};
				return simulated({ method: 'POST', url: `${client.root}/${row.channel_id ?? ''}/smb_app_data`, body });
			}
			return await numberItem(
				store,
				await requestNumberSync(store, client.credential, { linkedNumberId, what, actor: ACTOR }),
			);
		});
	},
};
