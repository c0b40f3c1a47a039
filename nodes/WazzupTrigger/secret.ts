import type { WazzupCredential } from '../shared/clients/wazzup/credential';
import type { Store } from '../shared/store/store';

/** Half of a digest is enough to be guessed by nobody, and short enough for Wazzup's 200 characters. */
const LENGTH = 40;

/** The secret in the node's address: the credential's, else one that only this store can derive. */
export function secretOfAddress(store: Store, credential: WazzupCredential, webhookId: string): string {
	return credential.webhookSecret ?? store.sign(`wazzup-webhook/${webhookId}`).slice(0, LENGTH);
}

/** The node's address with its secret. */
export function withSecret(url: string, secret: string): string {
	return `${url}${url.includes('?') ? '&' : '?'}secret=${encodeURIComponent(secret)}`;
}
