import type { ICredentialsDecrypted, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';

import { checkWhatsAppCredential } from '../clients/whatsapp/credentialCheck';

/**
 * The Test button of the WhatsApp credential, for `methods.credentialTest` of a node. A plain request could not tell
 * whether the app secret fits, which decides whether webhooks are accepted.
 */
export async function testWhatsAppCloud(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const { ok, message } = await checkWhatsAppCredential(credential.data);
	return { status: ok ? 'OK' : 'Error', message };
}
