import type { ConversationState } from '../../domain/conversation/types';
import { InvalidInput } from '../../domain/invalidInput';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import {
	casesOfAttachment,
	getAttachment,
	linkAttachments,
	type AttachmentRow,
} from '../../store/repositories/attachments';
import { appendAudit } from '../../store/repositories/auditLog';
import { casesOfContact, findCase, type CaseRow } from '../../store/repositories/cases';
import { getConversation } from '../../store/repositories/conversations';
import { getMessage } from '../../store/repositories/messages';
import type { Executor, Store } from '../../store/store';
import { profileInForce } from '../profile/businessProfile';

export interface AttachRequest {
	readonly attachmentId: string;
	/** Case by id or number; absent: the one that the customer's file belongs to. */
	readonly caseKey?: string;
}

export interface AttachedFile {
	/** `attached` now, `already` before, `waiting` for the case that the dialogue is about, `no_case` to belong to. */
	readonly outcome: 'attached' | 'already' | 'waiting' | 'no_case';
	readonly attachment: AttachmentRow;
	readonly case?: CaseRow;
}

async function attachmentOf(executor: Executor, store: Store, attachmentId: string): Promise<AttachmentRow> {
	const attachment = await getAttachment(executor, store.workspaceId, attachmentId);
	if (attachment) return attachment;
	throw new InvalidInput({
		message: `There is no attachment '${attachmentId}' in workspace '${store.workspaceId}'`,
		description: "Connect this node behind the Attachment output of Bot Conversation, or check 'Attachment ID'.",
		parameter: 'Attachment ID',
	});
}

/** Whether the dialogue keeps the file for a case that it has not opened yet. */
async function waitsForItsCase(executor: Executor, store: Store, attachment: AttachmentRow): Promise<boolean> {
	const message = await getMessage(executor, store.workspaceId, attachment.message_id);
	if (!message) return false;
	const conversation = await getConversation(executor, store.workspaceId, message.conversation_id);
	if (!conversation || conversation.state === null) return false;
	const state = JSON.parse(conversation.state) as ConversationState;
	return state.attachments.some((pending) => pending.messageId === message.vendor_id);
}

async function plan(
	executor: Executor,
	store: Store,
	profile: BusinessProfile,
	request: AttachRequest,
): Promise<AttachedFile> {
	const attachment = await attachmentOf(executor, store, request.attachmentId);
	const linked = await casesOfAttachment(executor, attachment.id);
	if (request.caseKey !== undefined) {
		const wanted = await findCase(executor, store.workspaceId, request.caseKey);
		if (!wanted) {
			throw new InvalidInput({
				message: `There is no case '${request.caseKey}' in workspace '${store.workspaceId}'`,
				description: "Choose an existing case in 'Case', or leave it empty for the customer's open case.",
				parameter: 'Case',
			});
		}
		return { outcome: linked.includes(wanted.id) ? 'already' : 'attached', attachment, case: wanted };
	}
	const [first] = linked;
	if (first !== undefined) {
		return { outcome: 'already', attachment, case: await findCase(executor, store.workspaceId, first) };
	}
	if (await waitsForItsCase(executor, store, attachment)) return { outcome: 'waiting', attachment };
	const [open] = await casesOfContact(executor, store.workspaceId, attachment.contact_id, {
		onlyOpen: true,
		since: store.now() - profile.times.duplicateHours * 3_600_000,
		limit: 1,
	});
	return open ? { outcome: 'attached', attachment, case: open } : { outcome: 'no_case', attachment };
}

/** What attaching would do, without doing it. */
export async function planAttachment(store: Store, request: AttachRequest): Promise<AttachedFile> {
	const { profile } = await profileInForce(store);
	return await plan(store.db, store, profile, request);
}

/**
 * Puts a file of a customer on its case: the one named, else the customer's open case of the last hours (D16). A file
 * that is on a case stays there; one that the dialogue keeps for the case under way waits for it. Safe to repeat.
 * @throws InvalidInput when the attachment or the named case does not exist.
 */
export async function attachToCase(store: Store, request: AttachRequest): Promise<AttachedFile> {
	const { profile } = await profileInForce(store);
	const { contact_id: contactId } = await attachmentOf(store.db, store, request.attachmentId);
	const [result] = await store.eachLocked([`contact:${contactId}`], async (tx) => {
		const planned = await plan(tx, store, profile, request);
		if (planned.outcome !== 'attached' || !planned.case) return planned;
		await linkAttachments(tx, store, 'case', planned.case.id, [planned.attachment.id]);
		await appendAudit(tx, store, {
			contactId,
			actor: 'workflow',
			action: 'case.attached',
			subjectKind: 'case',
			subjectId: planned.case.id,
			payload: { attachmentId: planned.attachment.id, number: planned.case.number },
		});
		return planned;
	});
	if (result === undefined || 'error' in result) throw result?.error ?? new Error('The file was not attached');
	return result.value;
}
