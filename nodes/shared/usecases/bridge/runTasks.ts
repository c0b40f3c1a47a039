import { listAdvisors } from '../../store/repositories/advisors';
import { appendAudit } from '../../store/repositories/auditLog';
import {
	dueBridgeTasks,
	getBridgeTask,
	openBridgeOf,
	updateBridgeTask,
	type BridgeTaskRow,
} from '../../store/repositories/bridges';
import type { ConversationRow } from '../../store/repositories/conversations';
import { getNotification } from '../../store/repositories/notifications';
import type { Store } from '../../store/store';
import { profileInForce } from '../profile/businessProfile';
import { waitedTooLong } from '../notify/waitedTooLong';
import { setAvailability } from '../team/setAvailability';
import { contactOfAdvisor } from './advisorConversation';
import { endAttending, noteOnCustomer, sendContinueTemplate } from './customerActs';
import { deliver } from './deliver';
import { passCard } from './passCard';
import { relay, relayFile } from './relay';
import { replyToCustomer } from './replyToCustomer';
import { takeCard } from './takeCard';
import type { BridgeTask } from './tasks';
import { tell } from './tell';
import { undelivered } from './undelivered';
import { BridgeWork, NotYet, type BridgeDesk } from './work';

/** Tasks of one look at what is due. */
const BATCH = 100;
/** Chains of tasks are short: a tap, its answer, the others' answers. */
const MOST_ROUNDS = 8;
/** After which pause work that failed is tried again, ms; after the last one it is left to a person. */
const TIERS = [1_000, 30_000, 300_000] as const;
/** How often and how long a file is waited for: Meta hands it out within seconds. */
const FILE_PAUSE = 2_000;
const FILE_PATIENCE = 600_000;

type AdvisorTask = Extract<BridgeTask, { kind: 'deliver' | 'tell' | 'relay' | 'relayFile' }>;

const forAdvisor = (task: BridgeTask): task is AdvisorTask =>
	task.kind === 'deliver' || task.kind === 'tell' || task.kind === 'relay' || task.kind === 'relayFile';

/** The advisor that a task is for. */
async function advisorIdOf(store: Store, task: AdvisorTask): Promise<string | undefined> {
	switch (task.kind) {
		case 'tell':
			return task.advisorId;
		case 'deliver':
			return (await getNotification(store.db, store.workspaceId, task.notificationId))?.advisor_id;
		default:
			return (await openBridgeOf(store.db, store.workspaceId, task.conversationId))?.advisor_id;
	}
}

/** Under whose lock a task is done; `none` when there is nobody it could reach. */
async function lockOf(
	desk: BridgeDesk,
	row: BridgeTaskRow,
	task: BridgeTask,
): Promise<{ readonly key: string; readonly contactId: string } | 'none'> {
	if (!forAdvisor(task)) return { key: `contact:${row.contact_id ?? row.id}`, contactId: row.contact_id ?? '' };
	const { channels } = desk.profile.notifications;
	if (task.kind === 'deliver' && !desk.profile.bridge.enabled && !channels.includes('whatsapp')) return 'none';
	const advisorId = await advisorIdOf(desk.store, task);
	const advisor = desk.team.find(({ id }) => id === advisorId);
	const contactId = advisor && (await contactOfAdvisor(desk.store, advisor));
	return contactId === undefined ? 'none' : { key: `contact:${contactId}`, contactId };
}

async function perform(work: BridgeWork, task: BridgeTask, contactId: string): Promise<void> {
	switch (task.kind) {
		case 'deliver':
			return await deliver(work, task, contactId);
		case 'tell':
			return await tell(work, task, contactId);
		case 'relay':
			return await relay(work, task, contactId);
		case 'relayFile':
			return await relayFile(work, task, contactId);
		case 'take':
			return await takeCard(work, task);
		case 'pass':
			return await passCard(work, task);
		case 'reply':
		case 'replyFile':
			return await replyToCustomer(work, { ...task, kind: task.kind });
		case 'note':
			return await noteOnCustomer(work, task);
		case 'giveBack':
		case 'close':
			return await endAttending(work, { ...task, kind: task.kind });
		case 'template':
			return await sendContinueTemplate(work, task);
		case 'wait':
			return await waitedTooLong(work, task);
		case 'undelivered':
			return await undelivered(work, task);
		case 'shift':
			return;
	}
}

interface Done {
	readonly asked: readonly string[];
	readonly queuedIn: readonly ConversationRow[];
}

const NOTHING: Done = { asked: [], queuedIn: [] };

