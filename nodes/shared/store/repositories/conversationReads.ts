import type { Transaction } from 'kysely';

import type { Database } from '../schema';
import type { Executor, Store } from '../store';

/** How far somebody has read these conversations; who never opened one is not in it. */
export async function readCounts(
	executor: Executor,
	advisorId: string,
	conversationIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
	if (conversationIds.length === 0) return new Map();
	const rows = await executor
		.selectFrom('conversation_reads')
		.select(['conversation_id', 'read_count'])
		.where('advisor_id', '=', advisorId)
		.where('conversation_id', 'in', [...conversationIds])
		.execute();
	return new Map(rows.map((row) => [row.conversation_id, row.read_count]));
}

/** Somebody has read so many of the customer's messages. Never takes back what was read. */
export async function markConversationRead(
	tx: Transaction<Database>,
	store: Store,
	advisorId: string,
	conversation: { readonly id: string; readonly inbound_count: number },
): Promise<void> {
	await tx
		.insertInto('conversation_reads')
		.values({
			workspace_id: store.workspaceId,
			advisor_id: advisorId,
			conversation_id: conversation.id,
			read_count: conversation.inbound_count,
			read_at: store.now(),
		})
		.onConflict((conflict) =>
			conflict
				.columns(['advisor_id', 'conversation_id'])
				.doUpdateSet({ read_count: conversation.inbound_count, read_at: store.now() })
				.where('conversation_reads.read_count', '<', conversation.inbound_count),
		)
		.execute();
}
