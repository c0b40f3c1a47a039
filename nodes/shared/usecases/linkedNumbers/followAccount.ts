import { problemOfDisconnection } from '../../domain/linkedNumbers/problems';
import type { AccountEvent } from '../../domain/messages/events';
import type { Language } from '../../domain/profile/businessProfile';
import {
	linkedNumbersOfAccount,
	updateLinkedNumber,
	type LinkedNumberRow,
} from '../../store/repositories/linkedNumbers';
import type { Store, StoreTransaction } from '../../store/store';
import { endLinkingInside } from './endLinking';

/** News after which nothing of the account is ours any more, and news after which it may come back. */
const ENDS = new Set(['PARTNER_REMOVED', 'PARTNER_APP_UNINSTALLED', 'ACCOUNT_DELETED']);
const INTERRUPTS = new Set(['ACCOUNT_OFFBOARDED']);

const digitsOf = (phone: string | null | undefined): string => (phone ?? '').replace(/\D/g, '');

const isMeant = (row: LinkedNumberRow, { phoneNumber }: AccountEvent): boolean =>
	phoneNumber === undefined || digitsOf(row.display_phone_number) === digitsOf(phoneNumber);

/** The end, a break or the return of a linked number, as Meta tells it to the app. */
export async function followAccount(
	tx: StoreTransaction,
	store: Store,
	event: AccountEvent,
	language: Language,
): Promise<void> {
	const name = event.event ?? '';
	if (event.field !== 'account_update' || event.wabaId === undefined) return;
	if (!ENDS.has(name) && !INTERRUPTS.has(name) && name !== 'ACCOUNT_RECONNECTED') return;
	const rows = await linkedNumbersOfAccount(tx, store.workspaceId, event.wabaId);
	for (const row of rows.filter((candidate) => isMeant(candidate, event))) {
		if (name === 'ACCOUNT_RECONNECTED') {
			await updateLinkedNumber(
				tx,
				store,
				row.id,
				{ state: 'linked', problem: null, problem_detail: null, unlinked_at: null, due_at: store.now() },
				['disconnected'],
			);
			continue;
		}
		// An older end that is delivered late does not end what was linked after it.
		if (event.at.getTime() > 0 && row.onboarded_at !== null && event.at.getTime() + 1_000 < row.onboarded_at) continue;
		await endLinkingInside(tx, store, row, {
			state: ENDS.has(name) ? 'unlinked' : 'disconnected',
			problem: problemOfDisconnection(name, event.disconnectionReason),
			actor: 'channel',
			language,
		});
	}
}
