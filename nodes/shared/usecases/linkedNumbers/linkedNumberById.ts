import { InvalidInput } from '../../domain/invalidInput';
import { getLinkedNumber, type LinkedNumberRow } from '../../store/repositories/linkedNumbers';
import type { Store } from '../../store/store';

/** A linked number, or one that is being linked. @throws InvalidInput */
export async function linkedNumberById(store: Store, linkedNumberId: string): Promise<LinkedNumberRow> {
	const row = await getLinkedNumber(store.db, store.workspaceId, linkedNumberId);
	if (row) return row;
	throw new InvalidInput({
		message: `'Linked Number' does not exist: '${linkedNumberId}'`,
		description: 'Choose one of those that Number: Get Many lists.',
		reason: { code: 'notFound' },
		parameter: 'Linked Number',
	});
}
