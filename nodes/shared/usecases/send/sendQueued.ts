import { OWN_SENTENCES } from '../../domain/failures/ownSentences';
import { InvalidInput } from '../../domain/invalidInput';
import { SERVICE_WINDOW } from '../../domain/messages/serviceWindow';
import type { Identity, VendorError } from '../../domain/messages/events';
import type { OutboundMessage } from '../../domain/messages/outbound';
import { RequestFailure } from '../../http/failure';
import { appendAudit } from '../../store/repositories/auditLog';
import type { ChannelRow } from '../../store/repositories/channels';
import { whatsAppIdentity } from '../../store/repositories/contactIdentities';
import { getConversation } from '../../store/repositories/conversations';
import { changeMessage, getMessage } from '../../store/repositories/messages';
import { unfinishedOutbox, updateOutbox, type OutboxRow } from '../../store/repositories/outbox';
import { wazzupChatsOf } from '../../store/repositories/wazzupChats';
import type { Store, StoreTransaction } from '../../store/store';
import { advances, settleEarlyStatuses } from '../receive/applyStatus';
import { reportUndelivered } from '../bridge/undelivered';
import { RETRY_TIERS } from '../emit/emissions';

/** A queued message with its address. */
export interface Sendable {
	readonly outboxId: string;
	readonly channelId: string;
	readonly to: Identity;
	readonly message: OutboundMessage;
	/** Written by a person of the team: the customer has been answered. Asked for only where the vendor counts that. */
	readonly byPerson?: boolean;
}

/**
 * How a channel sends. Hands `outboxId` to the vendor so that its statuses name it.
 * @throws RequestFailure, InvalidInput
 */
export type MessageSender = (sendable: Sendable) => Promise<{
	/** Absent where the vendor says that it has the message, but not under which id: its webhooks tell. */
	readonly vendorId?: string;
}>;

/** Which vendor's channels a sender sends for. */
export type Vendor = ChannelRow['vendor'];

export interface SentMessageReport {
	readonly outboxId: string;
	readonly state: OutboxRow['state'];
	readonly messageId?: string;
	readonly error?: string;
}

/** How long an unknown send holds back later messages of its own turn, ms. */
const HOLD_BACK = 15_000;

/** Answers that say "slow down" are repeated this often; Meta asks for pauses of 4^X seconds. */
const RATE_LIMITED_ATTEMPTS = 8;

/** A wrong credential is the operator's to mend: the message waits, ms, as long as the window is open. */
const CREDENTIAL_PAUSE = 300_000;

interface Attempt {
	readonly row: OutboxRow;
	readonly accepted?: { readonly vendorId?: string };
	readonly failure?: RequestFailure | InvalidInput;
}

function toError(error: unknown): RequestFailure | InvalidInput {
	if (error instanceof RequestFailure || error instanceof InvalidInput) return error;
	const message = error instanceof Error ? error.message : String(error);
	return new RequestFailure({ vendor: 'whatsapp', kind: 'unknown_outcome', message });
}

/** What the vendor said, as its webhooks say it of what was sent: Meta's codes are numbers, Wazzup's are words. */
function vendorErrorOf(failure: RequestFailure | InvalidInput): Partial<VendorError> {
	// Without an answer the code is the network's.
	if (!(failure instanceof RequestFailure) || failure.code === undefined || failure.status === undefined) return {};
	const { vendor, code, said } = failure;
	const details = said === undefined ? {} : { details: said };
	if (vendor === 'wazzup') return { name: code, ...details };
	return Number.isNaN(Number(code)) ? {} : { code: Number(code), ...details };
}

/** When a failed send may be tried again; undefined: never. */
function retryAt(row: OutboxRow, failure: RequestFailure | InvalidInput, now: number): number | undefined {
	if (failure instanceof InvalidInput) return undefined;
	switch (failure.kind) {
		case 'not_sent':
		case 'temporary': {
			const tier = RETRY_TIERS[row.attempts - 1];
			return tier === undefined ? undefined : now + tier;
		}
		case 'rate_limited':
			if (row.attempts >= RATE_LIMITED_ATTEMPTS) return undefined;
			return now + (failure.retryAfterMs ?? 1_000 * 4 ** (row.attempts - 1));
		case 'unauthorized':
			return now + CREDENTIAL_PAUSE;
		default:
			return undefined;
	}
}

