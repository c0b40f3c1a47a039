import { step } from '../../domain/conversation/step';
import type { ConversationEvent, TurnEvent } from '../../domain/conversation/types';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import type { AdvisorRow } from '../../store/repositories/advisors';
import { getConversation, updateConversation, type ConversationRow } from '../../store/repositories/conversations';
import {
	finishPending,
	pendingMessages,
	resetTurnAttempts,
	updateMessage,
	type MessageRow,
} from '../../store/repositories/messages';
import type { StoreTransaction } from '../../store/store';
import { offerTurn } from '../assistant/offerTurn';
import { takeAdvisorTurn } from '../bridge/advisorTurn';
import { relayTurn } from '../bridge/relayTurn';
import { messageOfRow } from '../emit/items';
import { keepUnanswered } from '../knowledge/keepUnanswered';
import { watchWait } from '../notify/waitedTooLong';
import { contactFacts } from './contactFacts';
import { crmOf, stateOf, StepWriter, type Outgoing } from './stepWriter';
import { ownerOf, type BotInput, type TurnContext } from './turnContext';

/** When the pending messages may be answered: the answer delay after the last one came in. */
function answerableAt(pending: readonly MessageRow[], profile: BusinessProfile): number {
	return pending.reduce((latest, message) => Math.max(latest, message.created_at), 0) + profile.answerDelayMs;
}

/** Voice notes of the turn whose transcript may still come. */
function untranscribed(pending: readonly MessageRow[], { transcriptWaitMs }: TurnContext): MessageRow[] {
	if (transcriptWaitMs === 0) return [];
	return pending.filter((message) => message.transcript_at === null && isVoiceNote(message));
}

const isVoiceNote = (message: MessageRow): boolean =>
	message.type !== 'text' && messageOfRow(message).content.media?.type === 'voice';

/** The turn is not due: Due brings it again then. Voice notes are handed out meanwhile, so that they can be transcribed. */
async function wait(
	tx: StoreTransaction,
	{ store, profile, transcriptWaitMs }: TurnContext,
	conversation: ConversationRow,
	input: BotInput,
	until: number,
	voiceNotes: readonly MessageRow[],
): Promise<Outgoing[]> {
	await updateConversation(tx, store, conversation.id, { turn_due_at: until });
	await resetTurnAttempts(tx, store.workspaceId, conversation.id);
	const wanted = voiceNotes.filter((message) => message.transcript_due_at === null);
	if (wanted.length === 0) return [];
	const writer = new StepWriter(tx, { store, profile }, conversation, {
		requestId: store.newId(),
		emissionId: input.emissionId,
		action: 'turn.taken',
	});
	await writer.emitAttachments(wanted);
	for (const message of wanted)
		await updateMessage(tx, message.id, { transcript_due_at: message.created_at + transcriptWaitMs });
	return writer.outgoing;
}

/** One turn of one conversation, over everything that was not answered yet. The caller holds the contact's lock. */
export async function takeTurn(tx: StoreTransaction, context: TurnContext, input: BotInput): Promise<Outgoing[]> {
	const { store, profile } = context;
	const conversation = await getConversation(tx, store.workspaceId, input.conversationId);
	if (!conversation) return [];
	const pending = await pendingMessages(tx, store.workspaceId, conversation.id);
	if (pending.length === 0) return input.due === 'wake' ? await takeTime(tx, context, conversation, input) : [];
	// A linked number of an advisor's is mirrored, not bridged.
	const advisor = conversation.mode === 'mirrored' ? undefined : context.attendants.get(conversation.contact_id);
	const voiceNotes = advisor ? [] : untranscribed(pending, context);
	const answerAt = voiceNotes.reduce(
		(latest, message) => Math.max(latest, message.created_at + context.transcriptWaitMs),
		answerableAt(pending, profile),
	);
	if (answerAt > store.now()) return await wait(tx, context, conversation, input, answerAt, voiceNotes);
	const requestId = store.newId();
	if (advisor) return await attend(tx, context, conversation, input, { advisor, requestId, pending });
	const contact = await contactFacts(tx, store, profile, conversation.contact_id);
	const offered = await offerTurn(tx, context, conversation, pending, contact, input.emissionId);
	if (offered !== undefined) return offered;
	const event: TurnEvent = {
		kind: 'turn',
		at: new Date(store.now()),
		requestId,
		messages: pending.map(messageOfRow),
		contact,
		wantsPerson: pending.some(({ assistant_outcome: outcome }) => outcome === 'person'),
		classified: context.classified,
		knowledge: context.knowledge,
		advisors: context.advisors,
	};
	return await advance(tx, context, conversation, input, { event, requestId, pending });
}

async function takeTime(
	tx: StoreTransaction,
	context: TurnContext,
	conversation: ConversationRow,
	input: BotInput,
): Promise<Outgoing[]> {
	const { store, profile } = context;
	const contact = await contactFacts(tx, store, profile, conversation.contact_id);
	const event: ConversationEvent = { kind: 'time', at: new Date(store.now()), contact };
	return await advance(tx, context, conversation, input, { event, requestId: store.newId(), pending: [] });
}

async function advance(
	tx: StoreTransaction,
	context: TurnContext,
	conversation: ConversationRow,
	input: BotInput,
	turn: { readonly event: ConversationEvent; readonly requestId: string; readonly pending: readonly MessageRow[] },
): Promise<Outgoing[]> {
	const { store } = context;
	const result = step(stateOf(conversation, context.profile), turn.event, context.profile);
	if (turn.pending.length > 0) {
		await finishPending(
			tx,
			turn.pending.map((message) => message.id),
			'done',
			turn.requestId,
		);
	}
	const writer = new StepWriter(tx, context, conversation, {
		requestId: turn.requestId,
		emissionId: input.emissionId,
		action: turn.event.kind === 'time' ? 'turn.timed' : 'turn.taken',
		profileVersion: context.profileVersion,
		execution: context.execution,
	});
	await writer.write(result);
	await keepUnanswered(tx, store, conversation, turn.pending, context.knowledge);
	await writer.emitAttachments(turn.pending);
	if (turn.pending.length > 0 && result.state.mode === 'human') {
		context.asked.push(...(await relayTurn(tx, store, conversation, turn.pending)));
		const since = conversation.waiting_since ?? store.now();
		await watchWait(tx, store, context.profile, conversation, { since, step: 1 });
	}
	return writer.outgoing;
}

/** A turn of an advisor: what they want of customers is done right after, under the customers' locks. */
async function attend(
	tx: StoreTransaction,
	context: TurnContext,
	conversation: ConversationRow,
	input: BotInput,
	turn: { readonly advisor: AdvisorRow; readonly requestId: string; readonly pending: readonly MessageRow[] },
): Promise<Outgoing[]> {
	const { store, profile } = context;
	const { advisor, requestId, pending } = turn;
	const owner = ownerOf(store, input.emissionId);
	const { asked, said } = await takeAdvisorTurn(
		tx,
		{ store, profile, advisor, requestId, owner },
		conversation,
		pending,
	);
	context.asked.push(...asked);
	const writer = new StepWriter(tx, context, conversation, {
		requestId,
		emissionId: input.emissionId,
		action: 'turn.taken',
	});
	await writer.emitAttachments(pending);
	const reply = { output: 'reply', json: { crm: crmOf(conversation, input.emissionId, requestId) } } as const;
	return said ? [reply, ...writer.outgoing] : writer.outgoing;
}
