import { step } from '../../domain/conversation/step';
import type { AdvisorFacts, ConversationEvent, TurnEvent } from '../../domain/conversation/types';
import type { Classification } from '../../domain/classifier/types';
import type { KnowledgeFinding } from '../../domain/knowledge/knowledge';
import type { MessageEvent } from '../../domain/messages/events';
import type { ModelPurpose } from '../../domain/metrics/modelUsage';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { getAttachment } from '../../store/repositories/attachments';
import { listAdvisors, type AdvisorRow } from '../../store/repositories/advisors';
import { contactsWithPhones } from '../../store/repositories/contacts';
import { getConversation, updateConversation, type ConversationRow } from '../../store/repositories/conversations';
import { getEffect } from '../../store/repositories/effects';
import {
	countTurnAttempt,
	finishPending,
	pendingMessages,
	resetTurnAttempts,
	updateMessage,
	type MessageRow,
} from '../../store/repositories/messages';
import type { Store, StoreTransaction } from '../../store/store';
import { offerTurn } from '../assistant/offerTurn';
import {
	answerableKinds,
	answerFromKnowledge,
	askedMessage,
	type AskedMessage,
} from '../knowledge/answerFromKnowledge';
import { advisorFacts } from '../team/assignAdvisor';
import { classifyMessages } from '../models/classifyMessages';
import { countedModel } from '../models/countedModel';
import { keepUnanswered } from '../knowledge/keepUnanswered';
import { takeAdvisorTurn } from '../bridge/advisorTurn';
import { advisorWithPhone } from '../bridge/attendance';
import { relayTurn } from '../bridge/relayTurn';
import { runAskedTasks } from '../bridge/runTasks';
import { profileInForce } from '../profile/businessProfile';
import { watchWait } from '../notify/waitedTooLong';
import { contactFacts } from './contactFacts';
import type { ModelCall } from '../models/modelReply';
import { handToPerson, ownerOfEmission, RETRY_TIERS } from '../emit/emissions';
import { messageOfRow, type ItemJson } from '../emit/items';
import {
	attachmentItem,
	crmOf,
	stateOf,
	StepWriter,
	type BotOutput,
	type Outgoing,
	type StepOrigin,
} from './stepWriter';

export type { BotOutput } from './stepWriter';

/** An item that reaches the bot: a new message, or something that fell due. */
export interface BotInput {
	readonly contactId: string;
	readonly conversationId: string;
	readonly channelId: string;
	readonly emissionId?: string;
	/** Kind of a Due item; absent for a new message. */
	readonly due?: 'turn' | 'wake' | 'effect' | 'outbox' | 'attachment' | 'follow_up';
	/** Due effects: the effect's id. */
	readonly requestId?: string;
	readonly attachmentId?: string;
}

export interface BotItem extends Outgoing {
	/** Which input item it answers. */
	readonly inputIndex: number;
}

export interface TurnSettings {
	/**
	 * A connected model, where there is one: asked what messages mean where the rules are unsure, and to put found passages into
	 * words (B20). Asked before any lock is taken; answers or is given up within 4 s.
	 */
	readonly model?: ModelCall;
	/** How long the turn of a voice note waits for its transcript, ms; 0 where nobody transcribes (D18). */
	readonly transcriptWaitMs?: number;
	/** How long an assistant has to answer before the dialogue does, ms; 0 where there is none (S11). */
	readonly assistantWaitMs?: number;
	/** The execution of n8n that takes the turns, for «¿Por qué?». */
	readonly execution?: StepOrigin['execution'];
}

interface TurnContext {
	readonly store: Store;
	readonly profile: BusinessProfile;
	readonly profileVersion: number;
	readonly execution: StepOrigin['execution'];
	readonly classified: Readonly<Record<string, Classification>>;
	readonly knowledge: Readonly<Record<string, KnowledgeFinding>>;
	/** Absent while the setup has registered nobody: any name is taken as it is. */
	readonly advisors: readonly AdvisorFacts[] | undefined;
	/** Advisors by the contact that their own number makes. */
	readonly attendants: ReadonlyMap<string, AdvisorRow>;
	readonly transcriptWaitMs: number;
	readonly assistantWaitMs: number;
	/** Tasks of the bridge that the turns ask for. */
	readonly asked: string[];
}

interface Due {
	readonly input: BotInput;
	readonly index: number;
}

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

