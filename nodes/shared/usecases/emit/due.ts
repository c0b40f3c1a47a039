import { OWN_SENTENCES } from '../../domain/failures/ownSentences';
import { REPEAT_WINDOW_SECONDS } from '../../domain/wazzup/limits';
import { SERVICE_WINDOW } from '../../domain/messages/serviceWindow';
import { dueAttachments, dueTranscripts, updateAttachment } from '../../store/repositories/attachments';
import { getChannel } from '../../store/repositories/channels';
import {
	claimConversation,
	dueConversations,
	getConversation,
	type ConversationRow,
} from '../../store/repositories/conversations';
import { claimEffect, dueEffects, releaseEffect, type EffectRow } from '../../store/repositories/effects';
import { countTurnAttempt, pendingMessages, updateMessage } from '../../store/repositories/messages';
import { dueOutbox, updateOutbox, type OutboxRow } from '../../store/repositories/outbox';
import type { Store, StoreTransaction } from '../../store/store';
import { runDueTasks } from '../bridge/runTasks';
import { handToPerson, newEmissionId, RETRY_TIERS, type TriggerOutput } from './emissions';
import type { ItemJson } from './items';
import { tellFollowUps } from '../notify/tellFollowUps';
import { dueReminders } from '../payments/dueReminders';
import { dueSyncItems } from '../wazzup/dueSync';
import { dueNumberItems } from '../linkedNumbers/dueNumbers';

/** What the Due output emits in one execution. */
export interface DueEmission {
	readonly id: string;
	readonly items: readonly ItemJson[];
	/** Whether the end of the execution finishes effects. */
	readonly carriesEffects: boolean;
	/** The branch that does this work, where it is not the one of Due. */
	readonly output?: TriggerOutput;
}

/** Rows of one kind in one execution; retried effects go alone, one contact an execution. */
const BATCH = 100;

/** How long whoever took a due row has before it is woken again, ms; doubled with every attempt. */
const LEASE = 30_000;

/** After this many tries a message is set aside. */
const ATTEMPTS = RETRY_TIERS.length + 1;

/** An unknown send is settled after this pause when webhooks flow, and after the longer one when none came, ms. */
const SETTLE_WITH_WEBHOOKS = 120_000;
const SETTLE_WITHOUT_WEBHOOKS = 600_000;

/** Until the repeat has been written, ms. */
const REPEAT_MARGIN = 25_000;

type DueKind = 'turn' | 'wake' | 'effect' | 'outbox' | 'attachment' | 'follow_up';

interface Owned {
	readonly channel_id: string;
	readonly contact_id: string;
}

function dueItem(
	store: Store,
	webhookId: string,
	kind: DueKind,
	row: Owned,
	conversationId: string,
	emissionId: string,
): ItemJson {
	return {
		due: kind,
		crm: {
			workspaceId: store.workspaceId,
			webhookId,
			channelId: row.channel_id,
			contactId: row.contact_id,
			conversationId,
			emissionId,
			due: kind,
		},
	};
}

async function claimTurn(tx: StoreTransaction, store: Store, conversation: ConversationRow): Promise<boolean> {
	const attempts = await countTurnAttempt(tx, store.workspaceId, conversation.id);
	if (attempts === 0) {
		await claimConversation(tx, conversation.id, 'turn_due_at', null);
		return false;
	}
	if (attempts > ATTEMPTS) {
		const pending = await pendingMessages(tx, store.workspaceId, conversation.id);
		await handToPerson(tx, store, {
			conversationId: conversation.id,
			messageIds: pending.map((message) => message.id),
			requestId: `dead:${pending[0]?.id ?? conversation.id}`,
			error: 'The turn did not end after three attempts',
		});
		return false;
	}
	await claimConversation(tx, conversation.id, 'turn_due_at', store.now() + LEASE * 2 ** (attempts - 1));
	return true;
}

async function collectConversations(store: Store, webhookId: string): Promise<DueEmission[]> {
	const id = newEmissionId(store);
	const items: ItemJson[] = [];
	const turns = await dueConversations(store.db, store, webhookId, 'turn_due_at', BATCH);
	const wakes = await dueConversations(store.db, store, webhookId, 'wake_at', BATCH);
	if (turns.length + wakes.length === 0) return [];
	await store.transaction(async (tx) => {
		for (const conversation of turns) {
			if (!(await claimTurn(tx, store, conversation))) continue;
			items.push(dueItem(store, webhookId, 'turn', conversation, conversation.id, id));
		}
		for (const conversation of wakes) {
			await claimConversation(tx, conversation.id, 'wake_at', store.now() + LEASE * 2);
			items.push(dueItem(store, webhookId, 'wake', conversation, conversation.id, id));
		}
	});
	return items.length === 0 ? [] : [{ id, items, carriesEffects: true }];
}