async function recordAccepted(
	tx: StoreTransaction,
	store: Store,
	row: OutboxRow,
	vendorId: string | undefined,
	vendor: Vendor,
): Promise<void> {
	const identified = vendorId === undefined ? {} : { vendor_id: vendorId };
	await updateOutbox(tx, row.id, { state: 'accepted', ...identified, finished_at: store.now(), error: null });
	const message = await getMessage(tx, store.workspaceId, row.id);
	if (!message) return;
	// A status may have overtaken the answer: it is never downgraded.
	await changeMessage(tx, store, row.id, {
		...identified,
		...(advances(message.delivery_status, 'accepted') ? { delivery_status: 'accepted', delivery_at: store.now() } : {}),
	});
	// A status of WhatsApp's names our row itself; Wazzup's may have come before its id was known.
	if (vendorId !== undefined && vendor === 'wazzup') await settleEarlyStatuses(tx, store, vendorId);
}

async function endUnsent(
	tx: StoreTransaction,
	store: Store,
	row: OutboxRow,
	state: 'failed' | 'cancelled',
	reason: string,
	vendorError: Partial<VendorError> = {},
): Promise<void> {
	await updateOutbox(tx, row.id, { state, finished_at: store.now(), error: reason });
	await changeMessage(tx, store, row.id, {
		delivery_status: state,
		delivery_at: store.now(),
		error: JSON.stringify([{ message: reason, ...vendorError }]),
	});
	await appendAudit(tx, store, {
		contactId: row.contact_id,
		actor: 'bot',
		action: `message.${state}`,
		subjectKind: 'message',
		subjectId: row.id,
		payload: { reason },
	});
	if (state === 'failed') await reportUndelivered(tx, store, row.id, reason);
}

async function record(tx: StoreTransaction, store: Store, attempt: Attempt, vendor: Vendor): Promise<void> {
	const { row, accepted, failure } = attempt;
	if (accepted) return await recordAccepted(tx, store, row, accepted.vendorId, vendor);
	if (!failure) return;
	const now = store.now();
	if (failure instanceof RequestFailure && failure.kind === 'unknown_outcome') {
		// Settled by a status that carries our id, or by Due.
		await updateOutbox(tx, row.id, { state: 'unknown', error: failure.message, wake_at: now + HOLD_BACK }, ['sending']);
		return;
	}
	const readyAt = retryAt(row, failure, now);
	if (readyAt !== undefined) {
		await updateOutbox(tx, row.id, { state: 'queued', ready_at: readyAt, wake_at: readyAt, error: failure.message }, [
			'sending',
		]);
		return;
	}
	await endUnsent(tx, store, row, 'failed', failure.message, vendorErrorOf(failure));
}

/** Why a queued row must not be sent any more. */
function obstacleOf(
	row: OutboxRow,
	lastInboundAt: number,
	now: number,
	vendor: Vendor,
): ['failed' | 'cancelled', string, Partial<VendorError>?] | undefined {
	if (row.cancel_on_reply === 1 && lastInboundAt > row.created_at) return ['cancelled', OWN_SENTENCES.customerAnswered];
	const message = JSON.parse(row.message) as OutboundMessage;
	// Each of Wazzup's messengers has a window of its own, or none: Wazzup says so itself.
	if (vendor === 'wazzup') return undefined;
	if (message.type !== 'template' && now >= lastInboundAt + SERVICE_WINDOW) {
		return ['failed', OWN_SENTENCES.windowOver, { code: 131047 }];
	}
	return undefined;
}

/** The newest chat of each kind; which of them the channel reaches is the sender's to know. */
async function wazzupIdentity(tx: StoreTransaction, store: Store, contactId: string): Promise<Identity> {
	const chats = (await wazzupChatsOf(tx, store.workspaceId, [contactId])).get(contactId) ?? [];
	return {
		waId: chats.find(({ waId }) => waId !== undefined)?.waId,
		wazzupChat: chats.find(({ wazzupChat }) => wazzupChat !== undefined)?.wazzupChat,
	};
}

