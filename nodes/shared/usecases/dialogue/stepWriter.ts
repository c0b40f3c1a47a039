import { newConversation } from '../../domain/conversation/newConversation';
import type { ConversationEffect, ConversationState, LearnEffect, StepResult } from '../../domain/conversation/types';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import {
	attachmentsOfMessages,
	linkAttachments,
	updateAttachment,
	type AttachmentRow,
} from '../../store/repositories/attachments';
import { appendAudit } from '../../store/repositories/auditLog';
import { getContact, updateContact } from '../../store/repositories/contacts';
import { updateConversation, type ConversationRow } from '../../store/repositories/conversations';
import { insertEffects } from '../../store/repositories/effects';
import { findByVendorId, type MessageRow } from '../../store/repositories/messages';
import type { Store, StoreTransaction } from '../../store/store';
import { render } from '../../text/render';
import { deskAfter, learntBetween } from './deskAfter';
import { ownerOfEmission } from '../emit/emissions';
import type { ItemJson } from '../emit/items';
import { queueMessage, readableText } from '../send/queueMessage';

export type BotOutput = 'reply' | 'case' | 'handoff' | 'closed' | 'attachment' | 'assistant';

/** An item for one of the bot's branches. */
export interface Outgoing {
	readonly output: BotOutput;
	readonly json: ItemJson;
}

/** Why a step was made. */
export interface StepOrigin {
	/** What everything that the step says and asks is known by. */
	readonly requestId: string;
	/** The trigger's emission that carries it; absent outside of one. */
	readonly emissionId?: string;
	/** Line of the bitácora. What a timer says is not sent any more once the customer has written. */
	readonly action: 'turn.taken' | 'turn.timed' | 'case.confirmed' | 'link.offered';
	/** Who causes it, for the bitácora; the bot itself when absent. */
	readonly actor?: string;
	/** Version of the profile that decided. */
	readonly profileVersion?: number;
	/** The execution of n8n that took the turn, for «¿Por qué?». */
	readonly execution?: { readonly workflowId?: string; readonly executionId?: string };
	/** What else becomes true of the conversation with it. */
	readonly also?: Partial<Pick<ConversationRow, 'area' | 'owner_advisor_id'>>;
}

/** Effects that a branch of the canvas takes further. */
const OUTPUT_OF_EFFECT = { openCase: 'case', handoff: 'handoff', close: 'closed' } as const;

/** Our ids in an item. */
export function crmOf(conversation: ConversationRow, emissionId: string | undefined, requestId: string): ItemJson {
	return {
		workspaceId: conversation.workspace_id,
		webhookId: conversation.webhook_id,
		channelId: conversation.channel_id,
		contactId: conversation.contact_id,
		conversationId: conversation.id,
		emissionId,
		requestId,
	};
}

/** A voice note that waited for its transcript left before its turn. */
const isHandedOut = (message: MessageRow): boolean =>
	message.transcript_due_at !== null || message.transcript_at !== null;

/** A file for the Attachment branch. */
export function attachmentItem(
	conversation: ConversationRow,
	emissionId: string | undefined,
	row: AttachmentRow,
): ItemJson {
	return {
		crm: { ...crmOf(conversation, emissionId, `attachment:${row.id}`), messageId: row.message_id },
		attachmentId: row.id,
		type: row.type,
		filename: row.filename,
		mimeType: row.mime_type,
	};
}

/** The dialogue's memory, with the mode that the row says: a click or an echo may have changed it since. */
export function stateOf(conversation: ConversationRow, profile: BusinessProfile): ConversationState {
	const state =
		conversation.state === null ? newConversation(profile) : (JSON.parse(conversation.state) as ConversationState);
	return state.mode === conversation.mode ? state : { ...state, mode: conversation.mode };
}

