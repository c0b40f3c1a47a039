import type { AdvisorRow } from '../../store/repositories/advisors';
import { inboxAddress } from '../../store/repositories/inboxAddress';
import { getContact } from '../../store/repositories/contacts';
import { getConversation } from '../../store/repositories/conversations';
import type { Store } from '../../store/store';
import { customerName } from '../bridge/attendance';
import type { ItemJson } from '../items';

/** Whom a notice is for, what it says and where it is answered: all that an e-mail or a chat message needs. */
export interface Notice {
	readonly advisor: AdvisorRow | undefined;
	readonly text: string;
	readonly conversationId?: string;
}

/** The page of a conversation in the inbox; undefined while no inbox is active. */
async function linkTo(store: Store, conversationId: string | undefined): Promise<string | undefined> {
	const address = await inboxAddress(store.db, store.workspaceId);
	if (address === undefined) return undefined;
	const url = new URL(address.url);
	if (conversationId !== undefined) url.hash = `/conversations/${conversationId}`;
	return url.href;
}

/** The customer it is about, as the team knows them. */
async function customerOf(store: Store, conversationId: string | undefined): Promise<ItemJson | null> {
	const conversation =
		conversationId === undefined ? undefined : await getConversation(store.db, store.workspaceId, conversationId);
	if (!conversation) return null;
	const contact = await getContact(store.db, store.workspaceId, conversation.contact_id);
	return { name: customerName(contact), phone: contact?.phone ?? null };
}

/** The notice as fields of an item, so that any node of the workflow can bring it to the person. */
export async function noticeCard(store: Store, { advisor, text, conversationId }: Notice): Promise<ItemJson> {
	return {
		advisor:
			advisor === undefined
				? null
				: {
						advisorId: advisor.id,
						name: advisor.name,
						email: advisor.email,
						phone: advisor.phone,
						role: advisor.role,
					},
		customer: await customerOf(store, conversationId),
		text,
		link: (await linkTo(store, conversationId)) ?? null,
	};
}
