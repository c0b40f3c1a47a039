import type { WhatsAppClient } from '../../clients/whatsapp/client';
import type { Observed } from './checkAlerts';

/** What WhatsApp says of the account's numbers and of the access token. @throws RequestFailure */
export async function observeNumbers(
	client: Pick<WhatsAppClient, 'inspectToken' | 'listPhoneNumbers'>,
): Promise<Observed> {
	const numbers: Array<{ number: string; rating: string }> = [];
	let after: string | undefined;
	do {
		const page = await client.listPhoneNumbers({ after });
		for (const { displayPhoneNumber, qualityRating } of page.rows) {
			numbers.push({ number: `+${displayPhoneNumber.replace(/\D/g, '')}`, rating: qualityRating ?? 'UNKNOWN' });
		}
		after = page.nextCursor;
	} while (after !== undefined);
	const token = await client.inspectToken();
	return { numbers, tokenExpiresAt: token.expiresAt };
}
