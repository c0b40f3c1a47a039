import { simulated } from '../../shared/n8n/manualMode';
import { linkedNumberById } from '../../shared/usecases/linkedNumbers/linkedNumberById';
import { unlinkNumber } from '../../shared/usecases/linkedNumbers/unlinkNumber';
import type { WhatsAppCloudOperation } from '../services';
import { ACTOR, linkedNumberField, linkedNumberIdOf } from './numberFields';
import { numberItem } from './numberItem';

export const unlink: WhatsAppCloudOperation = {
	value: 'unlink',
	name: 'Unlink',
	action: 'Unlink number',
	description:
		'Stop mirroring a linked number and forget its token; its conversations stay. The permission itself is withdrawn on the phone.',
	needsApproval: true,
	properties: [linkedNumberField],
	async execute(context, { client, withStore }) {
		const linkedNumberId = linkedNumberIdOf(context);
		return await withStore(async (store) => {
			if (context.manual) {
				const row = await linkedNumberById(store, linkedNumberId);
				return simulated({ method: 'DELETE', url: `${client.root}/${row.waba_id ?? ''}/subscribed_apps` });
			}
			return await numberItem(store, await unlinkNumber(store, client.credential, { linkedNumberId, actor: ACTOR }));
		});
	},
};
