import { getConversation } from '../../../store/repositories/conversations';
import type { StoreTransaction } from '../../../store/store';
import { actOnConversation, type ConversationAct } from '../../dialogue/conversationMode';
import { Refusal } from '../refusal';
import { notFound } from '../viewer';
import type { CommandContext, Done } from './command';

/** Takes over, gives back or ends a conversation, and tells the workflow where it changed. */
export async function act(
	tx: StoreTransaction,
	context: CommandContext,
	conversationId: string,
	wish: { readonly act: ConversationAct; readonly reason?: string; readonly ownerAdvisorId?: string | null },
): Promise<Done> {
	const { store, profile, actor, requestId } = context;
	const conversation = await getConversation(tx, store.workspaceId, conversationId);
	if (!conversation) throw notFound('conversation');
	if (conversation.mode === 'mirrored') {
		throw new Refusal(422, {
			message: "This conversation is on an advisor's own number",
			description: 'No bot answers there: there is nothing to take over, give back or close.',
			code: 'noBotHere',
		});
	}
	const {
		changed,
		before,
		conversation: after,
	} = await actOnConversation(tx, store, profile, conversation, {
		...wish,
		actor,
		requestId,
	});
	const moved = changed || after.owner_advisor_id !== conversation.owner_advisor_id;
	return {
		answer: { mode: after.mode },
		...(moved ? { output: 'other' as const, item: { before, mode: after.mode, reason: wish.reason } } : {}),
	};
}
