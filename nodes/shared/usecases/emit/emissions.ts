import { OWN_SENTENCES } from '../../domain/failures/ownSentences';
import { appendAudit } from '../../store/repositories/auditLog';
import { getConversation, updateConversation } from '../../store/repositories/conversations';
import {
	effectsOfEmission,
	finishEffects,
	insertEffects,
	releaseEffect,
	type EffectRow,
} from '../../store/repositories/effects';
import {
	claimedByEmission,
	claimJournal,
	finishJournal,
	orphanedJournal,
	releaseJournal,
	type JournalRow,
} from '../../store/repositories/journal';
import { finishPending, getMessage } from '../../store/repositories/messages';
import type { Store, StoreTransaction } from '../../store/store';
import type { ItemJson } from './items';
import { journalTopic } from '../emit/journalTopic';

export type TriggerOutput = JournalRow['output'];

/** Items that one execution carries, by output of the trigger. */
export interface Emission {
	readonly id: string;
	readonly items: Readonly<Partial<Record<TriggerOutput, readonly ItemJson[]>>>;
	readonly count: number;
}

/** After which pause a failed execution's rows are tried again, ms (O4). After the last one: the dead letter. */
export const RETRY_TIERS = [1_000, 30_000] as const;

/** Ids of emissions begin with the process that hears of their end. */
export function newEmissionId(store: Store): string {
	return `${store.bootId}.${store.newId()}`;
}

/** The process that hears of the end of an emission: the owner of everything that the emission carries. */
export function ownerOfEmission(emissionId: string): string {
	return emissionId.slice(0, emissionId.lastIndexOf('.'));
}

function withEmission(payload: string, emissionId: string): ItemJson {
	const item = JSON.parse(payload) as ItemJson;
	return { ...item, crm: { ...(item.crm as ItemJson), emissionId } };
}

/** Takes what is ready for one execution of this trigger. Undefined when nothing is. */
export async function claimEmission(store: Store, webhookId: string, limit: number): Promise<Emission | undefined> {
	const id = newEmissionId(store);
	const rows = await store.transaction(async (tx) => await claimJournal(tx, store, webhookId, id, limit));
	if (rows.length === 0) return undefined;
	const items: Partial<Record<TriggerOutput, ItemJson[]>> = {};
	for (const row of rows) (items[row.output] ??= []).push(withEmission(row.payload, id));
	return { id, items, count: rows.length };
}

/** The execution succeeded: its rows and the effects it carried are finished. */
export async function finishEmission(store: Store, emissionId: string): Promise<void> {
	await store.transaction(async (tx) => {
		await finishJournal(tx, emissionId);
		await finishEffects(tx, store, emissionId);
	});
}

/** A message that no attempt could answer goes to a person; what the customer writes later goes on. */
async function setAside(tx: StoreTransaction, store: Store, row: JournalRow, error: string): Promise<void> {
	if (row.message_id === null || row.contact_id === null || row.conversation_id === null) return;
	const message = await getMessage(tx, store.workspaceId, row.message_id);
	if (message?.turn_state !== 'pending') return;
	await handToPerson(tx, store, {
		conversationId: row.conversation_id,
		messageIds: [row.message_id],
		requestId: `dead:${row.message_id}`,
		error,
	});
}

/**
 * Sets pending messages aside after their last attempt and asks a person to take over, on the Handoff branch.
 * @param request.requestId what the handoff is idempotent by.
 */
export async function handToPerson(
	tx: StoreTransaction,
	store: Store,
	request: {
		readonly conversationId: string;
		readonly messageIds: readonly string[];
		readonly requestId: string;
		readonly error: string;
	},
): Promise<void> {
	const conversation = await getConversation(tx, store.workspaceId, request.conversationId);
	if (!conversation) return;
	const now = store.now();
	await finishPending(tx, request.messageIds, 'dead', request.requestId);
	await updateConversation(tx, store, conversation.id, { mode: 'waiting', turn_due_at: null });
	await insertEffects(tx, [
		{
			id: request.requestId,
			workspace_id: store.workspaceId,
			webhook_id: conversation.webhook_id,
			channel_id: conversation.channel_id,
			contact_id: conversation.contact_id,
			conversation_id: conversation.id,
			output: 'handoff',
			payload: JSON.stringify({ kind: 'handoff', strength: 'take_over', reason: 'not_processed' }),
			state: 'ready',
			attempts: 0,
			ready_at: now,
			owner: null,
			emission_id: null,
			error: null,
			created_at: now,
			finished_at: null,
		},
	]);
	await appendAudit(tx, store, {
		contactId: conversation.contact_id,
		actor: 'bot',
		action: 'message.set_aside',
		subjectKind: 'conversation',
		subjectId: conversation.id,
		payload: { messageIds: request.messageIds, error: request.error },
	});
}

async function releaseRow(
	tx: StoreTransaction,
	store: Store,
	row: JournalRow,
	error: string,
	wait: boolean,
): Promise<void> {
	const tier = RETRY_TIERS[row.attempts - 1];
	if (tier === undefined) {
		await setAside(tx, store, row, error);
		await releaseJournal(tx, row.id, { state: 'dead', readyAt: store.now(), error });
		return;
	}
	await releaseJournal(tx, row.id, { state: 'ready', readyAt: store.now() + (wait ? tier : 0), error });
}

async function releaseCarried(tx: StoreTransaction, store: Store, effect: EffectRow, error: string): Promise<void> {
	const tier = RETRY_TIERS[effect.attempts - 1];
	await releaseEffect(tx, effect.id, {
		state: tier === undefined ? 'dead' : 'ready',
		readyAt: store.now() + (tier ?? 0),
		error,
	});
	if (tier !== undefined) return;
	await appendAudit(tx, store, {
		contactId: effect.contact_id,
		actor: 'bot',
		action: 'effect.dead',
		subjectKind: 'effect',
		subjectId: effect.id,
		payload: { output: effect.output, error },
	});
}

/**
 * The execution failed: its rows are ready again after 1 s, then 30 s, then go to the dead letter; so do its effects.
 * @param error in words, with the node's name when known.
 */
export async function failEmission(store: Store, emissionId: string, error: string): Promise<void> {
	await store.transaction(async (tx) => {
		for (const row of await claimedByEmission(tx, emissionId)) await releaseRow(tx, store, row, error, true);
		for (const effect of await effectsOfEmission(tx, emissionId)) await releaseCarried(tx, store, effect, error);
	});
}

/** Makes ready again what a process claimed that is gone: the end of its executions will never be heard. */
export async function recoverOrphans(store: Store, webhookId: string): Promise<number> {
	const living = await store.livingOwners();
	const orphans = await orphanedJournal(store.db, store, webhookId, living);
	if (orphans.length === 0) return 0;
	await store.transaction(async (tx) => {
		for (const row of orphans) await releaseRow(tx, store, row, OWN_SENTENCES.stopped, false);
	});
	store.signal(journalTopic(webhookId));
	return orphans.length;
}
