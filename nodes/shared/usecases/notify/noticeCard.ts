import { customerName } from '../../domain/identity/knownName';
import type { AdvisorRow } from '../../store/repositories/advisors';
import { inboxAddress } from '../../store/repositories/inboxAddress';
import { getContact } from '../../store/repositories/contacts';
import { getConversation } from '../../store/repositories/conversations';
import type { Executor, Store } from '../../store/store';
import type { ItemJson } from '../emit/items';

/** Whom a notice is for, what it says and where it is answered: all that an e-mail or a chat message needs. */
export interface Notice {
	readonly advisor: AdvisorRow | undefined;
	readonly text: string;
	readonly conversationId?: string;
}

/** The page of a conversation in the inbox; undefined while no inbox is active. */
async function linkTo(
	executor: Executor,
	workspaceId: string,
	conversationId: string | undefined,
): Promise<string | undefined> {
	const address = await inboxAddress(executor, workspaceId);
	if (address === undefined) return undefined;
	const url = new URL(address.url);
	if (conversationId !== undefined) url.hash = `/conversations/${conversationId}`;
	return url.href;
}

/** The customer it is about, as the team knows them. */
async function customerOf(
	executor: Executor,
	workspaceId: string,
	conversationId: string | undefined,
): Promise<ItemJson | null> {
	const conversation =
		conversationId === undefined ? undefined : await getConversation(executor, workspaceId, conversationId);
	if (!conversation) return null;
	const contact = await getContact(executor, workspaceId, conversation.contact_id);
	return { name: customerName(contact), phone: contact?.phone ?? null };
}

/**
 * The notice as fields of an item, so that any node of the workflow can bring it to the person.
 * @param executor the transaction, inside of one.
 */
export async function noticeCard(
	store: Store,
	{ advisor, text, conversationId }: Notice,
	executor: Executor = store.db,
): Promise<ItemJson> {
	const { workspaceId } = store;
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
		customer: await customerOf(executor, workspaceId, conversationId),
		text,
		link: (await linkTo(executor, workspaceId, conversationId)) ?? null,
	};
}
