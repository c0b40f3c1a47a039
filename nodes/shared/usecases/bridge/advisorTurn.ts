import { buttonId, readButton } from '../../domain/bridge/buttons';
import { decideBridge } from '../../domain/bridge/decide';
import type {
	AdvisorMessage,
	AskedQuestion,
	AttendedCustomer,
	BridgeAct,
	BridgeButton,
	BridgeFacts,
	BridgeTextKey,
	QuotedMessage,
	Wish,
} from '../../domain/bridge/types';
import type { Choice, OutboundMessage } from '../../domain/messages/outbound';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import type { AdvisorRow } from '../../store/repositories/advisors';
import { attachmentsOfMessages } from '../../store/repositories/attachments';
import { appendAudit } from '../../store/repositories/auditLog';
import { attendedBy, bridgeMessageBy, openCardsOf, updateBridgeMessage } from '../../store/repositories/bridges';
import { getConversation, updateConversation, type ConversationRow } from '../../store/repositories/conversations';
import { findByVendorId, finishPending, type MessageRow } from '../../store/repositories/messages';
import type { Store, StoreTransaction } from '../../store/store';
import { bridgeText } from '../../text/bridgeTexts';
import { messageOfRow } from '../emit/items';
import { queueToAdvisor } from './advisorConversation';
import { attendedCustomer } from './attendance';
import { wordsOfMessage } from './relay';
import { askForTask, type BridgeTask } from './tasks';

export interface AdvisorTurn {
	readonly store: Store;
	readonly profile: BusinessProfile;
	readonly advisor: AdvisorRow;
	/** What the turn is known by. */
	readonly requestId: string;
	/** The process whose execution carries what is queued to Send Queued. */
	readonly owner: string;
}

/** What a turn of an advisor leaves to be done. */
export interface AdvisorTurnResult {
	/** Work for the customers, each under their own lock. */
	readonly asked: readonly string[];
	/** Whether something waits for Send Queued in the advisor's own conversation. */
	readonly said: boolean;
}

/** Cards shown at once are few; more than two are told apart only by a quote anyway. */
const CARDS = 5;
/** WhatsApp allows 20 characters on a button and 24 on a row of a list. */
const TITLE = 20;
/** WhatsApp's list has ten rows. */
const MOST_CHOICES = 10;

interface KeptQuestion {
	readonly about: Wish;
	readonly messageIds: readonly string[];
}

async function customerOf(
	tx: StoreTransaction,
	store: Store,
	conversationId: string | null,
): Promise<AttendedCustomer | undefined> {
	if (conversationId === null) return undefined;
	const conversation = await getConversation(tx, store.workspaceId, conversationId);
	if (!conversation) return undefined;
	return await attendedCustomer(tx, store, {
		id: conversation.id,
		contactId: conversation.contact_id,
		lastInboundAt: conversation.last_inbound_at,
	});
}

async function quotedBy(
	tx: StoreTransaction,
	store: Store,
	advisor: AdvisorRow,
	conversation: ConversationRow,
	vendorId: string | undefined,
): Promise<QuotedMessage | undefined> {
	if (vendorId === undefined) return undefined;
	const message = await findByVendorId(tx, store.workspaceId, conversation.channel_id, vendorId);
	const bridged = message && (await bridgeMessageBy(tx, store.workspaceId, 'message_id', message.id));
	if (!bridged || bridged.advisor_id !== advisor.id) return undefined;
	const customer = await customerOf(tx, store, bridged.conversation_id);
	return { kind: bridged.kind, id: bridged.id, ...(customer === undefined ? {} : { customer }) };
}

async function questionOf(
	tx: StoreTransaction,
	store: Store,
	advisor: AdvisorRow,
	button: BridgeButton | undefined,
): Promise<AskedQuestion | undefined> {
	if (button?.kind !== 'answer') return undefined;
	const bridged = await bridgeMessageBy(tx, store.workspaceId, 'id', button.questionId);
	if (!bridged || bridged.advisor_id !== advisor.id || bridged.waiting === null) return undefined;
	const kept = JSON.parse(bridged.waiting) as KeptQuestion;
	const customer = await customerOf(tx, store, button.conversationId);
	return {
		id: bridged.id,
		...kept,
		answered: bridged.state !== 'open',
		...(customer === undefined ? {} : { customer }),
	};
}

