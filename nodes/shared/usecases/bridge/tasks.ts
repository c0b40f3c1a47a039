import type { BridgeTextKey } from '../../domain/bridge/types';
import type { Choice } from '../../domain/messages/outbound';
import { insertBridgeTask } from '../../store/repositories/bridges';
import type { Store, StoreTransaction } from '../../store/store';

/** A sentence to an advisor on their own WhatsApp. */
export interface Telling {
	readonly advisorId: string;
	readonly text: BridgeTextKey;
	readonly values?: Readonly<Record<string, string>>;
	readonly choices?: readonly Choice[];
	/** The customer it is about: a quote of it leads there. */
	readonly conversationId?: string;
}

/** What is asked of another person's conversation. */
export type BridgeTask =
	/** A notification goes to its person's WhatsApp: as a card where it is about a customer. */
	| { readonly kind: 'deliver'; readonly notificationId: string; readonly again?: number }
	| ({ readonly kind: 'tell' } & Telling)
	/** What a customer wrote goes to whoever attends them. */
	| { readonly kind: 'relay'; readonly conversationId: string; readonly messageIds: readonly string[] }
	| { readonly kind: 'relayFile'; readonly conversationId: string; readonly attachmentId: string }
	| { readonly kind: 'take' | 'pass'; readonly advisorId: string; readonly cardId: string }
	| {
			readonly kind: 'reply' | 'replyFile' | 'note' | 'giveBack' | 'close' | 'template';
			readonly advisorId: string;
			readonly conversationId: string;
			/** The advisor's message. */
			readonly messageId: string;
			readonly attachmentId?: string;
	  }
	| { readonly kind: 'shift'; readonly advisorId: string; readonly available: boolean }
	/** A customer has waited for an answer since then. */
	| { readonly kind: 'wait'; readonly conversationId: string; readonly since: number; readonly step: number }
	| { readonly kind: 'undelivered'; readonly messageId: string; readonly reason: string };

/** Whom a task is about, and which trigger's Due does it when nobody else does. */
export interface TaskAbout {
	readonly contactId: string | null;
	readonly webhookId: string;
}

/**
 * Asks for work under another person's lock, in the transaction of its cause.
 * @param id what it is done once for
 * @param readyAt when; at once when absent
 */
export async function askForTask(
	tx: StoreTransaction,
	store: Store,
	about: TaskAbout,
	task: BridgeTask,
	id: string = store.newId(),
	readyAt: number = store.now(),
): Promise<string> {
	const now = store.now();
	await insertBridgeTask(tx, {
		id,
		workspace_id: store.workspaceId,
		webhook_id: about.webhookId,
		contact_id: about.contactId,
		kind: task.kind,
		payload: JSON.stringify(task),
		state: 'ready',
		attempts: 0,
		ready_at: readyAt,
		error: null,
		created_at: now,
		finished_at: null,
	});
	return id;
}
