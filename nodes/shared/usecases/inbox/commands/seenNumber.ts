import { may } from '../../../domain/inbox/permissions';
import { getLinkedNumber, type LinkedNumberRow } from '../../../store/repositories/linkedNumbers';
import { notFound } from '../viewer';
import type { CommandContext } from './command';

/** A number of one's own, or anybody's for who may link them. @throws Refusal 404 */
export async function seenNumber({ store, viewer }: CommandContext, linkedNumberId: string): Promise<LinkedNumberRow> {
	const row = await getLinkedNumber(store.db, store.workspaceId, linkedNumberId);
	if (row === undefined || (row.advisor_id !== viewer.advisorId && !may(viewer.role, 'linkNumbers'))) {
		throw notFound('linked number');
	}
	return row;
}