async function takeTurn(tx: StoreTransaction, context: TurnContext, input: BotInput): Promise<Outgoing[]> {
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

const ownerOf = (store: Store, emissionId: string | undefined): string =>
	emissionId === undefined ? store.bootId : ownerOfEmission(emissionId);

/** The advisors who may write to the company's number from their own phone: never customers (B1). */
async function attendantsOf(
	store: Store,
	team: readonly AdvisorRow[],
	profile: BusinessProfile,
): Promise<ReadonlyMap<string, AdvisorRow>> {
	const phones = team.flatMap(({ phone }) => (phone === null ? [] : [phone]));
	const attendants = new Map<string, AdvisorRow>();
	for (const [contactId, phone] of await contactsWithPhones(store.db, store.workspaceId, phones)) {
		const advisor = advisorWithPhone(team, phone, profile);
		if (advisor) attendants.set(contactId, advisor);
	}
	return attendants;
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

/** What the turns asked of others' conversations, done; whoever has something to be sent leaves on Reply. */
async function passOnAsked(store: Store, asked: readonly string[], due: Due | undefined): Promise<BotItem[]> {
	if (due === undefined) return [];
	const { input, index } = due;
	const waiting = await runAskedTasks(store, asked, { carried: true, owner: ownerOf(store, input.emissionId) });
	return waiting.map((conversation) => ({
		output: 'reply',
		inputIndex: index,
		json: { crm: crmOf(conversation, input.emissionId, `bridge:${conversation.id}`) },
	}));
}

/** A turn that failed is tried again after 1 s and 30 s; after the third time its messages go to a person. */
async function postpone(store: Store, input: BotInput, error: Error): Promise<void> {
	await store.transaction(async (tx) => {
		const attempts =
			input.due === 'turn' ? undefined : await countTurnAttempt(tx, store.workspaceId, input.conversationId);
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
			return [
				{
					output: 'reply',
					inputIndex: index,
					json: { crm: crmOf(conversation, input.emissionId, `outbox:${input.contactId}`) },
				},
			];
		case 'attachment': {
			const attachment = await getAttachment(store.db, store.workspaceId, input.attachmentId ?? '');
			if (!attachment) return [];
			const json = attachmentItem(conversation, input.emissionId, attachment);
			return [{ output: 'attachment', inputIndex: index, json }];
		}
		default: {
			const effect = await getEffect(store.db, store.workspaceId, input.requestId ?? '');
			if (!effect || effect.state !== 'emitted') return [];
			return [
				{
					output: effect.output as BotOutput,
					inputIndex: index,
					json: { crm: crmOf(conversation, input.emissionId, effect.id), ...(JSON.parse(effect.payload) as ItemJson) },
				},
			];
		}
	}
}

/** The model as it is asked about each message: what it costs is its conversation's. */
function modelFor(
	store: Store,
	model: ModelCall,
	conversations: ReadonlyMap<string, ConversationRow>,
	purpose: ModelPurpose,
): (messageId: string) => ModelCall {
	return (messageId) => {
		const conversation = conversations.get(messageId);
		return conversation === undefined
			? model
			: countedModel(store, model, { contactId: conversation.contact_id, conversationId: conversation.id, purpose });
	};
}

async function classifyUnsure(
	store: Store,
	profile: BusinessProfile,
	model: ModelCall | undefined,
	conversationIds: readonly string[],
): Promise<Readonly<Record<string, Classification>>> {
	if (!model) return {};
	const messages: MessageEvent[] = [];
	const conversations = new Map<string, ConversationRow>();
	for (const id of conversationIds) {
		const conversation = await getConversation(store.db, store.workspaceId, id);
		if (!conversation) continue;
		for (const row of await pendingMessages(store.db, store.workspaceId, id)) {
			const message = messageOfRow(row);
			messages.push(message);
			conversations.set(message.id, conversation);
		}
	}
	return await classifyMessages(messages, profile, modelFor(store, model, conversations, 'classify'));
}

/** What the business's knowledge says to what waits; where a person has the conversation nothing is looked up. */
async function lookUp(
	store: Store,
	profile: BusinessProfile,
	conversationIds: readonly string[],
	model: ModelCall | undefined,
): Promise<Readonly<Record<string, KnowledgeFinding>>> {
	const kept = await answerableKinds(store, profile);
	if (kept === undefined) return {};
	const asked: AskedMessage[] = [];
	const conversations = new Map<string, ConversationRow>();
	for (const id of conversationIds) {
		const conversation = await getConversation(store.db, store.workspaceId, id);
		if (!conversation || (conversation.mode !== 'bot' && conversation.mode !== 'closed')) continue;
		const { language } = stateOf(conversation, profile);
		const pending = await pendingMessages(store.db, store.workspaceId, id);
		const found = pending.flatMap((message) => askedMessage(messageOfRow(message), language));
		asked.push(...found);
		for (const message of found) conversations.set(message.id, conversation);
	}
	return await answerFromKnowledge(store, profile, kept, asked, {
		modelFor: model && modelFor(store, model, conversations, 'knowledge'),
	});
}

/**
 * Answers customers: for each conversation named by the items one turn over everything that it has not answered yet,
 * under the contact's lock, with what the turn asks for written in the same transaction. Items that find nothing to do
 * (a duplicate, an answer that is not due yet) give nothing.
 */
export async function takeTurns(
	store: Store,
	inputs: readonly BotInput[],
	{ model, transcriptWaitMs = 0, assistantWaitMs = 0, execution }: TurnSettings = {},
): Promise<BotItem[]> {
	const { profile, version: profileVersion } = await profileInForce(store);
	const items: BotItem[] = [];
	const turns = new Map<string, Due[]>();
	const seen = new Set<string>();
	for (const [index, input] of inputs.entries()) {
		// A task of the team, not of the dialogue.
		if (input.due === 'follow_up') continue;
		if (input.due === 'effect' || input.due === 'outbox' || input.due === 'attachment') {
			items.push(...(await carryOn(store, { input, index })));
			continue;
		}
		if (seen.has(input.conversationId)) continue;
		seen.add(input.conversationId);
		turns.set(input.contactId, [...(turns.get(input.contactId) ?? []), { input, index }]);
	}
	const [classified, knowledge] = await Promise.all([
		classifyUnsure(store, profile, model, [...seen]),
		lookUp(store, profile, [...seen], model),
	]);
	const team = await listAdvisors(store.db, store.workspaceId);
	const advisors = team.length > 0 ? team.map(advisorFacts) : undefined;
	const context: TurnContext = {
		store,
		profile,
		profileVersion,
		classified,
		knowledge,
		advisors,
		attendants: await attendantsOf(store, team, profile),
		asked: [],
		transcriptWaitMs,
		assistantWaitMs,
		execution,
	};
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
	items.push(...(await passOnAsked(store, context.asked, [...turns.values()][0]?.[0])));
	return items;
}
