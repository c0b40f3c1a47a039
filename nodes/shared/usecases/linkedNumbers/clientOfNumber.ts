import { createWhatsAppClient, type WhatsAppClient } from '../../clients/whatsapp/client';
import type { WhatsAppCredential } from '../../clients/whatsapp/credential';
import type { LinkedNumberRow } from '../../store/repositories/linkedNumbers';
import type { Store } from '../../store/store';

/** A number that is also used in the WhatsApp Business app has this throughput, whatever the company's has. */
const MESSAGES_PER_SECOND = 20;

/** The client that acts for a linked number with its own token; undefined when there is none (any more). */
export function clientOfNumber(
	store: Store,
	credential: WhatsAppCredential,
	row: Pick<LinkedNumberRow, 'access_token' | 'waba_id'>,
): WhatsAppClient | undefined {
	if (row.access_token === null) return undefined;
	return createWhatsAppClient({
		...credential,
		accessToken: store.decrypt(row.access_token),
		businessAccountId: row.waba_id ?? '',
		messagesPerSecond: Math.min(MESSAGES_PER_SECOND, credential.messagesPerSecond),
	});
}
