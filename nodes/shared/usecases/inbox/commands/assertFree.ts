import { getAdvisor } from '../../../store/repositories/advisors';
import type { ConversationRow } from '../../../store/repositories/conversations';
import type { StoreTransaction } from '../../../store/store';
import { Refusal } from '../refusal';
import type { CommandContext } from './command';

/**
 * Two people must not answer one customer: whoever has it answers, the second is told who that is and may take it over.
 * @throws Refusal 409
 */
export async function assertFree(
	tx: StoreTransaction,
	{ store, viewer }: CommandContext,
	conversation: Pick<ConversationRow, 'mode' | 'owner_advisor_id'>,
): Promise<void> {
	const { mode, owner_advisor_id: ownerId } = conversation;
	const isHeld = mode === 'human' || mode === 'mirrored';
	if (!isHeld || ownerId === null || ownerId === viewer.advisorId) return;
	const owner = await getAdvisor(tx, store.workspaceId, ownerId);
	if (!owner) return;
	const isTheirNumber = mode === 'mirrored';
	throw new Refusal(409, {
		message: `${owner.name} has this conversation`,
		description: isTheirNumber ? 'It is on their own number.' : 'Take it over to answer.',
		code: isTheirNumber ? 'onTheirNumber' : 'takenBy',
		values: { name: owner.name },
	});
}
