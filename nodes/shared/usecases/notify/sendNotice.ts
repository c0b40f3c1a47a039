import { InvalidInput } from '../../domain/invalidInput';
import { appendAudit } from '../../store/repositories/auditLog';
import { deliveriesOf } from '../../store/repositories/bridges';
import { getConversation, type ConversationRow } from '../../store/repositories/conversations';
import type { AdvisorRow } from '../../store/repositories/advisors';
import { notificationOf, type NotificationRow } from '../../store/repositories/notifications';
import type { Executor, Store } from '../../store/store';
import { profileInForce } from '../profile/businessProfile';
import { existingAdvisor } from '../team/deleteAdvisor';
import { leaveNotification } from './leaveNotification';

/** How a person of the team can be told. The bell of the inbox always rings. */
export type NoticeChannel = 'inbox' | 'whatsapp' | 'workflow';

export interface NoticeRequest {
	readonly advisorId: string;
	readonly text: string;
	/** What kind of news it is, for filters and the inbox. */
	readonly kind: string;
	/** Told once for it, however often it arrives. */
	readonly requestId: string;
	/** The customer it is about. */
	readonly conversationId?: string;
}

export interface SentNotice {
	readonly notification: NotificationRow;
	readonly advisor: AdvisorRow;
	readonly isNew: boolean;
	readonly channels: readonly NoticeChannel[];
	/** What became of it on WhatsApp; absent until it is queued. */
	readonly whatsApp?: { readonly status: string | null; readonly error: string | null };
}

/** Who would be told and how, without telling them. @throws InvalidInput */
export async function previewNotice(
	store: Store,
	request: NoticeRequest,
): Promise<{ readonly advisor: AdvisorRow; readonly channels: readonly NoticeChannel[] }> {
	const advisor = await existingAdvisor(store.db, store, request.advisorId);
	if (request.conversationId !== undefined) await conversationOf(store.db, store, request.conversationId);
	return { advisor, channels: await channelsFor(store, advisor) };
}

async function channelsFor(store: Store, advisor: AdvisorRow): Promise<NoticeChannel[]> {
	const { profile } = await profileInForce(store);
	const wanted = profile.notifications.channels.filter((channel) => channel !== 'whatsapp' || advisor.phone !== null);
	const bridged = profile.bridge.enabled && advisor.phone !== null && !wanted.includes('whatsapp');
	return ['inbox', ...(bridged ? (['whatsapp'] as const) : []), ...wanted];
}

async function conversationOf(executor: Executor, store: Store, id: string): Promise<ConversationRow> {
	const found = await getConversation(executor, store.workspaceId, id);
	if (found) return found;
	throw new InvalidInput({
		message: `There is no conversation '${id}' in workspace '${store.workspaceId}'`,
		description: "Leave 'Conversation ID' empty, or check the store credential.",
		parameter: 'Conversation ID',
	});
}

/**
 * Tells one person of the team, once for a request: the bell in the same transaction as the bitácora, WhatsApp by the profile right
 * after, and the rest is the workflow's. Repeated it says what became of the first time.
 * @throws InvalidInput for an unknown person or conversation.
 */
export async function sendNotice(store: Store, request: NoticeRequest): Promise<SentNotice> {
	const { advisor, channels } = await previewNotice(store, request);
	const isNew = await store.transaction(async (tx) => {
		const conversation =
			request.conversationId === undefined ? undefined : await conversationOf(tx, store, request.conversationId);
		const left = await leaveNotification(tx, store, advisor, {
			kind: request.kind,
			text: request.text,
			requestId: request.requestId,
			contactId: conversation?.contact_id,
			conversationId: conversation?.id,
			area: conversation?.area ?? undefined,
		});
		if (!left.isNew) return false;
		await appendAudit(tx, store, {
			...(conversation === undefined ? {} : { contactId: conversation.contact_id }),
			actor: 'workflow',
			action: 'notification.sent',
			subjectKind: 'notification',
			subjectId: left.notificationId,
			payload: { requestId: request.requestId, advisor: advisor.name, kind: request.kind, channels },
		});
		return true;
	});
	const notification = await notificationOf(store.db, store.workspaceId, advisor.id, request.requestId);
	if (!notification) throw new Error('The notification was not stored');
	const delivery = (await deliveriesOf(store.db, store.workspaceId, notification.id)).at(-1);
	return {
		notification,
		advisor,
		isNew,
		channels,
		...(delivery === undefined ? {} : { whatsApp: { status: delivery.status, error: delivery.error } }),
	};
}
