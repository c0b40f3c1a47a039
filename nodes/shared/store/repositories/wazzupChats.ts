import type { Identity } from '../../domain/messages/events';
import type { Executor } from '../store';

/** The chats that each of these contacts can be written to at Wazzup: their WhatsApp number and other messengers, newest first. */
export async function wazzupChatsOf(
	executor: Executor,
	workspaceId: string,
	contactIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Identity[]>> {
	const chats = new Map<string, Identity[]>();
	if (contactIds.length === 0) return chats;
	const rows = await executor
		.selectFrom('contact_identities')
		.select(['contact_id', 'kind', 'value'])
		.where('workspace_id', '=', workspaceId)
		.where('contact_id', 'in', contactIds)
		.where('kind', 'in', ['wa_id', 'wazzup'])
		.orderBy('created_at', 'desc')
		.orderBy('value')
		.execute();
	for (const { contact_id: contactId, kind, value } of rows) {
		const chat = kind === 'wa_id' ? { waId: value } : { wazzupChat: value };
		chats.set(contactId, [...(chats.get(contactId) ?? []), chat]);
	}
	return chats;
}
