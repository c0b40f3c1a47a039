import type { WhatsAppClient } from '../../clients/whatsapp/client';
import type { MessageTemplate } from '../../clients/whatsapp/templates';

/** The templates of the account by name and language, all pages. @throws RequestFailure */
export async function accountTemplates(
	client: Pick<WhatsAppClient, 'listTemplates'>,
): Promise<ReadonlyMap<string, MessageTemplate>> {
	const found = new Map<string, MessageTemplate>();
	let after: string | undefined;
	do {
		const page = await client.listTemplates({ after });
		for (const template of page.rows) found.set(keyOf(template.name, template.language), template);
		after = page.nextCursor;
	} while (after !== undefined);
	return found;
}

export const keyOf = (name: string, languageCode: string): string => `${name}|${languageCode}`;
