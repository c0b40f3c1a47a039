import type { ConversationState } from '../../domain/conversation/types';
import { awaitsTranscript } from '../../domain/conversation/voiceNotes';
import { InvalidInput } from '../../domain/invalidInput';
import { appendAudit } from '../../store/repositories/auditLog';
import { getConversation, updateConversation } from '../../store/repositories/conversations';
import { getMessage, updateMessage, type MessageRow } from '../../store/repositories/messages';
import type { Executor, Store, StoreTransaction } from '../../store/store';
import { messageOfStored } from '../emit/items';

export interface TranscriptToSave {
	readonly messageId: string;
	/** What was spoken; empty when nothing could be understood. */
	readonly text: string;
	/** ISO 639-1, when the transcription says it. */
	readonly language?: string;
	/** Who transcribed it: the node's name. */
	readonly source: string;
	/** For the bitácora. */
	readonly actor: string;
}

/** What becomes of a message with its transcript. */
export interface SavedTranscript {
	readonly message: MessageRow;
	/**
	 * `saved`: it is the message now. `not_understood`: nobody could read it, and nobody waits for it any more. `unchanged`: it
	 * had one before, and the first one stays.
	 */
	readonly outcome: 'saved' | 'not_understood' | 'unchanged';
	/** What the bot does with it: takes it in its next turn, or nothing because a turn without it was enough. */
	readonly turn: 'next' | 'none';
}

const HEARD = new Set(['voice', 'audio']);

async function spokenMessage(executor: Executor, store: Store, id: string): Promise<MessageRow> {
	const found = await getMessage(executor, store.workspaceId, id);
	if (!found) {
		throw new InvalidInput({
			message: `There is no message '${id}' in workspace '${store.workspaceId}'`,
			description: "Connect this node behind the Attachment output of Bot Conversation, or check 'Message ID'.",
			parameter: 'Message ID',
		});
	}
	const media = found.direction === 'in' ? messageOfStored(found.content).content.media : undefined;
	if (media === undefined || !HEARD.has(media.type)) {
		throw new InvalidInput({
			message: `Message '${id}' has nothing that can be heard`,
			description: 'Only voice notes and audio files of customers have a transcript. Filter the others out before.',
			parameter: 'Message ID',
		});
	}
	return found;
}

function planned(message: MessageRow, conversation: Conversation | undefined, text: string): SavedTranscript {
	const known = message.transcript_at !== null && (message.text !== null || text === '');
	if (known) return { message, outcome: 'unchanged', turn: 'none' };
	const state = conversation?.state ? (JSON.parse(conversation.state) as ConversationState) : undefined;
	const late =
		text !== '' &&
		message.turn_state === 'done' &&
		conversation?.mode === 'bot' &&
		state !== undefined &&
		awaitsTranscript(state, message.vendor_id ?? '');
	return {
		message,
		outcome: text === '' ? 'not_understood' : 'saved',
		turn: late || message.turn_state === 'pending' ? 'next' : 'none',
	};
}

type Conversation = NonNullable<Awaited<ReturnType<typeof getConversation>>>;

async function write(tx: StoreTransaction, store: Store, request: TranscriptToSave): Promise<SavedTranscript> {
	const text = request.text.trim();
	const message = await spokenMessage(tx, store, request.messageId);
	const conversation = await getConversation(tx, store.workspaceId, message.conversation_id);
	const plan = planned(message, conversation, text);
	if (plan.outcome === 'unchanged') return plan;
	await updateMessage(tx, message.id, {
		...(text === '' ? {} : { text }),
		transcript_at: store.now(),
		transcript_due_at: null,
		transcript_language: request.language ?? null,
		transcript_source: request.source,
		...(plan.turn === 'next' ? { turn_state: 'pending', turn_attempts: 0, request_id: null } : {}),
	});
	if (plan.turn === 'next') await updateConversation(tx, store, message.conversation_id, { turn_due_at: store.now() });
	await appendAudit(tx, store, {
		contactId: message.contact_id,
		actor: request.actor,
		action: text === '' ? 'message.not_understood' : 'message.transcribed',
		subjectKind: 'message',
		subjectId: message.id,
		payload: { by: request.source, language: request.language, characters: text.length },
	});
	return { ...plan, message: await spokenMessage(tx, store, message.id) };
}

/**
 * Keeps the transcript of a voice note: it is the message from then on (D18). A turn that waits for it is taken at once. When
 * the customer was asked to write instead and has not written yet, the transcript is their answer, in a turn of its own;
 * otherwise it is only kept. The first transcript that says something stays.
 * @throws InvalidInput when there is no such message, or nothing in it can be heard.
 */
export async function saveTranscript(store: Store, request: TranscriptToSave): Promise<SavedTranscript> {
	const { contact_id: contactId } = await spokenMessage(store.db, store, request.messageId);
	const [result] = await store.eachLocked([`contact:${contactId}`], async (tx) => await write(tx, store, request));
	if (result === undefined || 'error' in result) throw result?.error ?? new Error('The transcript was not saved');
	return result.value;
}

/** What saving a transcript would do, without doing it. @throws InvalidInput as `saveTranscript` does. */
export async function previewTranscript(store: Store, request: TranscriptToSave): Promise<SavedTranscript> {
	const message = await spokenMessage(store.db, store, request.messageId);
	const conversation = await getConversation(store.db, store.workspaceId, message.conversation_id);
	return planned(message, conversation, request.text.trim());
}
