import type { ICredentialsDecrypted, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';

import { checkStripeCredential } from '../clients/stripe/credentialCheck';

/**
 * The Test button of the Stripe credential, for `methods.credentialTest` of a node. A plain request could not tell which
 * permissions of a restricted key are missing.
 */
export async function testStripe(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const { ok, message } = await checkStripeCredential(credential.data);
	return { status: ok ? 'OK' : 'Error', message };
}