async function collectEffects(store: Store, webhookId: string, living: readonly string[]): Promise<DueEmission[]> {
	const effects = await dueEffects(store.db, store, webhookId, living, BATCH);
	const byContact = new Map<string, EffectRow[]>();
	for (const effect of effects) byContact.set(effect.contact_id, [...(byContact.get(effect.contact_id) ?? []), effect]);
	const emissions: DueEmission[] = [];
	for (const rows of byContact.values()) {
		const id = newEmissionId(store);
		const items: ItemJson[] = [];
		await store.transaction(async (tx) => {
			for (const effect of rows) {
				const attempts = await claimEffect(tx, store, effect.id, id);
				if (attempts > ATTEMPTS) {
					await releaseEffect(tx, effect.id, {
						state: 'dead',
						readyAt: store.now(),
						error: effect.error ?? OWN_SENTENCES.stoppedThreeTimes,
					});
					continue;
				}
				const item = dueItem(store, webhookId, 'effect', effect, effect.conversation_id, id);
				items.push({ ...item, crm: { ...(item.crm as ItemJson), requestId: effect.id } });
			}
		});
		if (items.length > 0) emissions.push({ id, items, carriesEffects: true });
	}
	return emissions;
}

/** Whether an unknown send may be sent once more, must wait, or is given up. */
async function settleUnknown(tx: StoreTransaction, store: Store, row: OutboxRow): Promise<'wait' | 'send' | 'ended'> {
	const now = store.now();
	const since = row.claimed_at ?? row.created_at;
	const channel = await getChannel(tx, store.workspaceId, row.channel_id);
	if (
		channel?.vendor === 'wazzup' &&
		row.attempts <= 1 &&
		now < since + REPEAT_WINDOW_SECONDS * 1_000 - REPEAT_MARGIN
	) {
		// Wazzup refuses a second one: if the first was sent, this one only learns of it.
		await updateOutbox(tx, row.id, { state: 'queued', owner: store.bootId, ready_at: now, wake_at: now + LEASE }, [
			'unknown',
		]);
		return 'send';
	}
	const flowing = (channel?.last_webhook_at ?? 0) > since;
	const settleAt = since + (flowing ? SETTLE_WITH_WEBHOOKS : SETTLE_WITHOUT_WEBHOOKS);
	if (now < settleAt) {
		await updateOutbox(tx, row.id, { wake_at: Math.min(settleAt, now + SETTLE_WITH_WEBHOOKS) }, ['unknown']);
		return 'wait';
	}
	const conversation = await getConversation(tx, store.workspaceId, row.conversation_id);
	const lastInboundAt = conversation?.last_inbound_at ?? 0;
	const answered = lastInboundAt > since;
	const windowOpen = channel?.vendor === 'wazzup' || now < lastInboundAt + SERVICE_WINDOW;
	if (row.possible_duplicate === 1 || answered || !windowOpen) {
		await updateOutbox(tx, row.id, { state: 'failed', finished_at: now, error: OWN_SENTENCES.neverConfirmed }, [
			'unknown',
		]);
		return 'ended';
	}
	await updateOutbox(
		tx,
		row.id,
		{ state: 'queued', possible_duplicate: 1, owner: store.bootId, ready_at: now, wake_at: now + LEASE },
		['unknown'],
	);
	return 'send';
}

async function claimOutbox(
	tx: StoreTransaction,
	store: Store,
	row: OutboxRow,
	living: readonly string[],
): Promise<boolean> {
	const now = store.now();
	if (row.state === 'sending') {
		if (row.owner !== null && living.includes(row.owner)) {
			// Still being sent: look again when even the longest answer must have come.
			await updateOutbox(tx, row.id, { wake_at: now + LEASE * 2 }, ['sending']);
			return false;
		}
		await updateOutbox(tx, row.id, { state: 'unknown', owner: null, wake_at: now }, ['sending']);
		return (await settleUnknown(tx, store, { ...row, state: 'unknown' })) === 'send';
	}
	if (row.state === 'unknown') return (await settleUnknown(tx, store, row)) === 'send';
	await updateOutbox(
		tx,
		row.id,
		{ owner: store.bootId, wake_at: Math.max(row.ready_at, now) + LEASE * 2 ** Math.min(row.attempts, 5) },
		['queued'],
	);
	return row.ready_at <= now;
}