/** The contact's next message to send, claimed by this process; undefined when there is none or it must wait. */
async function claimNext(
	tx: StoreTransaction,
	store: Store,
	contactId: string,
	living: readonly string[],
	vendor: Vendor,
): Promise<{ row: OutboxRow; sendable: Sendable } | undefined> {
	const now = store.now();
	const held = new Set<string>();
	for (const row of await unfinishedOutbox(tx, store.workspaceId, contactId)) {
		// A person may write to channels of several vendors: each has its own node that sends.
		if ((row.vendor ?? 'whatsapp') !== vendor) continue;
		if (row.state === 'sending') {
			if (row.owner !== null && living.includes(row.owner)) return undefined;
			held.add(row.request_id);
			continue;
		}
		if (row.state === 'unknown') {
			if (now < (row.claimed_at ?? row.created_at) + HOLD_BACK) held.add(row.request_id);
			continue;
		}
		if (held.has(row.request_id)) {
			await updateOutbox(tx, row.id, { wake_at: now + HOLD_BACK }, ['queued']);
			continue;
		}
		if (row.ready_at > now) return undefined;
		const conversation = await getConversation(tx, store.workspaceId, row.conversation_id);
		const obstacle = obstacleOf(row, conversation?.last_inbound_at ?? 0, now, vendor);
		if (obstacle) {
			await endUnsent(tx, store, row, ...obstacle);
			continue;
		}
		const attempts = row.attempts + 1;
		const to =
			vendor === 'wazzup'
				? await wazzupIdentity(tx, store, contactId)
				: await whatsAppIdentity(tx, store.workspaceId, contactId);
		const written = vendor === 'wazzup' ? await getMessage(tx, store.workspaceId, row.id) : undefined;
		await updateOutbox(
			tx,
			row.id,
			{ state: 'sending', owner: store.bootId, claimed_at: now, attempts, wake_at: now + 2 * HOLD_BACK },
			['queued'],
		);
		return {
			row: { ...row, state: 'sending', attempts, claimed_at: now },
			sendable: {
				outboxId: row.id,
				channelId: row.channel_id,
				to,
				message: JSON.parse(row.message) as OutboundMessage,
				...(written?.author === 'advisor' ? { byPerson: true } : {}),
			},
		};
	}
	return undefined;
}

async function attemptSend(send: MessageSender, row: OutboxRow, sendable: Sendable): Promise<Attempt> {
	try {
		return { row, accepted: await send(sendable) };
	} catch (error) {
		return { row, failure: toError(error) };
	}
}

function reportOf(attempt: Attempt): SentMessageReport {
	const { row, accepted, failure } = attempt;
	if (accepted) return { outboxId: row.id, state: 'accepted', messageId: accepted.vendorId };
	const unknown = failure instanceof RequestFailure && failure.kind === 'unknown_outcome';
	const again = failure !== undefined && retryAt(row, failure, 0) !== undefined;
	return { outboxId: row.id, state: unknown ? 'unknown' : again ? 'queued' : 'failed', error: failure?.message };
}

async function drain(
	store: Store,
	contactId: string,
	send: MessageSender,
	living: readonly string[],
	vendor: Vendor,
): Promise<SentMessageReport[]> {
	const reports: SentMessageReport[] = [];
	let attempt: Attempt | undefined;
	for (;;) {
		const made = attempt;
		const [result] = await store.eachLocked([`outbox:${contactId}`], async (tx) => {
			if (made) await record(tx, store, made, vendor);
			return await claimNext(tx, store, contactId, living, vendor);
		});
		if (result === undefined || 'error' in result) throw result?.error ?? new Error('The queue could not be read');
		if (result.value === undefined) return reports;
		attempt = await attemptSend(send, result.value.row, result.value.sendable);
		reports.push(reportOf(attempt));
	}
}

/**
 * Sends everything that waits for these contacts on a vendor's channels: in order for each, all contacts at the same time; the sender keeps
 * the vendor's pace. A row is claimed before its request is written and its outcome recorded before the next is
 * claimed, so that a crash leaves at most one row a contact whose outcome is unknown.
 */
export async function sendQueued(
	store: Store,
	contactIds: readonly string[],
	send: MessageSender,
	vendor: Vendor = 'whatsapp',
): Promise<ReadonlyMap<string, readonly SentMessageReport[]>> {
	const living = await store.livingOwners();
	const drained = await Promise.all(
		[...new Set(contactIds)].map(async (contactId) => {
			const reports = await drain(store, contactId, send, living, vendor);
			return [contactId, reports] as const;
		}),
	);
	return new Map(drained);
}
