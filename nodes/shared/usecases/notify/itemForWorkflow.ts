import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { insertEffects } from '../../store/repositories/effects';
import type { ConversationRow } from '../../store/repositories/conversations';
import type { Store, StoreTransaction } from '../../store/store';

/**
 * An item on the Handoff output for a notification that no turn made, where the profile wants the workflow to know: the branch is the
 * same as for every handoff, and Conversation: Assign finds by the request who has been told, so that nobody is told twice.
 */
export async function itemForWorkflow(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	conversation: ConversationRow,
	news: { readonly requestId: string; readonly text: string; readonly area: string | null },
): Promise<void> {
	if (!profile.notifications.channels.includes('workflow')) return;
	const now = store.now();
	const requestId = `workflow:${news.requestId}`;
	await insertEffects(tx, [
		{
			id: requestId,
			workspace_id: store.workspaceId,
			webhook_id: conversation.webhook_id,
			channel_id: conversation.channel_id,
			contact_id: conversation.contact_id,
			conversation_id: conversation.id,
			output: 'handoff',
			payload: JSON.stringify({
				kind: 'handoff',
				requestId,
				strength: 'notify',
				reason: news.text,
				area: news.area ?? profile.withoutOption.area,
				caseRequestId: news.requestId,
			}),
			state: 'ready',
			attempts: 0,
			ready_at: now,
			owner: null,
			emission_id: null,
			error: null,
			created_at: now,
			finished_at: null,
		},
	]);
}
