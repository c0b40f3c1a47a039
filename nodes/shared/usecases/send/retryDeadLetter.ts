import { z } from 'zod';

import { explainUndelivered } from '../../clients/whatsapp/errorTable';
import { isWindowOpen } from '../../domain/messages/serviceWindow';
import { appendAudit } from '../../store/repositories/auditLog';
import {
	errorOfMessage,
	getDeadLetter,
	reviveDeadLetter,
	type DeadLetterKind,
	type RevivedRow,
} from '../../store/repositories/deadLetters';
import { getConversation } from '../../store/repositories/conversations';
import { getOutbox } from '../../store/repositories/outbox';
import type { Executor, Store } from '../../store/store';
import { nothingMore, type AlsoInside } from '../alsoInside';
import { journalTopic } from '../emit/journalTopic';

export interface RetriedDeadLetter {
	/**
	 * `unchanged`: it was not given up, or somebody was faster. `refused`: the same message would never arrive, and `reason` says
	 * what to do instead.
	 */
	readonly action: 'retried' | 'unchanged' | 'refused';
	readonly kind?: DeadLetterKind;
	readonly reason?: string;
}

const saidOfMessage = z.array(
	z.object({ code: z.number().optional(), message: z.string().optional(), title: z.string().optional() }),
);

/** Why a message is not sent once more; undefined when it may arrive. */
async function refusalOf(executor: Executor, store: Store, id: string): Promise<string | undefined> {
	const error = await errorOfMessage(executor, store.workspaceId, id);
	if (error === null) return undefined;
	const [said] = saidOfMessage.safeParse(JSON.parse(error)).data ?? [];
	if (said?.code === undefined) return undefined;
	if (said.code === WINDOW_CLOSED && (await windowOpen(executor, store, id))) return undefined;
	const { again, reason } = explainUndelivered({ ...said, code: said.code });
	return again ? undefined : reason;
}

/** Meta: more than 24 hours have passed since the person last wrote. */
const WINDOW_CLOSED = 131047;

/** The customer may have written since. */
async function windowOpen(executor: Executor, store: Store, outboxId: string): Promise<boolean> {
	const row = await getOutbox(executor, store.workspaceId, outboxId);
	const conversation = row && (await getConversation(executor, store.workspaceId, row.conversation_id));
	return isWindowOpen(conversation?.last_inbound_at, store.now());
}

/** What a retry would do, without doing it. */
export async function previewRetry(store: Store, id: string): Promise<RetriedDeadLetter> {
	const kind = await getDeadLetter(store.db, store.workspaceId, id);
	if (kind === undefined) return { action: 'unchanged' };
	const reason = kind === 'message' ? await refusalOf(store.db, store, id) : undefined;
	return reason === undefined ? { action: 'retried', kind } : { action: 'refused', kind, reason };
}

/**
 * Makes what was given up ready again: the trigger takes it within a second, on the branches of the first try, and every
 * node of them does for the same request only what is still missing. Twice is the same as once. A message that this person can
 * never get (no WhatsApp, a closed window) is not sent again: the reason says what to do instead.
 */
export async function retryDeadLetter(
	store: Store,
	id: string,
	actor: string,
	also: AlsoInside = nothingMore,
): Promise<RetriedDeadLetter> {
	const revived = await store.transaction(async (tx): Promise<RevivedRow | RetriedDeadLetter | undefined> => {
		if ((await getDeadLetter(tx, store.workspaceId, id)) === 'message') {
			const reason = await refusalOf(tx, store, id);
			if (reason !== undefined) return { action: 'refused', kind: 'message', reason };
		}
		await also(tx);
		const row = await reviveDeadLetter(tx, store, id);
		if (!row) return undefined;
		await appendAudit(tx, store, {
			...(row.contactId === null ? {} : { contactId: row.contactId }),
			actor,
			action: 'dead_letter.retried',
			subjectKind: row.kind,
			subjectId: id,
			payload: { kind: row.kind },
		});
		return row;
	});
	if (!revived) return { action: 'unchanged' };
	if ('action' in revived) return revived;
	if (revived.kind === 'received' && revived.webhookId !== null) store.signal(journalTopic(revived.webhookId));
	return { action: 'retried', kind: revived.kind };
}
