import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { createWhatsAppClient } from '../shared/clients/whatsapp/client';
import { readWhatsAppCredential } from '../shared/clients/whatsapp/credential';
import { toNodeError } from '../shared/n8n/errors';

/** The numbers of the credential's account. An error of Meta is shown: an empty list must mean that there is none. */
export async function phoneNumberOptions(context: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	try {
		const client = createWhatsAppClient(readWhatsAppCredential(await context.getCredentials('whatsAppCloudApi')));
		const options: INodePropertyOptions[] = [];
		let after: string | undefined;
		do {
			const page = await client.listPhoneNumbers({ after });
			for (const { id, displayPhoneNumber, verifiedName } of page.rows) {
				options.push({ name: [displayPhoneNumber, verifiedName].filter(Boolean).join(' · ') || id, value: id });
			}
			after = page.nextCursor;
		} while (after !== undefined);
		return options.sort((one, other) => one.name.localeCompare(other.name));
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}
