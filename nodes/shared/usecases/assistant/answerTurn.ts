import { linksIn, mentionsIn, readAssistantAnswer } from '../../domain/conversation/assistant';
import { normalizePhone } from '../../domain/identity/phone';
import { mayWrite } from '../../domain/consent/mayWrite';
import { isWindowOpen } from '../../domain/messages/serviceWindow';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { appendAudit } from '../../store/repositories/auditLog';
import { findCase } from '../../store/repositories/cases';
import { findContact } from '../../store/repositories/contactLookup';
import { getContact } from '../../store/repositories/contacts';
import { getConversation, updateConversation, type ConversationRow } from '../../store/repositories/conversations';
import {
	finishPending,
	messagesOfConversation,
	pendingMessages,
	updateMessage,
} from '../../store/repositories/messages';
import { outboxOfRequest } from '../../store/repositories/outbox';
import { listPayments } from '../../store/repositories/payments';
import type { Store, StoreTransaction } from '../../store/store';
import { profileInForce } from '../profile/businessProfile';
import { ownerOfEmission } from '../emit/emissions';
import { queueMessage } from '../send/queueMessage';

export interface AssistantAnswer {
	/** The request id of the item that was handed out. */
	readonly turnId: string;
	readonly contactId: string;
	readonly conversationId: string;
	readonly emissionId?: string;
	/** What the assistant said; empty when it failed. */
	readonly text: string;
	/** The word with which it asks for a person. */
	readonly handOver: string;
}

/**
 * `answered`: the customer gets it. `person`: the dialogue hands the conversation over. `failed`: the dialogue answers as if there were
 * no assistant. `late`: the dialogue or a person was quicker, or took the turn.
 */
export type AssistantOutcome = 'answered' | 'person' | 'failed' | 'late';

export interface AnsweredTurn {
	readonly outcome: AssistantOutcome;
	/** Why it was not said, for the bitácora and the canvas. */
	readonly reason?: string;
	readonly outboxIds: readonly string[];
}

const REMEMBERED = 30;
const PAYMENTS = 50;

/** What the answer must not say: somebody else's case or number, an address that the business never gave. */
async function forbiddenIn(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	conversation: ConversationRow,
	text: string,
): Promise<string | undefined> {
	const { workspaceId } = store;
	const { contact_id: contactId } = conversation;
	const { cases, phones } = mentionsIn(text);
	for (const number of cases) {
		const found = await findCase(tx, workspaceId, number.toUpperCase());
		if (found !== undefined && found.contact_id !== contactId) return 'case_of_another';
	}
	for (const phone of phones) {
		const found = await findContact(tx, workspaceId, normalizePhone(phone, profile.country)?.e164 ?? phone);
		if (found !== undefined && found.id !== contactId) return 'number_of_another';
	}
	const links = linksIn(text);
	if (links.length === 0) return undefined;
	const payments = await listPayments(tx, workspaceId, { contactId, limit: PAYMENTS });
	const said = await messagesOfConversation(tx, store, conversation.id, { limit: REMEMBERED });
	const ours = [
		JSON.stringify(profile),
		...payments.map(({ url }) => url ?? ''),
		...said.filter(({ direction }) => direction === 'out').map(({ content }) => content),
	].join('\n');
	return links.every((link) => ours.includes(link)) ? undefined : 'unknown_link';
}

interface Verdict {
	readonly outcome: Exclude<AssistantOutcome, 'late'>;
	readonly reason?: string;
	readonly text?: string;
}

async function judge(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	conversation: ConversationRow,
	{ text, handOver }: AssistantAnswer,
): Promise<Verdict> {
	const contact = await getContact(tx, store.workspaceId, conversation.contact_id);
	const now = store.now();
	const consent = { optedOutAt: contact?.opted_out_at ?? undefined };
	if (conversation.mode !== 'bot' && conversation.mode !== 'closed') return { outcome: 'failed', reason: 'has_person' };
	// A customer who opted out since is the dialogue's, which knows what it may still say.
	if (!mayWrite('service', consent, new Date(now), profile).allowed) return { outcome: 'failed', reason: 'opted_out' };
	if (!isWindowOpen(conversation.last_inbound_at, now)) return { outcome: 'failed', reason: 'window_closed' };
	const reading = readAssistantAnswer(text, handOver);
	if (reading.kind === 'person') return { outcome: 'person', reason: 'unsure' };
	if (reading.kind === 'nonsense') return { outcome: 'failed', reason: text.trim() === '' ? 'no_answer' : 'nonsense' };
	const forbidden = await forbiddenIn(tx, store, profile, conversation, reading.text);
	return forbidden === undefined
		? { outcome: 'answered', text: reading.text }
		: { outcome: 'person', reason: forbidden };
}

async function write(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	answer: AssistantAnswer,
): Promise<AnsweredTurn> {
	const { turnId, contactId } = answer;
	const requestId = `assistant:${turnId}`;
	const earlier = await outboxOfRequest(tx, store.workspaceId, contactId, requestId);
	if (earlier.length > 0) return { outcome: 'answered', outboxIds: earlier };
	const conversation = await getConversation(tx, store.workspaceId, answer.conversationId);
	if (conversation?.contact_id !== contactId) return { outcome: 'late', outboxIds: [] };
	const pending = await pendingMessages(tx, store.workspaceId, conversation.id);
	const mine = pending.filter((one) => one.assistant_turn === turnId && one.assistant_outcome === null);
	if (mine.length === 0) return { outcome: 'late', outboxIds: [] };
	const { outcome, reason, text } = await judge(tx, store, profile, conversation, answer);
	for (const { id } of mine) await updateMessage(tx, id, { assistant_outcome: outcome });
	const outboxIds: string[] = [];
	if (text !== undefined) {
		await finishPending(
			tx,
			mine.map(({ id }) => id),
			'done',
			turnId,
		);
		const owner = answer.emissionId === undefined ? store.bootId : ownerOfEmission(answer.emissionId);
		const message = { type: 'text', text } as const;
		outboxIds.push(
			await queueMessage(tx, store, conversation, { message, requestId, sequence: 0, author: 'bot', owner }),
		);
	}
	const isDone = text !== undefined && mine.length === pending.length;
	// Whatever is left is the dialogue's, at once.
	await updateConversation(tx, store, conversation.id, { turn_due_at: isDone ? null : store.now() });
	await appendAudit(tx, store, {
		contactId,
		actor: 'assistant',
		action: `assistant.${outcome}`,
		subjectKind: 'conversation',
		subjectId: conversation.id,
		payload: { requestId: turnId, reason, ...(text === undefined ? {} : { said: [text] }) },
	});
	return { outcome, outboxIds, ...(reason === undefined ? {} : { reason }) };
}

/**
 * Takes in what an assistant says to a turn, once: queued for the customer when it may be said; otherwise the dialogue has the turn back
 * at once, to hand it to a person or to answer as always.
 */
export async function answerTurn(store: Store, answer: AssistantAnswer): Promise<AnsweredTurn> {
	const { profile } = await profileInForce(store);
	const [result] = await store.eachLocked(
		[`contact:${answer.contactId}`],
		async (tx) => await write(tx, store, profile, answer),
	);
	if (result === undefined || 'error' in result) throw result?.error ?? new Error('The answer was not taken');
	return result.value;
}
