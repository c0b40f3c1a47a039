import { casesOfContact } from '../../../store/repositories/cases';
import type { ConversationRow } from '../../../store/repositories/conversations';
import { hasOpenRule, insertFollowUp } from '../../../store/repositories/followUps';
import type { StoreTransaction } from '../../../store/store';
import { followUpInWords } from '../../../text/followUps';
import type { CommandContext } from './command';
import { requestOf } from '../requestOf';

const HOUR = 3_600_000;

/** Open cases that are looked through for a quotation. */
const LOOKED_AT = 20;

/** A file that goes to who asked for a quotation is the quotation: the advisor is reminded to ask about it (P10). */
export async function followQuotation(
	tx: StoreTransaction,
	context: CommandContext,
	conversation: ConversationRow,
): Promise<void> {
	const { store, viewer, profile } = context;
	const { quotationHours } = profile.followUps;
	if (quotationHours === 0) return;
	const open = await casesOfContact(tx, store.workspaceId, conversation.contact_id, {
		onlyOpen: true,
		limit: LOOKED_AT,
	});
	if (!open.some(({ type }) => type === 'quotation')) return;
	if (await hasOpenRule(tx, store.workspaceId, conversation.id, 'quotation_sent')) return;
	const now = store.now();
	const dueAt = now + quotationHours * HOUR;
	await insertFollowUp(tx, {
		id: store.newId(),
		workspace_id: store.workspaceId,
		webhook_id: conversation.webhook_id,
		channel_id: conversation.channel_id,
		contact_id: conversation.contact_id,
		conversation_id: conversation.id,
		advisor_id: viewer.advisorId,
		kind: 'quotation_sent',
		text: followUpInWords('quotation_sent', profile.language),
		due_at: dueAt,
		wake_at: dueAt,
		state: 'open',
		origin: 'rule',
		request_id: `${requestOf(context)}:quotation`,
		created_at: now,
		updated_at: now,
	});
}
