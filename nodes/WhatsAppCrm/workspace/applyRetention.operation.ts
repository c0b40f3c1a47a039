import type { IDataObject } from 'n8n-workflow';

import { everybodysData } from '../../shared/n8n/everybodysData';
import { flag, parameter } from '../../shared/n8n/parameters';
import { retentionInWords } from '../../shared/text/retentionTexts';
import { profileInForce } from '../../shared/usecases/profile/businessProfile';
import { applyRetention } from '../../shared/usecases/retention/applyRetention';
import { changesNow, saveByHandField, SETTINGS_ACTOR, type WhatsAppCrmOperation } from '../services';

export const applyRetentionOperation: WhatsAppCrmOperation = {
	value: 'applyRetention',
	name: 'Erase Old Records',
	action: 'Erase old records of workspace',
	description: 'Erase messages, files and inactive contacts that are older than the business profile keeps them',
	needsApproval: true,
	properties: [
		{
			displayName: 'Dry Run',
			name: 'dryRun',
			type: 'boolean',
			default: true,
			description: 'Whether only to say what would go. Nothing that was erased comes back.',
		},
		{
			displayName:
				'How long records are kept stands in the business profile, under Retention. Customers with a lead or an open case are left out.',
			name: 'retentionNotice',
			type: 'notice',
			default: '',
		},
		{ ...saveByHandField, displayOptions: { show: { dryRun: [false] } } },
	],
	customerOf: everybodysData,
	async execute(context, { store }) {
		const dryRun = parameter(context, 'dryRun', 'Dry Run', flag.default(true));
		const erases = !dryRun && changesNow(context);
		const report = await applyRetention(store, { dryRun: !erases, actor: SETTINGS_ACTOR });
		const { profile } = await profileInForce(store);
		return {
			...(context.manual && !erases ? { simulated: true } : {}),
			...report,
			text: retentionInWords(report, profile.language),
		} as IDataObject;
	},
};
