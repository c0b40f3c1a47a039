import { newConversation } from '../domain/conversation/newConversation';
import { step } from '../domain/conversation/step';
import type {
	AdvisorFacts,
	ConversationEffect,
	ConversationEvent,
	ConversationState,
	LearnEffect,
	StepResult,
	TurnEvent,
} from '../domain/conversation/types';
import type { Classification } from '../domain/classifier/types';
import type { MessageEvent } from '../domain/messages/events';
import type { BusinessProfile } from '../domain/profile/businessProfile';
import { listAdvisors } from '../store/repositories/advisors';
import { attachmentsOfMessages, linkAttachments, updateAttachment } from '../store/repositories/attachments';
import { appendAudit } from '../store/repositories/auditLog';
import { getContact, updateContact } from '../store/repositories/contacts';
import { getConversation, updateConversation, type ConversationRow } from '../store/repositories/conversations';
import { getEffect, insertEffects } from '../store/repositories/effects';
import {
	countTurnAttempt,
	findByVendorId,
	finishPending,
	pendingMessages,
	resetTurnAttempts,
	type MessageRow,
} from '../store/repositories/messages';
import type { Store, StoreTransaction } from '../store/store';
import { render } from '../text/render';
import { advisorFacts } from './assignAdvisor';
import { profileInForce } from './businessProfile';
import { contactFacts } from './contactFacts';
import { handToPerson, ownerOfEmission, RETRY_TIERS } from './emissions';
import { messageOfStored, type ItemJson } from './items';
import { queueMessage, readableText } from './queueMessage';

export type BotOutput = 'reply' | 'case' | 'handoff' | 'closed' | 'attachment';

/** An item that reaches the bot: a new message, or something that fell due. */
export interface BotInput {
	readonly contactId: string;
	readonly conversationId: string;
	readonly channelId: string;
	readonly emissionId?: string;
	/** Kind of a Due item; absent for a new message. */
	readonly due?: 'turn' | 'wake' | 'effect' | 'outbox' | 'attachment';
	/** Due effects: the effect's id. */
	readonly requestId?: string;
	readonly attachmentId?: string;
}

export interface BotItem {
	readonly output: BotOutput;
	readonly json: ItemJson;
	/** Which input item it answers. */
	readonly inputIndex: number;
}

/** Asks a connected model what messages mean. Called before any lock is taken; answers or gives up within 4 s. */
export type AskModel = (messages: readonly MessageEvent[]) => Promise<Readonly<Record<string, Classification>>>;

interface TurnContext {
	readonly store: Store;
	readonly profile: BusinessProfile;
	readonly classified: Readonly<Record<string, Classification>>;
	/** Absent while the setup has registered nobody: any name is taken as it is. */
	readonly advisors: readonly AdvisorFacts[] | undefined;
}

interface Due {
	readonly input: BotInput;
	readonly index: number;
}

type Outgoing = Omit<BotItem, 'inputIndex'>;

/** Effects that a branch of the canvas takes further. */
const OUTPUT_OF_EFFECT = { openCase: 'case', handoff: 'handoff', close: 'closed' } as const;

function crmOf(conversation: ConversationRow, input: BotInput, requestId: string): ItemJson {
	return {
		workspaceId: conversation.workspace_id,
		webhookId: conversation.webhook_id,
		channelId: conversation.channel_id,
		contactId: conversation.contact_id,
		conversationId: conversation.id,
		emissionId: input.emissionId,
		requestId,
	};
}

