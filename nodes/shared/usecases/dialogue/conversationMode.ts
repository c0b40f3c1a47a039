import { step } from '../../domain/conversation/step';
import type { ConversationMode, PersonEvent } from '../../domain/conversation/types';
import { InvalidInput } from '../../domain/invalidInput';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { appendAudit } from '../../store/repositories/auditLog';
import { getConversation, updateConversation, type ConversationRow } from '../../store/repositories/conversations';
import type { Executor, Store, StoreTransaction } from '../../store/store';
import { withdrawCards } from '../bridge/withdrawCards';
import { profileInForce } from '../profile/businessProfile';
import { contactFacts } from './contactFacts';
import { stateOf } from './stepWriter';

/** What a person does with a conversation: silence the bot, give it back, or end it. */
export type ConversationAct = 'took_over' | 'wrote' | 'gave_back' | 'closed';

const MODE_AFTER: Readonly<Record<ConversationAct, ConversationMode>> = {
	took_over: 'human',
	wrote: 'human',
	gave_back: 'bot',
	closed: 'closed',
};

const ACTION: Readonly<Record<ConversationAct, string>> = {
	took_over: 'conversation.bot_paused',
	wrote: 'conversation.person_wrote',
	gave_back: 'conversation.bot_resumed',
	closed: 'conversation.closed',
};

export interface ConversationActRequest {
	readonly conversationId: string;
	readonly act: ConversationAct;
	/** Who does it, for the bitácora. */
	readonly actor: string;
	readonly reason?: string;
	readonly requestId?: string;
	/** Who has it from now on. */
	readonly ownerAdvisorId?: string | null;
}

export interface ChangedConversation {
	readonly conversation: ConversationRow;
	/** False when it was so already. */
	readonly changed: boolean;
	readonly before: ConversationMode;
}

/** A conversation by id. @throws InvalidInput when there is none. */
export async function conversationById(
	executor: Executor,
	store: Store,
	conversationId: string,
): Promise<ConversationRow> {
	const found = await getConversation(executor, store.workspaceId, conversationId);
	if (found) return found;
	throw new InvalidInput({
		message: `There is no conversation '${conversationId}' in workspace '${store.workspaceId}'`,
		description: "Choose one from the list in 'Conversation', or check the store credential.",
		parameter: 'Conversation',
	});
}

/**
 * The act of a person inside the caller's transaction, which holds the contact's lock. Mirrored conversations belong to
 * an advisor's own number: no bot ever answers there.
 */
export async function actOnConversation(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	conversation: ConversationRow,
	request: Omit<ConversationActRequest, 'conversationId'>,
): Promise<ChangedConversation> {
	const before = conversation.mode;
	const after = MODE_AFTER[request.act];
	const sameOwner = request.ownerAdvisorId === undefined || request.ownerAdvisorId === conversation.owner_advisor_id;
	// Who writes again puts off the time at which the bot comes back.
	if ((before === after && sameOwner && request.act !== 'wrote') || before === 'mirrored') {
		return { conversation, changed: false, before };
	}
	const event: PersonEvent = {
		kind: 'person',
		at: new Date(store.now()),
		action: request.act,
		contact: await contactFacts(tx, store, profile, conversation.contact_id),
	};
	const { state, effects } = step(stateOf(conversation, profile), event, profile);
	const wake = effects.find((effect) => effect.kind === 'wake');
	if (request.act === 'took_over' || request.act === 'wrote') {
		const holder = request.ownerAdvisorId ?? conversation.owner_advisor_id;
		if (holder !== null) await withdrawCards(tx, store, conversation, holder);
	}
	await updateConversation(tx, store, conversation.id, {
		state: JSON.stringify(state),
		mode: state.mode,
		version: conversation.version + 1,
		wake_at: wake?.at === undefined ? null : Date.parse(wake.at),
		...(request.ownerAdvisorId === undefined ? {} : { owner_advisor_id: request.ownerAdvisorId }),
		...(state.mode === 'bot' || state.mode === 'closed' || request.act === 'wrote' ? { waiting_since: null } : {}),
	});
	if (before === state.mode && sameOwner) {
		return { conversation: await conversationById(tx, store, conversation.id), changed: false, before };
	}
	await appendAudit(tx, store, {
		contactId: conversation.contact_id,
		actor: request.actor,
		action: ACTION[request.act],
		subjectKind: 'conversation',
		subjectId: conversation.id,
		payload: {
			before,
			after: state.mode,
			reason: request.reason,
			requestId: request.requestId,
			...(sameOwner ? {} : { ownerBefore: conversation.owner_advisor_id, owner: request.ownerAdvisorId }),
		},
	});
	return { conversation: await conversationById(tx, store, conversation.id), changed: true, before };
}

/**
 * Pauses the bot, gives the conversation back to it, or ends the conversation. What is so already stays so.
 * @throws InvalidInput when the conversation does not exist or is mirrored from an advisor's own number.
 */
export async function changeConversation(store: Store, request: ConversationActRequest): Promise<ChangedConversation> {
	const { profile } = await profileInForce(store);
	const { contact_id: contactId } = await conversationById(store.db, store, request.conversationId);
	const [result] = await store.eachLocked([`contact:${contactId}`], async (tx) => {
		const conversation = await conversationById(tx, store, request.conversationId);
		if (conversation.mode === 'mirrored') {
			throw new InvalidInput({
				message: `Conversation '${conversation.id}' is mirrored from an advisor's own number`,
				description:
					'No bot answers there, so there is nothing to pause, resume or close. Choose another conversation.',
				parameter: 'Conversation',
			});
		}
		return await actOnConversation(tx, store, profile, conversation, request);
	});
	if (result === undefined || 'error' in result) throw result?.error ?? new Error('The conversation was not changed');
	return result.value;
}

/** What the act would make of a conversation, without doing it. */
export async function previewConversation(
	store: Store,
	conversationId: string,
	act: ConversationAct,
): Promise<ChangedConversation & { readonly after: ConversationMode }> {
	const conversation = await conversationById(store.db, store, conversationId);
	const after = conversation.mode === 'mirrored' ? conversation.mode : MODE_AFTER[act];
	return { conversation, changed: conversation.mode !== after, before: conversation.mode, after };
}
