import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { createWhatsAppClient } from '../../shared/clients/whatsapp/client';
import { readWhatsAppCredential } from '../../shared/clients/whatsapp/credential';
import { checkReadiness, type ReadinessQuestion } from '../../shared/usecases/checkReadiness';
import type { WhatsAppCrmOperation } from '../services';

/** The WhatsApp credential is optional here: what is wrong with it is a row of the answer. */
async function clientOf(node: IExecuteFunctions): Promise<Pick<ReadinessQuestion, 'client' | 'clientFailure'>> {
	if (node.getNode().credentials?.whatsAppCloudApi === undefined) return {};
	try {
		return { client: createWhatsAppClient(readWhatsAppCredential(await node.getCredentials('whatsAppCloudApi'))) };
	} catch (error) {
		return { clientFailure: error instanceof Error ? error.message : String(error) };
	}
}

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
			...(await clientOf(node)),
			baseUrl: node.getInstanceBaseUrl(),
			workflowTimeZone: node.getTimezone(),
			hasErrorWorkflow: node.getWorkflowSettings().errorWorkflow !== undefined,
			environment: process.env,
		});
		return rows.map((row): IDataObject => ({ ...row }));
	},
};