async function read(
	tx: StoreTransaction,
	{ store, profile, advisor }: AdvisorTurn,
	conversation: ConversationRow,
	row: MessageRow,
): Promise<AdvisorMessage> {
	const event = messageOfRow(row);
	const tapped = readButton(event.content.reply?.id);
	const quoted = await quotedBy(tx, store, advisor, conversation, event.context?.messageId);
	const question = await questionOf(tx, store, advisor, tapped);
	const readable = event.content.media !== undefined || wordsOfMessage(row, profile.language) !== undefined;
	const { text } = event.content;
	return {
		id: row.id,
		type: event.content.type,
		readable,
		...(text === undefined ? {} : { text }),
		...(quoted === undefined ? {} : { quoted }),
		...(tapped === undefined ? {} : { tapped }),
		...(question === undefined ? {} : { question }),
	};
}

async function factsOf(tx: StoreTransaction, store: Store, advisor: AdvisorRow): Promise<BridgeFacts> {
	const attended = await attendedBy(tx, store.workspaceId, advisor.id);
	const attending: AttendedCustomer[] = [];
	for (const { conversationId, ...row } of attended)
		attending.push(await attendedCustomer(tx, store, { id: conversationId, ...row }));
	const openCards = await openCardsOf(tx, store.workspaceId, advisor.id, CARDS);
	return { attending, openCards: openCards.map(({ id }) => ({ id })) };
}

const titleOf = (name: string): string => [...name].slice(0, TITLE).join('');

/** Where nobody attends from their phone only the shift is heard; anything else is told once why not. */
function withoutBridge(messages: readonly AdvisorMessage[]): BridgeAct[] {
	const acts = decideBridge(messages, { attending: [], openCards: [] });
	const heard = acts.filter(({ kind }) => kind === 'shift');
	const others = acts.filter(({ kind }) => kind !== 'shift' && kind !== 'nothing');
	const messageIds = others.flatMap((act) => ('messageIds' in act ? act.messageIds : [act.messageId]));
	return messageIds.length === 0 ? heard : [...heard, { kind: 'say', text: 'bridge_off', messageIds }];
}

/** Writes what one turn of an advisor leads to: sentences to them at once, work on customers as tasks. */
class AdvisorTurnWriter {
	readonly asked: string[] = [];
	said = false;

	constructor(
		private readonly tx: StoreTransaction,
		private readonly turn: AdvisorTurn,
		private readonly conversation: ConversationRow,
	) {}

	async write(act: BridgeAct): Promise<void> {
		const { advisor, profile } = this.turn;
		switch (act.kind) {
			case 'nothing':
				return;
			case 'take':
			case 'pass':
				return await this.onCard(act.kind, act.cardId, act.messageId);
			case 'shift':
				await this.ask(null, { kind: 'shift', advisorId: advisor.id, available: act.available }, act.messageId);
				return await this.say(act.available ? 'shift_on' : 'shift_off', act.messageId);
			case 'say':
				return await this.say(act.text, act.messageIds[0] ?? '');
			case 'windowClosed':
				return await this.say('window_closed', act.messageIds[0] ?? '', {
					values: { name: act.customer.name },
					choices: [
						{
							id: buttonId({ kind: 'template', conversationId: act.customer.conversationId }),
							title: bridgeText('template_button', profile.language),
						},
					],
					conversationId: act.customer.conversationId,
				});
			case 'ask':
				return await this.askWhich(act);
			default:
				return await this.onCustomer(act);
		}
	}

	private async onCard(kind: 'take' | 'pass', cardId: string, messageId: string): Promise<void> {
		const { store, advisor } = this.turn;
		const card = await bridgeMessageBy(this.tx, store.workspaceId, 'id', cardId);
		const conversationId = card?.advisor_id === advisor.id ? card.conversation_id : null;
		if (conversationId === null) return await this.say('card_gone', messageId);
		await this.ask(conversationId, { kind, cardId, advisorId: advisor.id }, messageId);
	}