async function learn(tx: StoreTransaction, store: Store, contactId: string, effect: LearnEffect): Promise<void> {
	const now = store.now();
	switch (effect.field) {
		case 'name':
			return await updateContact(tx, store, contactId, {
				name: effect.value,
				name_verified: effect.verified === false ? 0 : 1,
			});
		case 'optOut':
			return await updateContact(tx, store, contactId, { opted_out_at: now });
		case 'optIn':
			return await updateContact(tx, store, contactId, { opted_out_at: null });
		case 'consent': {
			const contact = await getContact(tx, store.workspaceId, contactId);
			const consents = (contact?.consent ? JSON.parse(contact.consent) : []) as unknown[];
			return await updateContact(tx, store, contactId, {
				consent: JSON.stringify([...consents, { at: now, text: effect.value }]),
			});
		}
		default:
			return await updateContact(tx, store, contactId, { [effect.field]: effect.value });
	}
}

/** Writes what one step asks for. Everything of a turn is in the transaction of its state. */
export class StepWriter {
	readonly outgoing: Outgoing[] = [];
	readonly outboxIds: string[] = [];
	/** What was said, a bubble each. */
	readonly said: string[] = [];
	private wakeAt: number | null | undefined;

	constructor(
		private readonly tx: StoreTransaction,
		private readonly context: { readonly store: Store; readonly profile: BusinessProfile },
		private readonly conversation: ConversationRow,
		private readonly origin: StepOrigin,
	) {}

	private get owner(): string {
		return this.origin.emissionId === undefined ? this.context.store.bootId : ownerOfEmission(this.origin.emissionId);
	}

	async write(result: StepResult): Promise<void> {
		for (const effect of result.effects) await this.apply(effect, result.state);
		const { store } = this.context;
		const now = store.now();
		const lastMessageId = this.outboxIds.at(-1);
		await updateConversation(
			this.tx,
			store,
			this.conversation.id,
			this.changed({
				state: JSON.stringify(result.state),
				mode: result.state.mode,
				version: this.conversation.version + 1,
				// A confirmation answers nobody: messages that wait for their turn still do.
				...(this.origin.action === 'turn.taken' ? { turn_due_at: null } : {}),
				...(this.wakeAt === undefined ? {} : { wake_at: this.wakeAt }),
				...(lastMessageId === undefined
					? {}
					: { last_outbound_at: now, activity_at: now, last_message_id: lastMessageId }),
				...deskAfter(this.conversation, result, this.context.profile, now),
				...this.origin.also,
			}),
		);
		await appendAudit(this.tx, store, {
			contactId: this.conversation.contact_id,
			actor: this.origin.actor ?? 'bot',
			action: this.origin.action,
			subjectKind: 'conversation',
			subjectId: this.conversation.id,
			payload: {
				requestId: this.origin.requestId,
				...result.explanation,
				said: this.said,
				...learntBetween(this.conversation.state, result.state),
				branches: [
					...new Set([...(this.outboxIds.length > 0 ? ['reply'] : []), ...this.outgoing.map(({ output }) => output)]),
				],
				profileVersion: this.origin.profileVersion,
				...this.origin.execution,
			},
		});
		if (this.outboxIds.length > 0) {
			this.outgoing.unshift({
				output: 'reply',
				json: {
					crm: {
						...crmOf(this.conversation, this.origin.emissionId, this.origin.requestId),
						outboxIds: this.outboxIds,
					},
					text: this.said.join('\n\n'),
					...result.explanation,
				},
			});
		}
	}

	/** A column that is written is written to its indexes too, even with the value that it has. */
	private changed(columns: Partial<ConversationRow>): Partial<ConversationRow> {
		const before = new Map<string, unknown>(Object.entries(this.conversation));
		return Object.fromEntries(Object.entries(columns).filter(([column, value]) => before.get(column) !== value));
	}

