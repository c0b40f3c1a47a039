import { InvalidInput } from '../../domain/invalidInput';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { appendAudit, auditOfRequest } from '../../store/repositories/auditLog';
import { casesOfContact, findCase, updateCase, type CaseRow } from '../../store/repositories/cases';
import { getConversation, touchConversationsOf } from '../../store/repositories/conversations';
import type { Executor, Store, StoreTransaction } from '../../store/store';
import { profileInForce } from '../profile/businessProfile';
import { actOnConversation } from '../dialogue/conversationMode';

/** Statuses of a case, in the order of its life. */
export const CASE_STATUSES = ['open', 'in_progress', 'waiting', 'resolved', 'closed', 'incomplete'] as const;

export type CaseStatus = (typeof CASE_STATUSES)[number];

/** A case by id or number. @throws InvalidInput when there is none. */
export async function existingCase(executor: Executor, store: Store, caseKey: string): Promise<CaseRow> {
	const found = await findCase(executor, store.workspaceId, caseKey);
	if (found) return found;
	throw new InvalidInput({
		message: `There is no case '${caseKey}' in workspace '${store.workspaceId}'`,
		description: "Choose one from the list in 'Case', or check the number and the store credential.",
		parameter: 'Case',
		reason: { code: 'notFound' },
	});
}

const isFinal = (status: CaseStatus): boolean => status === 'resolved' || status === 'closed';

/** The bot answers again once the last open case of a conversation that a person has is done (B14). */
async function giveBack(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	done: CaseRow,
	requestId: string,
): Promise<void> {
	const { conversation_id: conversationId } = done;
	if (conversationId === null) return;
	const conversation = await getConversation(tx, store.workspaceId, conversationId);
	if (!conversation || (conversation.mode !== 'waiting' && conversation.mode !== 'human')) return;
	const [open] = await casesOfContact(tx, store.workspaceId, done.contact_id, { onlyOpen: true, limit: 1 });
	if (open) return;
	await actOnConversation(tx, store, profile, conversation, {
		act: 'gave_back',
		actor: 'workflow',
		reason: `${done.number} ${done.status}`,
		requestId,
	});
}

export interface CaseStatusChange {
	readonly caseKey: string;
	readonly status: CaseStatus;
	readonly requestId: string;
	readonly note?: string;
	/** Who does it, for the bitácora; the workflow when absent. */
	readonly actor?: string;
}

export interface ChangedCase {
	readonly case: CaseRow;
	readonly changed: boolean;
	readonly before: CaseStatus;
}

/** The same inside the caller's transaction, which holds the contact's lock. @throws InvalidInput */
export async function changeCaseStatusInside(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	change: CaseStatusChange,
): Promise<ChangedCase> {
	const current = await existingCase(tx, store, change.caseKey);
	const before = current.status;
	if (before === change.status) return { case: current, changed: false, before };
	const closedAt = isFinal(change.status) ? store.now() : null;
	await updateCase(tx, store, current.id, { status: change.status, closed_at: closedAt });
	await appendAudit(tx, store, {
		contactId: current.contact_id,
		actor: change.actor ?? 'workflow',
		action: 'case.status_changed',
		subjectKind: 'case',
		subjectId: current.id,
		payload: { number: current.number, before, after: change.status, note: change.note, requestId: change.requestId },
	});
	await touchConversationsOf(tx, store, current.contact_id);
	const changed = await existingCase(tx, store, current.id);
	if (isFinal(change.status)) await giveBack(tx, store, profile, changed, change.requestId);
	return { case: changed, changed: true, before };
}

/**
 * Moves a case to another status and writes it to the bitácora. The same status again changes nothing. With the last open
 * case done, a conversation that a person has goes back to the bot.
 * @throws InvalidInput when the case does not exist.
 */
export async function changeCaseStatus(store: Store, change: CaseStatusChange): Promise<ChangedCase> {
	const { profile } = await profileInForce(store);
	return await store.transaction(async (tx) => {
		const found = await existingCase(tx, store, change.caseKey);
		await store.lock(tx, `contact:${found.contact_id}`);
		return await changeCaseStatusInside(tx, store, profile, change);
	});
}

export interface CaseNote {
	readonly caseKey: string;
	readonly text: string;
	readonly author?: string;
	readonly requestId: string;
	/** Who does it, for the bitácora; the workflow when absent. */
	readonly actor?: string;
}

/** The same inside the caller's transaction, which holds the contact's lock. @throws InvalidInput */
export async function addCaseNoteInside(
	tx: StoreTransaction,
	store: Store,
	note: CaseNote,
): Promise<{ readonly case: CaseRow; readonly added: boolean }> {
	const found = await existingCase(tx, store, note.caseKey);
	const known = await auditOfRequest(tx, store.workspaceId, {
		chain: found.contact_id,
		action: 'case.note_added',
		subjectId: found.id,
		requestId: note.requestId,
	});
	if (known) return { case: found, added: false };
	await appendAudit(tx, store, {
		contactId: found.contact_id,
		actor: note.actor ?? 'workflow',
		action: 'case.note_added',
		subjectKind: 'case',
		subjectId: found.id,
		payload: { number: found.number, text: note.text, author: note.author, requestId: note.requestId },
	});
	await updateCase(tx, store, found.id, {});
	return { case: found, added: true };
}

/**
 * Writes an internal note to the case's bitácora; the customer never sees it. One request writes one note.
 * @throws InvalidInput when the case does not exist.
 */
export async function addCaseNote(
	store: Store,
	note: CaseNote,
): Promise<{ readonly case: CaseRow; readonly added: boolean }> {
	return await store.transaction(async (tx) => {
		const found = await existingCase(tx, store, note.caseKey);
		await store.lock(tx, `contact:${found.contact_id}`);
		return await addCaseNoteInside(tx, store, note);
	});
}
