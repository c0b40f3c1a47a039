import type { IExecuteFunctions } from 'n8n-workflow';

import { createWhatsAppClient } from '../shared/clients/whatsapp/client';
import { readWhatsAppCredential } from '../shared/clients/whatsapp/credential';
import type { ReadinessQuestion } from '../shared/usecases/workspace/checkReadiness';

/** The WhatsApp credential is optional in this node: what is wrong with it is part of the answer. */
export async function clientIfAny(
	node: IExecuteFunctions,
): Promise<Pick<ReadinessQuestion, 'client' | 'clientFailure'>> {
	if (node.getNode().credentials?.whatsAppCloudApi === undefined) return {};
	try {
		return { client: createWhatsAppClient(readWhatsAppCredential(await node.getCredentials('whatsAppCloudApi'))) };
	} catch (error) {
		return { clientFailure: error instanceof Error ? error.message : String(error) };
	}
}