	private async apply(effect: ConversationEffect, state: ConversationState): Promise<void> {
		const { store, profile } = this.context;
		switch (effect.kind) {
			case 'say': {
				const message = render(effect, profile, state.language);
				const id = await queueMessage(this.tx, store, this.conversation, {
					message,
					requestId: this.origin.requestId,
					sequence: this.outboxIds.length,
					author: 'bot',
					owner: this.owner,
					cancelOnReply: this.origin.action === 'turn.timed',
				});
				this.outboxIds.push(id);
				this.said.push(readableText(message) ?? '');
				return;
			}
			case 'learn':
				return await learn(this.tx, store, this.conversation.contact_id, effect);
			case 'wake':
				this.wakeAt = effect.at === undefined ? null : Date.parse(effect.at);
				return;
			case 'addToCase':
				return await this.addToCase(effect.caseId, effect.attachments, effect.text);
			case 'keepAttachment':
				// The row was written when the message was journaled; the turn emits it below.
				return;
			default:
				return await this.emit(OUTPUT_OF_EFFECT[effect.kind], effect.requestId, effect);
		}
	}

	private async addToCase(
		caseId: string,
		attachments: ReadonlyArray<{ readonly messageId: string }>,
		text: string | undefined,
	): Promise<void> {
		const { store } = this.context;
		const files = await attachmentsOfVendorMessages(this.tx, store, this.conversation, attachments);
		await linkAttachments(this.tx, store, 'case', caseId, files);
		await appendAudit(this.tx, store, {
			contactId: this.conversation.contact_id,
			actor: 'customer',
			action: 'case.added_to',
			subjectKind: 'case',
			subjectId: caseId,
			payload: { text, attachmentIds: files },
		});
	}

	private async emit(output: BotOutput, id: string, effect: object): Promise<void> {
		const { store } = this.context;
		const now = store.now();
		const carried = this.origin.emissionId !== undefined;
		await insertEffects(this.tx, [
			{
				id,
				workspace_id: store.workspaceId,
				webhook_id: this.conversation.webhook_id,
				channel_id: this.conversation.channel_id,
				contact_id: this.conversation.contact_id,
				conversation_id: this.conversation.id,
				output,
				payload: JSON.stringify(effect),
				// Outside a trigger's emission nobody tells us how the execution ended.
				state: carried ? 'emitted' : 'done',
				attempts: 1,
				ready_at: now,
				owner: carried ? this.owner : null,
				emission_id: this.origin.emissionId ?? null,
				error: null,
				created_at: now,
				finished_at: carried ? null : now,
			},
		]);
		this.outgoing.push({ output, json: { crm: crmOf(this.conversation, this.origin.emissionId, id), ...effect } });
	}

	/** The files of this turn's messages, for the Attachment branch. Due brings those that it does not finish. */
	async emitAttachments(messages: readonly MessageRow[]): Promise<void> {
		const { store } = this.context;
		const rows = await attachmentsOfMessages(
			this.tx,
			store.workspaceId,
			messages.filter((message) => message.type !== 'text' && !isHandedOut(message)).map((message) => message.id),
		);
		for (const row of rows) {
			if (row.state !== 'pending') continue;
			await updateAttachment(this.tx, row.id, { owner: this.owner, claimed_at: store.now() });
			this.outgoing.push({
				output: 'attachment',
				json: attachmentItem(this.conversation, this.origin.emissionId, row),
			});
		}
	}
}

/** Our attachment ids of messages that the dialogue knows by the vendor's id. */
export async function attachmentsOfVendorMessages(
	tx: StoreTransaction,
	store: Store,
	conversation: { readonly channel_id: string },
	attachments: ReadonlyArray<{ readonly messageId: string }>,
): Promise<string[]> {
	const ids: string[] = [];
	for (const { messageId } of attachments) {
		const message = await findByVendorId(tx, store.workspaceId, conversation.channel_id, messageId);
		if (message) ids.push(message.id);
	}
	return (await attachmentsOfMessages(tx, store.workspaceId, ids)).map((row) => row.id);
}
