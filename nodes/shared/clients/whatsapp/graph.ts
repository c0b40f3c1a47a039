import { createVendorHttp, type VendorHttp } from '../../http/vendorHttp';
import { explainGraphError } from './errorTable';
import { secretsOf, type WhatsAppCredential } from './credential';

/** The Graph API for one credential. */
export interface Graph {
	readonly credential: WhatsAppCredential;
	/** Calls with the credential's access token. */
	readonly http: VendorHttp;
	/**
	 * Calls with the app's own token (`<app id>|<app secret>`), which Graph asks for on subscriptions of the app. It
	 * goes into the header, not into the address as in Meta's examples: addresses end up in logs.
	 */
	readonly appHttp: VendorHttp;
	/** Base address with version, without a slash at the end. */
	readonly root: string;
}

export function openGraph(credential: WhatsAppCredential): Graph {
	const root = `${credential.baseUrl}/${credential.apiVersion}`;
	const withToken = (token: string): VendorHttp =>
		createVendorHttp({
			vendor: 'whatsapp',
			name: 'WhatsApp',
			baseUrl: root,
			headers: { Authorization: `Bearer ${token}` },
			secrets: secretsOf(credential),
			explain: explainGraphError,
		});
	return {
		credential,
		http: withToken(credential.accessToken),
		appHttp: withToken(`${credential.appId}|${credential.appSecret}`),
		root,
	};
}