/** The task under its lock, finished in the same transaction; one that another process has done is left alone. */
async function doTask(desk: BridgeDesk, row: BridgeTaskRow): Promise<Done> {
	const { store } = desk;
	const task = JSON.parse(row.payload) as BridgeTask;
	if (task.kind === 'shift') {
		const { advisorId, available } = task;
		await setAvailability(store, { advisorId, available, actor: `advisor:${advisorId}` });
	}
	const lock = await lockOf(desk, row, task);
	if (lock === 'none') {
		await updateBridgeTask(store.db, row.id, { state: 'done', finished_at: store.now() });
		return NOTHING;
	}
	const [result] = await store.eachLocked([lock.key], async (tx): Promise<Done> => {
		const now = await getBridgeTask(tx, store.workspaceId, row.id);
		if (now?.state !== 'ready') return NOTHING;
		const work = new BridgeWork(tx, desk, row.id, { contactId: row.contact_id, webhookId: row.webhook_id });
		await perform(work, task, lock.contactId);
		await updateBridgeTask(tx, row.id, { state: 'done', finished_at: store.now(), error: null });
		return { asked: work.asked, queuedIn: work.queuedIn };
	});
	if (result === undefined || 'error' in result) throw result?.error ?? new Error('The task was not done');
	return result.value;
}

/** Work that failed is done again later; in the end it is on record, for a person. */
async function putOff(store: Store, row: BridgeTaskRow, error: Error): Promise<void> {
	const now = store.now();
	if (error instanceof NotYet && now < row.created_at + FILE_PATIENCE) {
		await updateBridgeTask(store.db, row.id, { ready_at: now + FILE_PAUSE, error: error.message });
		return;
	}
	const tier = error instanceof NotYet ? undefined : TIERS[row.attempts];
	if (tier !== undefined) {
		const attempts = row.attempts + 1;
		await updateBridgeTask(store.db, row.id, { attempts, ready_at: now + tier, error: error.message });
		return;
	}
	await store.transaction(async (tx) => {
		await updateBridgeTask(tx, row.id, { state: 'dead', finished_at: now, error: error.message });
		await appendAudit(tx, store, {
			...(row.contact_id === null ? {} : { contactId: row.contact_id }),
			actor: 'bot',
			action: 'bridge.failed',
			subjectKind: 'bridge_task',
			subjectId: row.id,
			payload: { kind: row.kind, error: error.message },
		});
	});
}

async function tasksByIds(store: Store, ids: readonly string[]): Promise<BridgeTaskRow[]> {
	const rows: BridgeTaskRow[] = [];
	for (const id of ids) {
		const row = await getBridgeTask(store.db, store.workspaceId, id);
		if (row?.state === 'ready' && row.ready_at <= store.now()) rows.push(row);
	}
	return rows;
}

/** Does tasks and what they ask of others, each under its own lock. @returns conversations that have something to send */
async function runRounds(desk: BridgeDesk, first: readonly BridgeTaskRow[]): Promise<ConversationRow[]> {
	const queuedIn = new Map<string, ConversationRow>();
	let rows = first;
	for (let round = 0; round < MOST_ROUNDS && rows.length > 0; round += 1) {
		const asked: string[] = [];
		for (const row of rows) {
			try {
				const done = await doTask(desk, row);
				asked.push(...done.asked);
				for (const conversation of done.queuedIn) queuedIn.set(conversation.id, conversation);
			} catch (error) {
				await putOff(desk.store, row, error instanceof Error ? error : new Error(String(error)));
			}
		}
		rows = await tasksByIds(desk.store, asked);
	}
	return [...queuedIn.values()];
}

/** How what is queued gets to Send Queued. */
export type Carrier = { readonly owner: string; readonly carried: true } | { readonly carried: false };

async function deskOf(store: Store, carrier: Carrier): Promise<BridgeDesk> {
	const { profile } = await profileInForce(store);
	const team = await listAdvisors(store.db, store.workspaceId);
	return { store, profile, team, owner: carrier.carried ? carrier.owner : store.bootId, carried: carrier.carried };
}

/**
 * Does tasks that were just asked for, right after the transaction that asked. What is left over (this process ends here) is Due's.
 * @returns conversations that have something to send
 */
export async function runAskedTasks(
	store: Store,
	ids: readonly string[],
	carrier: Carrier,
): Promise<ConversationRow[]> {
	if (ids.length === 0) return [];
	const rows = await tasksByIds(store, ids);
	return rows.length === 0 ? [] : await runRounds(await deskOf(store, carrier), rows);
}

/** Does what is due of one trigger's tasks. What they queue leaves with Due, in the same look. */
export async function runDueTasks(store: Store, webhookId: string): Promise<void> {
	const rows = await dueBridgeTasks(store.db, store, webhookId, BATCH);
	if (rows.length > 0) await runRounds(await deskOf(store, { carried: false }), rows);
}
