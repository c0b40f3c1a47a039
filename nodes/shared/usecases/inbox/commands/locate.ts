import { findCase } from '../../../store/repositories/cases';
import { getContact } from '../../../store/repositories/contacts';
import { getFollowUp, type FollowUpRow } from '../../../store/repositories/followUps';
import { getLead } from '../../../store/repositories/leads';
import { getPayment } from '../../../store/repositories/payments';
import type { Executor } from '../../../store/store';
import { seenConversation, seenOfContact } from '../access';
import { notFound } from '../viewer';
import type { CommandContext, Subject } from './command';

/** Who sees a conversation may do something for its customer; this is the only place where that is decided. */
export async function conversationSubject(
	executor: Executor,
	{ store, profile, viewer }: CommandContext,
	{ conversationId }: { readonly conversationId: string },
): Promise<Subject> {
	const { row } = await seenConversation(executor, store, profile, viewer, conversationId);
	return { contactId: row.contact_id, conversation: row };
}

/** Any conversation of the customer that the viewer sees; the named one first. */
async function contactSubject(
	executor: Executor,
	{ store, profile, viewer }: CommandContext,
	contactId: string,
	what: string,
	conversationId?: string | null,
): Promise<Subject> {
	const { seen } = await seenOfContact(executor, store, profile, viewer, contactId);
	const conversation = seen.find(({ id }) => id === conversationId) ?? seen[0];
	if (!conversation) throw notFound(what);
	return { contactId, conversation };
}

export async function customerSubject(
	executor: Executor,
	context: CommandContext,
	{ contactId }: { readonly contactId: string },
): Promise<Subject> {
	const contact = await getContact(executor, context.store.workspaceId, contactId);
	if (!contact || contact.erased_at !== null || contact.merged_into !== null) throw notFound('contact');
	return await contactSubject(executor, context, contactId, 'contact');
}

export async function caseSubject(
	executor: Executor,
	context: CommandContext,
	{ caseId }: { readonly caseId: string },
): Promise<Subject> {
	const found = await findCase(executor, context.store.workspaceId, caseId);
	if (!found || found.id !== caseId) throw notFound('case');
	return await contactSubject(executor, context, found.contact_id, 'case', found.conversation_id);
}

export async function leadSubject(
	executor: Executor,
	context: CommandContext,
	{ leadId }: { readonly leadId: string },
): Promise<Subject> {
	const found = await getLead(executor, context.store.workspaceId, leadId);
	if (!found) throw notFound('lead');
	return await contactSubject(executor, context, found.contact_id, 'lead', found.conversation_id);
}

export async function paymentSubject(
	executor: Executor,
	context: CommandContext,
	{ paymentId }: { readonly paymentId: string },
): Promise<Subject> {
	const found = await getPayment(executor, context.store.workspaceId, paymentId);
	if (!found || found.contact_id === null) throw notFound('payment');
	return await contactSubject(executor, context, found.contact_id, 'payment', found.conversation_id);
}

/** A follow-up that the viewer may touch. @throws Refusal 404 */
export async function seenFollowUp(
	executor: Executor,
	context: CommandContext,
	followUpId: string,
): Promise<{ readonly row: FollowUpRow; readonly subject: Subject }> {
	const row = await getFollowUp(executor, context.store.workspaceId, followUpId);
	if (!row) throw notFound('follow-up');
	const subject = await contactSubject(executor, context, row.contact_id, 'follow-up', row.conversation_id);
	return { row, subject };
}