	private async onCustomer(
		act: Extract<BridgeAct, { kind: 'reply' | 'note' | 'giveBack' | 'close' | 'template' }>,
	): Promise<void> {
		const { store, advisor } = this.turn;
		const subject = { advisorId: advisor.id, conversationId: act.conversationId };
		const files = act.kind === 'reply' ? await attachmentsOfMessages(this.tx, store.workspaceId, act.messageIds) : [];
		for (const messageId of act.messageIds) {
			const file = files.find((attachment) => attachment.message_id === messageId);
			const task: BridgeTask =
				file === undefined
					? { kind: act.kind, ...subject, messageId }
					: { kind: 'replyFile', ...subject, messageId, attachmentId: file.id };
			await this.ask(act.conversationId, task, messageId);
		}
	}

	private async askWhich(act: Extract<BridgeAct, { kind: 'ask' }>): Promise<void> {
		const questionId = this.turn.store.newId();
		await this.say(`question_${act.about}`, act.messageIds[0] ?? '', {
			questionId,
			waiting: { about: act.about, messageIds: act.messageIds },
			choices: act.among.slice(0, MOST_CHOICES).map((customer) => ({
				id: buttonId({ kind: 'answer', questionId, conversationId: customer.conversationId }),
				title: titleOf(customer.name),
			})),
		});
	}

	private async ask(conversationId: string | null, task: BridgeTask, messageId: string): Promise<void> {
		const { store } = this.turn;
		const about =
			conversationId === null ? undefined : await getConversation(this.tx, store.workspaceId, conversationId);
		if (conversationId !== null && !about) return;
		this.asked.push(
			await askForTask(
				this.tx,
				store,
				{
					contactId: about?.contact_id ?? null,
					webhookId: about?.webhook_id ?? this.conversation.webhook_id,
				},
				task,
				`bridge:${messageId}:${task.kind}`,
			),
		);
	}

	private async say(
		key: BridgeTextKey,
		messageId: string,
		more: {
			readonly values?: Readonly<Record<string, string>>;
			readonly choices?: readonly Choice[];
			readonly conversationId?: string;
			readonly questionId?: string;
			readonly waiting?: KeptQuestion;
		} = {},
	): Promise<void> {
		const { store, advisor, profile, owner } = this.turn;
		const text = bridgeText(key, profile.language, more.values);
		const message: OutboundMessage =
			more.choices === undefined || more.choices.length === 0
				? { type: 'text', text }
				: { type: 'choices', text, choices: more.choices };
		const about =
			more.conversationId === undefined
				? undefined
				: await getConversation(this.tx, store.workspaceId, more.conversationId);
		const queued = await queueToAdvisor(this.tx, store, this.conversation, {
			id: more.questionId ?? store.newId(),
			kind: more.waiting === undefined ? 'notice' : 'question',
			request_id: `bridge:${messageId}:say`,
			advisorId: advisor.id,
			...(about ? { about: { conversationId: about.id, contactId: about.contact_id } } : {}),
			message,
			waiting: more.waiting === undefined ? undefined : JSON.stringify(more.waiting),
			owner,
		});
		this.said ||= queued;
	}
}

/**
 * One turn over everything that an advisor wrote to the company's number, under their own lock. No case is opened and no bot
 * answers: what is meant for customers becomes tasks, done under the customers' locks.
 */
export async function takeAdvisorTurn(
	tx: StoreTransaction,
	turn: AdvisorTurn,
	conversation: ConversationRow,
	pending: readonly MessageRow[],
): Promise<AdvisorTurnResult> {
	const { store, advisor, requestId } = turn;
	const messages: AdvisorMessage[] = [];
	for (const row of pending) messages.push(await read(tx, turn, conversation, row));
	const acts = turn.profile.bridge.enabled
		? decideBridge(messages, await factsOf(tx, store, advisor))
		: withoutBridge(messages);
	const writer = new AdvisorTurnWriter(tx, turn, conversation);
	for (const act of acts) await writer.write(act);
	for (const { question } of messages)
		if (question?.customer !== undefined) await updateBridgeMessage(tx, question.id, { state: 'taken' });
	await finishPending(
		tx,
		pending.map(({ id }) => id),
		'done',
		requestId,
	);
	await updateConversation(tx, store, conversation.id, { mode: 'closed', turn_due_at: null, wake_at: null });
	await appendAudit(tx, store, {
		contactId: conversation.contact_id,
		actor: `advisor:${advisor.id}`,
		action: 'bridge.turn_taken',
		subjectKind: 'conversation',
		subjectId: conversation.id,
		payload: { requestId, acts: acts.map(({ kind }) => kind) },
	});
	return { asked: writer.asked, said: writer.said };
}