async function collectOutbox(store: Store, webhookId: string, living: readonly string[]): Promise<DueEmission[]> {
	const rows = await dueOutbox(store.db, store, webhookId, living, BATCH);
	if (rows.length === 0) return [];
	const id = newEmissionId(store);
	const byContact = new Map<string, ItemJson>();
	await store.transaction(async (tx) => {
		for (const row of rows) {
			if (!(await claimOutbox(tx, store, row, living))) continue;
			byContact.set(row.contact_id, dueItem(store, webhookId, 'outbox', row, row.conversation_id, id));
		}
	});
	return byContact.size === 0 ? [] : [{ id, items: [...byContact.values()], carriesEffects: false }];
}

async function collectAttachments(store: Store, webhookId: string, living: readonly string[]): Promise<DueEmission[]> {
	const rows = await dueAttachments(store.db, store, webhookId, living, BATCH);
	if (rows.length === 0) return [];
	const id = newEmissionId(store);
	const items: ItemJson[] = [];
	await store.transaction(async (tx) => {
		for (const row of rows) {
			await updateAttachment(tx, row.id, {
				owner: store.bootId,
				claimed_at: store.now(),
				ready_at: store.now() + LEASE * 2 ** Math.min(row.attempts, 5),
			});
			items.push({ ...dueItem(store, webhookId, 'attachment', row, row.conversation_id, id), attachmentId: row.id });
		}
	});
	return [{ id, items, carriesEffects: false }];
}

/** Voice notes whose way to their transcript was cut off walk it again, three times at most. */
async function collectTranscripts(store: Store, webhookId: string, living: readonly string[]): Promise<DueEmission[]> {
	const rows = await dueTranscripts(store.db, store, webhookId, living, BATCH);
	if (rows.length === 0) return [];
	const id = newEmissionId(store);
	const items: ItemJson[] = [];
	await store.transaction(async (tx) => {
		for (const row of rows) {
			if (row.attempts >= ATTEMPTS) {
				await updateMessage(tx, row.message_id, { transcript_due_at: null });
				continue;
			}
			await updateAttachment(tx, row.id, {
				owner: store.bootId,
				attempts: row.attempts + 1,
				ready_at: store.now() + LEASE * 2 ** row.attempts,
			});
			items.push({ ...dueItem(store, webhookId, 'attachment', row, row.conversation_id, id), attachmentId: row.id });
		}
	});
	return items.length === 0 ? [] : [{ id, items, carriesEffects: false }];
}

/** Follow-ups whose advisor has just been told: the workflow may tell them elsewhere too. */
async function collectFollowUps(store: Store, webhookId: string): Promise<DueEmission[]> {
	const told = await tellFollowUps(store, webhookId);
	const id = newEmissionId(store);
	const items = told.map(({ row, words }) => ({
		...dueItem(store, webhookId, 'follow_up', row, row.conversation_id, id),
		...words,
	}));
	return items.length === 0 ? [] : [{ id, items, carriesEffects: false }];
}

/** Advisors' own numbers that wait for their next step or their hourly look. */
async function collectNumbers(store: Store, webhookId: string): Promise<DueEmission[]> {
	const id = newEmissionId(store);
	const items = await dueNumberItems(store, webhookId, id);
	return items.length === 0 ? [] : [{ id, items, carriesEffects: false, output: 'onboarding' }];
}

/** Customers who are to be reminded of a payment that this trigger tells of. */
async function collectPaymentReminders(store: Store, webhookId: string): Promise<DueEmission[]> {
	const id = newEmissionId(store);
	const items = await dueReminders(store, webhookId, id);
	return items.length === 0 ? [] : [{ id, items, carriesEffects: false }];
}

/** Changes that another system has not been told of yet. */
async function collectSync(store: Store, webhookId: string): Promise<DueEmission[]> {
	const id = newEmissionId(store);
	const items = await dueSyncItems(store, webhookId, id);
	return items.length === 0 ? [] : [{ id, items, carriesEffects: false }];
}

/**
 * Everything of this trigger whose time has come, claimed and ready to be emitted on its Due output or the one that it names: turns after the
 * answer delay, reminders and closes, effects whose execution did not succeed, sends that nobody carries, files that
 * still lie at the vendor, voice notes without the transcript that was wanted, advisors' own numbers to look after, customers to remind of a payment. The same branches do the work as at the first try.
 */
export async function collectDue(store: Store, webhookId: string): Promise<DueEmission[]> {
	const living = await store.livingOwners();
	// First, so that what the bridge queues leaves in the same look.
	await runDueTasks(store, webhookId);
	return [
		...(await collectConversations(store, webhookId)),
		...(await collectEffects(store, webhookId, living)),
		...(await collectOutbox(store, webhookId, living)),
		...(await collectAttachments(store, webhookId, living)),
		...(await collectTranscripts(store, webhookId, living)),
		...(await collectFollowUps(store, webhookId)),
		...(await collectNumbers(store, webhookId)),
		...(await collectSync(store, webhookId)),
		...(await collectPaymentReminders(store, webhookId)),
	];
}