/** The dialogue's memory, with the mode that the row says: a click or an echo may have changed it since. */
function stateOf(conversation: ConversationRow, profile: BusinessProfile): ConversationState {
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
class TurnWriter {
	readonly outgoing: Outgoing[] = [];
	private readonly outboxIds: string[] = [];
	private readonly said: string[] = [];
	private wakeAt: number | null | undefined;

	constructor(
		private readonly tx: StoreTransaction,
		private readonly context: TurnContext,
		private readonly conversation: ConversationRow,
		private readonly input: BotInput,
		private readonly requestId: string,
		private readonly isReminder: boolean,
	) {}

	private get owner(): string {
		return this.input.emissionId === undefined ? this.context.store.bootId : ownerOfEmission(this.input.emissionId);
	}

	async write(result: StepResult): Promise<void> {
		for (const effect of result.effects) await this.apply(effect, result.state);
		const { store } = this.context;
		await updateConversation(this.tx, store, this.conversation.id, {
			state: JSON.stringify(result.state),
			mode: result.state.mode,
			version: this.conversation.version + 1,
			turn_due_at: null,
			...(this.wakeAt === undefined ? {} : { wake_at: this.wakeAt }),
			...(this.outboxIds.length > 0 ? { last_outbound_at: store.now() } : {}),
		});
		await appendAudit(this.tx, store, {
			contactId: this.conversation.contact_id,
			actor: 'bot',
			action: this.isReminder ? 'turn.timed' : 'turn.taken',
			subjectKind: 'conversation',
			subjectId: this.conversation.id,
			payload: { requestId: this.requestId, ...result.explanation, said: this.said },
		});
		if (this.outboxIds.length > 0) {
			this.outgoing.unshift({
				output: 'reply',
				json: {
					crm: { ...crmOf(this.conversation, this.input, this.requestId), outboxIds: this.outboxIds },
					text: this.said.join('\n\n'),
					...result.explanation,
				},
			});
		}
	}

	private async apply(effect: ConversationEffect, state: ConversationState): Promise<void> {
		const { store, profile } = this.context;
		switch (effect.kind) {
			case 'say': {
				const message = render(effect, profile, state.language);
				const id = await queueMessage(this.tx, store, this.conversation, {
					message,
					requestId: this.requestId,
					sequence: this.outboxIds.length,
					author: 'bot',
					owner: this.owner,
					cancelOnReply: this.isReminder,
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
		const carried = this.input.emissionId !== undefined;
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
				emission_id: this.input.emissionId ?? null,
				error: null,
				created_at: now,
				finished_at: carried ? null : now,
			},
		]);
		this.outgoing.push({ output, json: { crm: crmOf(this.conversation, this.input, id), ...effect } });
	}

	/** The files of this turn's messages, for the Attachment branch. Due brings those that it does not finish. */
	async emitAttachments(messages: readonly MessageRow[]): Promise<void> {
		const { store } = this.context;
		const rows = await attachmentsOfMessages(
			this.tx,
			store.workspaceId,
			messages.filter((message) => message.type !== 'text').map((message) => message.id),
		);
		for (const row of rows) {
			if (row.state !== 'pending') continue;
			await updateAttachment(this.tx, row.id, { owner: this.owner, claimed_at: store.now() });
			this.outgoing.push({
				output: 'attachment',
				json: {
					crm: crmOf(this.conversation, this.input, `attachment:${row.id}`),
					attachmentId: row.id,
					type: row.type,
					filename: row.filename,
					mimeType: row.mime_type,
				},
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

/** When the pending messages may be answered: the answer delay after the last one came in. */
function answerableAt(pending: readonly MessageRow[], profile: BusinessProfile): number {
	return pending.reduce((latest, message) => Math.max(latest, message.created_at), 0) + profile.answerDelayMs;
}

async function takeTurn(tx: StoreTransaction, context: TurnContext, input: BotInput): Promise<Outgoing[]> {
	const { store, profile } = context;
	const conversation = await getConversation(tx, store.workspaceId, input.conversationId);
	if (!conversation) return [];
	const pending = await pendingMessages(tx, store.workspaceId, conversation.id);
	if (pending.length === 0) return input.due === 'wake' ? await takeTime(tx, context, conversation, input) : [];
	const answerAt = answerableAt(pending, profile);
	if (answerAt > store.now()) {
		await updateConversation(tx, store, conversation.id, { turn_due_at: answerAt });
		await resetTurnAttempts(tx, store.workspaceId, conversation.id);
		return [];
	}
	const requestId = store.newId();
	const event: TurnEvent = {
		kind: 'turn',
		at: new Date(store.now()),
		requestId,
		messages: pending.map((message) => messageOfStored(message.content)),
		contact: await contactFacts(tx, store, profile, conversation.contact_id),
		classified: context.classified,
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
	const result = step(stateOf(conversation, context.profile), turn.event, context.profile);
	if (turn.pending.length > 0) {
		await finishPending(
			tx,
			turn.pending.map((message) => message.id),
			'done',
			turn.requestId,
		);
	}
	const writer = new TurnWriter(tx, context, conversation, input, turn.requestId, turn.event.kind === 'time');
	await writer.write(result);
	await writer.emitAttachments(turn.pending);
	return writer.outgoing;
}

/** A turn that failed is tried again after 1 s and 30 s; after the third time its messages go to a person. */
async function postpone(store: Store, input: BotInput, error: Error): Promise<void> {
	await store.transaction(async (tx) => {
		const attempts = input.due === 'turn' ? undefined : await countTurnAttempt(tx, store.workspaceId, input.conversationId);
		const pending = await pendingMessages(tx, store.workspaceId, input.conversationId);
		const made = attempts ?? Math.max(0, ...pending.map((message) => message.turn_attempts));
		const tier = RETRY_TIERS[made - 1];
		if (tier === undefined) {
			await handToPerson(tx, store, {
				conversationId: input.conversationId,
				messageIds: pending.map((message) => message.id),
				requestId: `dead:${pending[0]?.id ?? input.conversationId}`,
				error: error.message,
			});
			return;
		}
		await updateConversation(tx, store, input.conversationId, { turn_due_at: store.now() + tier });
	});
}

/** Items that only need their branch again. */
async function carryOn(store: Store, due: Due): Promise<BotItem[]> {
	const { input, index } = due;
	const conversation = await getConversation(store.db, store.workspaceId, input.conversationId);
	if (!conversation) return [];
	switch (input.due) {
		case 'outbox':
			return [{ output: 'reply', inputIndex: index, json: { crm: crmOf(conversation, input, `outbox:${input.contactId}`) } }];
		case 'attachment':
			return [
				{
					output: 'attachment',
					inputIndex: index,
					json: {
						crm: crmOf(conversation, input, `attachment:${input.attachmentId}`),
						attachmentId: input.attachmentId,
					},
				},
			];
		default: {
			const effect = await getEffect(store.db, store.workspaceId, input.requestId ?? '');
			if (!effect || effect.state !== 'emitted') return [];
			return [
				{
					output: effect.output as BotOutput,
					inputIndex: index,
					json: { crm: crmOf(conversation, input, effect.id), ...(JSON.parse(effect.payload) as ItemJson) },
				},
			];
		}
	}
}

async function classifyUnsure(
	store: Store,
	askModel: AskModel | undefined,
	conversationIds: readonly string[],
): Promise<Readonly<Record<string, Classification>>> {
	if (!askModel) return {};
	const messages: MessageEvent[] = [];
	for (const id of conversationIds) {
		const pending = await pendingMessages(store.db, store.workspaceId, id);
		messages.push(...pending.map((message) => messageOfStored(message.content)));
	}
	return messages.length === 0 ? {} : await askModel(messages);
}

/**
 * Answers customers: for each conversation named by the items one turn over everything that it has not answered yet,
 * under the contact's lock, with what the turn asks for written in the same transaction. Items that find nothing to do
 * (a duplicate, an answer that is not due yet) give nothing.
 */
export async function takeTurns(
	store: Store,
	inputs: readonly BotInput[],
	askModel?: AskModel,
): Promise<BotItem[]> {
	const { profile } = await profileInForce(store);
	const items: BotItem[] = [];
	const turns = new Map<string, Due[]>();
	const seen = new Set<string>();
	for (const [index, input] of inputs.entries()) {
		if (input.due === 'effect' || input.due === 'outbox' || input.due === 'attachment') {
			items.push(...(await carryOn(store, { input, index })));
			continue;
		}
		if (seen.has(input.conversationId)) continue;
		seen.add(input.conversationId);
		turns.set(input.contactId, [...(turns.get(input.contactId) ?? []), { input, index }]);
	}
	const classified = await classifyUnsure(store, askModel, [...seen]);
	const team = (await listAdvisors(store.db, store.workspaceId)).map(advisorFacts);
	const advisors = team.length > 0 ? team : undefined;
	const context: TurnContext = { store, profile, classified, advisors };
	const contactIds = [...turns.keys()];
	const results = await store.eachLocked(
		contactIds.map((id) => `contact:${id}`),
		async (tx, key) => {
			const found: BotItem[] = [];
			for (const due of turns.get(key.slice('contact:'.length)) ?? []) {
				const outgoing = await takeTurn(tx, context, due.input);
				found.push(...outgoing.map((item) => ({ ...item, inputIndex: due.index })));
			}
			return found;
		},
	);
	for (const [position, result] of results.entries()) {
		if ('value' in result) {
			items.push(...result.value);
			continue;
		}
		for (const due of turns.get(contactIds[position] ?? '') ?? []) await postpone(store, due.input, result.error);
	}
	return items;
}
