import { flag, parameter } from '../../shared/n8n/parameters';
import { deleteProfileDraft } from '../../shared/usecases/profile/deleteProfileDraft';
import { draftProfile } from '../../shared/usecases/profile/profileVersions';
import { saveByHandField, SETTINGS_ACTOR, type WhatsAppCrmOperation } from '../services';

export const deleteBusinessProfileDraft: WhatsAppCrmOperation = {
	value: 'deleteDraft',
	name: 'Delete Draft',
	action: 'Delete business profile draft',
	description: 'Give up the draft; the published profile stays as it is',
	needsApproval: true,
	properties: [saveByHandField],
	async execute(context, { store }) {
		if (context.manual && !parameter(context, 'saveByHand', 'Save When Run by Hand', flag.default(false)))
			return { simulated: true, deleted: (await draftProfile(store)) !== undefined };
		return { deleted: await deleteProfileDraft(store, SETTINGS_ACTOR) };
	},
};
