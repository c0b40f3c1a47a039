import type { IDataObject } from 'n8n-workflow';

import { checkReadiness } from '../../shared/usecases/workspace/checkReadiness';
import { clientIfAny } from '../clientIfAny';
import type { WhatsAppCrmOperation } from '../services';

export const checkReadinessOperation: WhatsAppCrmOperation = {
	value: 'checkReadiness',
	name: 'Check Readiness',
	action: 'Check readiness of workspace',
	description: 'Say, an item each, what is still missing before customers write, and how to get it',
	properties: [
		{
			displayName: 'Reads only. With a WhatsApp credential in this node, Meta is asked too.',
			name: 'readinessNotice',
			type: 'notice',
			default: '',
		},
	],
	async execute({ node }, { store }) {
		const rows = await checkReadiness(store, {
			...(await clientIfAny(node)),
			baseUrl: node.getInstanceBaseUrl(),
			workflowTimeZone: node.getTimezone(),
			hasErrorWorkflow: node.getWorkflowSettings().errorWorkflow !== undefined,
			environment: process.env,
		});
		return rows.map((row): IDataObject => ({ ...row }));
	},
};
