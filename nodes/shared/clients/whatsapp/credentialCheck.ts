import { RequestFailure } from '../../http/failure';
import { InvalidInput } from '../../domain/invalidInput';
import { createWhatsAppClient } from './client';
import { readWhatsAppCredential } from './credential';

/** What the credential's Test button says. */
export interface CredentialCheck {
	readonly ok: boolean;
	readonly message: string;
}

const NEEDED_SCOPES = ['whatsapp_business_messaging', 'whatsapp_business_management'];

/**
 * Tries every part of the credential: app id with app secret (a wrong secret would silently refuse every webhook), the
 * token and its permissions, and the account. Never throws.
 */
export async function checkWhatsAppCredential(values: unknown): Promise<CredentialCheck> {
	try {
		const credential = readWhatsAppCredential(values);
		const client = createWhatsAppClient(credential);
		const token = await client.inspectToken().catch((error: unknown) => {
			throw inWords("'App ID' and 'App Secret' do not belong together", error);
		});
		if (!token.valid) return refused("'Access Token' is not valid any more", 'Create a new one for a system user.');
		if (token.appId !== undefined && token.appId !== credential.appId) {
			return refused(
				`'Access Token' belongs to the app ${token.appId}, not to ${credential.appId}`,
				'Create the token for this app, else its webhooks would be refused.',
			);
		}
		const missing = NEEDED_SCOPES.filter((scope) => !token.scopes.includes(scope));
		if (missing.length > 0) {
			return refused(`'Access Token' lacks ${missing.join(' and ')}`, 'Create it again with these permissions.');
		}
		const { rows } = await client.listPhoneNumbers().catch((error: unknown) => {
			throw inWords("'WhatsApp Business Account ID' cannot be read with this token", error);
		});
		const numbers = rows.map(({ displayPhoneNumber }) => displayPhoneNumber).join(', ');
		const expiry =
			token.expiresAt === undefined ? '' : ` The token ends on ${token.expiresAt.toISOString().slice(0, 10)}.`;
		return { ok: true, message: `Connected. Numbers: ${numbers === '' ? 'none yet' : numbers}.${expiry}` };
	} catch (error) {
		if (error instanceof InvalidInput || error instanceof RequestFailure) {
			return refused(error.message, error.description ?? 'Check the credential.');
		}
		return refused('The credential could not be tested', error instanceof Error ? error.message : String(error));
	}
}

const refused = (what: string, then: string): CredentialCheck => ({ ok: false, message: `${what}. ${then}` });

/** The vendor's refusal with the fields of the credential in front; a network that is down stays what it is. */
function inWords(what: string, error: unknown): unknown {
	if (!(error instanceof RequestFailure) || error.code === undefined || error.kind === 'not_sent') return error;
	return new InvalidInput({ message: what, description: `${error.message}. ${error.description ?? ''}`.trim() });
}
