import { insertNotification, type AdvisorRow } from '../../store/repositories/advisors';
import { listChannels } from '../../store/repositories/channels';
import { getConversation } from '../../store/repositories/conversations';
import type { Store, StoreTransaction } from '../../store/store';
import { askForTask } from '../bridge/tasks';

/** What one person of the team is told. */
export interface News {
	readonly kind: string;
	readonly text: string;
	/** They are told once for it. */
	readonly requestId: string;
	readonly contactId?: string;
	readonly conversationId?: string;
	readonly caseId?: string;
	/** Key of the area that asks for them. */
	readonly area?: string;
}

export interface LeftNotification {
	readonly notificationId: string;
	readonly isNew: boolean;
	/** The task that brings it to their WhatsApp; absent when they have no number. */
	readonly asked: readonly string[];
}

/** The trigger whose Due carries it when nothing else does. */
async function carrierOf(tx: StoreTransaction, store: Store, news: News): Promise<string | undefined> {
	if (news.conversationId !== undefined) {
		const conversation = await getConversation(tx, store.workspaceId, news.conversationId);
		if (conversation) return conversation.webhook_id;
	}
	const channels = await listChannels(tx, store.workspaceId);
	return channels.find((channel) => channel.webhook_id !== null)?.webhook_id ?? undefined;
}

/**
 * Rings a person's bell in the inbox and asks for the way to their WhatsApp, in the transaction of the cause: whoever is named to a
 * customer has really been told (D7). Which ways are open is the profile's, when it is brought.
 */
export async function leaveNotification(
	tx: StoreTransaction,
	store: Store,
	advisor: AdvisorRow,
	news: News,
): Promise<LeftNotification> {
	const notificationId = store.newId();
	const isNew = await insertNotification(tx, {
		id: notificationId,
		workspace_id: store.workspaceId,
		advisor_id: advisor.id,
		contact_id: news.contactId ?? null,
		case_id: news.caseId ?? null,
		conversation_id: news.conversationId ?? null,
		area: news.area ?? null,
		request_id: news.requestId,
		kind: news.kind,
		text: news.text,
		state: 'unread',
		created_at: store.now(),
		read_at: null,
	});
	if (!isNew || advisor.phone === null) return { notificationId, isNew, asked: [] };
	const webhookId = await carrierOf(tx, store, news);
	if (webhookId === undefined) return { notificationId, isNew, asked: [] };
	const task = await askForTask(
		tx,
		store,
		{ contactId: news.contactId ?? null, webhookId },
		{ kind: 'deliver', notificationId },
		`deliver:${notificationId}`,
	);
	return { notificationId, isNew, asked: [task] };
}
