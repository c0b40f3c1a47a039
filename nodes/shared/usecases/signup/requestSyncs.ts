import type { SyncType } from '../../clients/whatsapp/onboarding';
import type { LinkingProblem } from '../../domain/linkedNumbers/problems';
import { RequestFailure } from '../../http/failure';
import { appendAudit } from '../../store/repositories/auditLog';
import { claimSync, updateLinkedNumber, type LinkedNumberRow } from '../../store/repositories/linkedNumbers';
import { profileInForce } from '../profile/businessProfile';
import { announceLinking, signalLinking } from '../linkedNumbers/announceLinking';
import { CHECK_INTERVAL, move, requiredClient, type LinkingContext } from './linkingStep';

/** Meta takes requests for contacts and history this long after the number was opened to us, ms. */
const SYNC_WINDOW = 24 * 3_600_000;

type Sync = 'contacts' | 'history';
const SYNC_TYPES: Readonly<Record<Sync, SyncType>> = { contacts: 'smb_app_state_sync', history: 'history' };

/** Asks once. Whoever died after asking finds "requested before", which is then our own request. */
async function askFor(context: LinkingContext, row: LinkedNumberRow, sync: Sync): Promise<LinkingProblem | undefined> {
	const { store } = context;
	if (row[sync] !== 'wanted' && row[sync] !== 'requesting') return undefined;
	const change = async (state: 'requested' | 'too_late' | 'wanted'): Promise<void> => {
		await updateLinkedNumber(store.db, store, row.id, sync === 'contacts' ? { contacts: state } : { history: state });
	};
	if (store.now() > (row.onboarded_at ?? row.created_at) + SYNC_WINDOW) {
		await change('too_late');
		return 'sync_too_late';
	}
	const repeated = !(await claimSync(store.db, row.id, sync));
	try {
		await requiredClient(context, row).requestSync(row.channel_id ?? '', SYNC_TYPES[sync]);
	} catch (error) {
		if (!(error instanceof RequestFailure)) throw error;
		if (error.code === '2593107') {
			await change('requested');
			return repeated ? undefined : 'sync_repeated';
		}
		if (error.code === '2593108') {
			await change('too_late');
			return 'sync_too_late';
		}
		if (error.kind !== 'unknown_outcome') await change('wanted');
		throw error;
	}
	await change('requested');
	return undefined;
}

/** The last step: contacts, and history where it is wanted; then the number is linked. */
export async function requestSyncs(context: LinkingContext, row: LinkedNumberRow): Promise<void> {
	const { store } = context;
	const { profile } = await profileInForce(store);
	const problems = [await askFor(context, row, 'contacts'), await askFor(context, row, 'history')];
	const problem = problems.find((found) => found !== undefined) ?? null;
	const now = store.now();
	await store.transaction(async (tx) => {
		const linked = await move(
			context,
			row,
			{ state: 'linked', problem, linked_at: row.linked_at ?? now, due_at: now + CHECK_INTERVAL },
			tx,
		);
		if (!linked) return;
		await appendAudit(tx, store, {
			actor: `advisor:${row.advisor_id}`,
			action: 'number.linked',
			subjectKind: 'linked_number',
			subjectId: row.id,
			payload: { phone: row.display_phone_number, name: row.verified_name, history: row.history },
		});
		await announceLinking(tx, store, row, { event: 'linked', language: profile.language });
	});
	signalLinking(store, row.inbox_webhook_id);
}

/** Whether something can still be asked for. */
export function isSyncWanted({ contacts, history }: Pick<LinkedNumberRow, Sync>): boolean {
	return [contacts, history].some((state) => state === 'wanted' || state === 'requesting');
}

/** What could not be asked for while linking, or is wanted since. */
export async function requestSyncsAgain(context: LinkingContext, row: LinkedNumberRow): Promise<void> {
	const problems = [await askFor(context, row, 'contacts'), await askFor(context, row, 'history')];
	await updateLinkedNumber(context.store.db, context.store, row.id, {
		problem: problems.find((found) => found !== undefined) ?? null,
		problem_detail: null,
		due_at: context.store.now() + CHECK_INTERVAL,
	});
}
