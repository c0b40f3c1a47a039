import { getConversation } from '../../../store/repositories/conversations';
import type { StoreTransaction } from '../../../store/store';
import { actOnConversation } from '../../dialogue/conversationMode';
import { notFound } from '../viewer';
import type { CommandContext } from './command';

/**
 * Who collects attends: the bot neither goes on asking nor closes what nobody has answered (D33). Whoever has the conversation
 * already keeps it.
 */
export async function attendWhileCollecting(
	tx: StoreTransaction,
	{ store, profile, viewer, actor, requestId }: CommandContext,
	conversationId: string,
): Promise<void> {
	const conversation = await getConversation(tx, store.workspaceId, conversationId);
	if (!conversation) throw notFound('conversation');
	if (conversation.mode === 'human') return;
	const ownerAdvisorId = viewer.advisorId;
	await actOnConversation(tx, store, profile, conversation, { act: 'wrote', actor, requestId, ownerAdvisorId });
}
