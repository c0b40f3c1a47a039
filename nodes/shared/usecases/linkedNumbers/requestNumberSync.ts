import type { WhatsAppCredential } from '../../clients/whatsapp/credential';
import { InvalidInput } from '../../domain/invalidInput';
import { appendAudit } from '../../store/repositories/auditLog';
import { isActive, updateLinkedNumber, type LinkedNumberRow } from '../../store/repositories/linkedNumbers';
import type { Store } from '../../store/store';
import { nothingMore, type AlsoInside } from '../alsoInside';
import { continueLinking } from '../signup/continueLinking';
import { linkedNumberById } from './linkedNumberById';

export interface NumberSyncRequest {
	readonly linkedNumberId: string;
	/** What shall be asked for: Meta hands each over once, within 24 hours of linking. */
	readonly what: 'history' | 'contacts' | 'both';
	readonly actor: string;
}

/**
 * Asks the number's phone for its contacts or its history. What was asked for before is not asked again: Meta would
 * refuse it.
 * @throws InvalidInput when the number is not linked
 */
export async function requestNumberSync(
	store: Store,
	credential: WhatsAppCredential,
	request: NumberSyncRequest,
	alsoInside: AlsoInside = nothingMore,
): Promise<LinkedNumberRow> {
	const row = await linkedNumberById(store, request.linkedNumberId);
	if (!isActive(row)) {
		throw new InvalidInput({
			message: `'Linked Number' is not linked: its state is '${row.state}'`,
			description: 'Link it first; then contacts and history can be requested for 24 hours.',
			reason: { code: 'notLinked' },
			parameter: 'Linked Number',
		});
	}
	const wantsHistory = request.what !== 'contacts' && row.history === 'off';
	await store.transaction(async (tx) => {
		if (wantsHistory) await updateLinkedNumber(tx, store, row.id, { history: 'wanted' });
		await appendAudit(tx, store, {
			actor: request.actor,
			action: 'number.sync_requested',
			subjectKind: 'linked_number',
			subjectId: row.id,
			payload: { what: request.what, before: { contacts: row.contacts, history: row.history } },
		});
		await alsoInside(tx);
	});
	return await continueLinking(store, credential, row.id);
}
