import type { LinkingProblem } from '../../domain/linkedNumbers/problems';
import { appendAudit } from '../../store/repositories/auditLog';
import { deleteLinkedContacts } from '../../store/repositories/linkedContacts';
import { updateLinkedNumber, type LinkedNumberRow } from '../../store/repositories/linkedNumbers';
import type { Store, StoreTransaction } from '../../store/store';
import { profileInForce } from '../profile/businessProfile';
import { announceLinking, signalLinking } from './announceLinking';

export interface LinkingEnd {
	readonly problem: LinkingProblem;
	readonly detail?: string;
	/** `unlinked` is for good; `disconnected` may come back by itself. */
	readonly state: 'unlinked' | 'disconnected';
	readonly actor: string;
}

/** States from which a number can end. */
const BEFORE_THE_END = ['authorized', 'located', 'subscribed', 'linked', 'mirroring', 'disconnected'] as const;

/**
 * Ends a linked number inside the caller's transaction: its conversations stay, its token and its address book go.
 * False when it had ended before.
 */
export async function endLinkingInside(
	tx: StoreTransaction,
	store: Store,
	row: LinkedNumberRow,
	end: LinkingEnd & { readonly language: 'es' | 'en' | 'pt-BR' },
): Promise<boolean> {
	const forGood = end.state === 'unlinked';
	const ended = await updateLinkedNumber(
		tx,
		store,
		row.id,
		{
			state: end.state,
			problem: end.problem,
			problem_detail: end.detail ?? null,
			unlinked_at: store.now(),
			due_at: null,
			attempts: 0,
			...(forGood ? { access_token: null, code: null } : {}),
		},
		forGood ? BEFORE_THE_END : BEFORE_THE_END.filter((state) => state !== 'disconnected'),
	);
	if (!ended) return false;
	if (forGood) await deleteLinkedContacts(tx, row.id);
	await appendAudit(tx, store, {
		actor: end.actor,
		action: `number.${end.state}`,
		subjectKind: 'linked_number',
		subjectId: row.id,
		payload: { before: row.state, phone: row.display_phone_number, reason: end.problem, detail: end.detail },
	});
	await announceLinking(tx, store, row, {
		event: 'unlinked',
		language: end.language,
		problem: end.problem,
		detail: end.detail,
	});
	return true;
}

/** The same in a transaction of its own. */
export async function endLinking(store: Store, row: LinkedNumberRow, end: LinkingEnd): Promise<boolean> {
	const { profile } = await profileInForce(store);
	const ended = await store.transaction(
		async (tx) => await endLinkingInside(tx, store, row, { ...end, language: profile.language }),
	);
	if (ended) signalLinking(store, row.inbox_webhook_id);
	return ended;
}
