import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { appendAudit, RETENTION_ACTION } from '../../store/repositories/auditLog';
import { getContact } from '../../store/repositories/contacts';
import { getConversation } from '../../store/repositories/conversations';
import {
	conversationsBegunBefore,
	countMessagesBefore,
	dropFiles,
	emptyAuditBefore,
	eraseBeside,
	eraseMessages,
	filesBefore,
	isNeeded,
	messagesBefore,
	type OldConversation,
} from '../../store/repositories/retention';
import type { Store, StoreTransaction } from '../../store/store';
import { profileInForce } from '../profile/businessProfile';
import { erasePerson } from '../contacts/erasePerson';
import { catchUpMetrics } from '../metrics/catchUpMetrics';
import { removeOrphanedBytes } from '../media/removeOrphanedBytes';

const DAY = 86_400_000;

/** Conversations in one look, and messages in one transaction: short enough that nobody waits for it. */
const PAGE = 100;
const MESSAGES = 500;

export interface RetentionRequest {
	/** Only say what would go. */
	readonly dryRun: boolean;
	readonly actor: string;
}

export interface RetentionReport {
	readonly dryRun: boolean;
	/** Days of each kind; 0 keeps it. */
	readonly rules: BusinessProfile['retention'];
	/** Conversations in which something went, or would go. */
	readonly conversations: number;
	readonly messages: number;
	readonly files: number;
	/** People of whom everything went. */
	readonly contacts: number;
	/** Conversations that are old enough but still needed: a lead, or an open case (D26). */
	readonly skipped: number;
	/** Conversations that could not be done; the next run tries again. */
	readonly failed: number;
}

interface Limits {
	/** Older ones go; undefined keeps them. */
	readonly messages?: number;
	readonly files?: number;
	readonly contacts?: number;
}

interface Gone {
	readonly messages: number;
	readonly files: number;
	readonly contacts: number;
	readonly skipped: boolean;
}

const NOTHING: Gone = { messages: 0, files: 0, contacts: 0, skipped: false };

function limitsOf({ messagesDays, filesDays, contactsDays }: BusinessProfile['retention'], now: number): Limits {
	const limit = (days: number): number | undefined => (days === 0 ? undefined : now - days * DAY);
	return { messages: limit(messagesDays), files: limit(filesDays), contacts: limit(contactsDays) };
}

const leaves = ({ activityAt }: OldConversation, { contacts }: Limits): boolean =>
	contacts !== undefined && activityAt < contacts;

async function wouldGo(store: Store, conversation: OldConversation, limits: Limits): Promise<Gone> {
	const files =
		limits.files === undefined
			? []
			: await filesBefore(store.db, store.workspaceId, conversation.contactId, limits.files);
	const before = leaves(conversation, limits) ? Number.MAX_SAFE_INTEGER : limits.messages;
	const messages =
		before === undefined ? 0 : await countMessagesBefore(store.db, store.workspaceId, conversation.id, before);
	const contacts = leaves(conversation, limits) ? 1 : 0;
	if (messages + files.length + contacts === 0) return NOTHING;
	if (await isNeeded(store.db, store.workspaceId, conversation.contactId)) return { ...NOTHING, skipped: true };
	return { messages, files: files.length, contacts, skipped: false };
}

/** What was found is looked at again under the person's lock: a lead may have been made in the meantime. */
async function isStillOld(tx: StoreTransaction, store: Store, conversation: OldConversation): Promise<boolean> {
	const now = await getConversation(tx, store.workspaceId, conversation.id);
	if (!now || now.contact_id !== conversation.contactId) return false;
	return !(await isNeeded(tx, store.workspaceId, conversation.contactId));
}

async function eraseOld(
	tx: StoreTransaction,
	store: Store,
	conversation: OldConversation,
	limits: Limits,
	actor: string,
): Promise<Gone & { readonly more: boolean }> {
	if (!(await isStillOld(tx, store, conversation))) return { ...NOTHING, skipped: true, more: false };
	const { contactId } = conversation;
	const files = limits.files === undefined ? [] : await filesBefore(tx, store.workspaceId, contactId, limits.files);
	await dropFiles(tx, store, files);
	let messages: readonly string[] = [];
	let lines = 0;
	if (limits.messages !== undefined) {
		const page = { before: limits.messages, limit: MESSAGES };
		messages = await messagesBefore(tx, store.workspaceId, conversation.id, page);
		await eraseMessages(tx, store, conversation.id, messages);
		if (messages.length > 0) {
			await eraseBeside(tx, store, conversation, limits.messages);
			lines = await emptyAuditBefore(tx, store.workspaceId, contactId, limits.messages);
		}
	}
	if (messages.length + files.length === 0) return { ...NOTHING, more: false };
	await appendAudit(tx, store, {
		contactId,
		actor,
		action: RETENTION_ACTION,
		subjectKind: 'conversation',
		subjectId: conversation.id,
		payload: { messages: messages.length, files: files.length, lines },
	});
	return {
		messages: messages.length,
		files: files.length,
		contacts: 0,
		skipped: false,
		more: messages.length === MESSAGES,
	};
}

async function letGo(store: Store, conversation: OldConversation, limits: Limits, actor: string): Promise<Gone> {
	const planned = await wouldGo(store, conversation, limits);
	if (planned.skipped || planned === NOTHING) return planned;
	if (planned.contacts > 0) {
		const contact = await getContact(store.db, store.workspaceId, conversation.contactId);
		if (!contact) return NOTHING;
		const { id } = contact;
		const stays = new Error('The contact is needed again');
		try {
			await erasePerson(store, { contactKey: id, confirm: id, actor, reason: 'retention' }, async (tx) => {
				const now = await getConversation(tx, store.workspaceId, conversation.id);
				const isActive = now !== undefined && now.activity_at !== conversation.activityAt;
				if (isActive || !(await isStillOld(tx, store, conversation))) throw stays;
			});
		} catch (error) {
			if (error === stays) return { ...NOTHING, skipped: true };
			throw error;
		}
		return planned;
	}
	let messages = 0;
	let files = 0;
	for (;;) {
		const [result] = await store.eachLocked(
			[`contact:${conversation.contactId}`],
			async (tx) => await eraseOld(tx, store, conversation, limits, actor),
		);
		if (result === undefined) return NOTHING;
		if ('error' in result) throw result.error;
		const { value } = result;
		messages += value.messages;
		files += value.files;
		if (!value.more) return { messages, files, contacts: 0, skipped: value.skipped };
	}
}

/**
 * Erases records that are older than the profile keeps them (O11): files, messages with what repeats them, people of whom nothing was
 * heard. Whatever belongs to a lead or an open case stays (D26); who asked to be erased is erased by that request, whatever the rules
 * say. The bitácora keeps a line and still verifies. Stopped in the middle, the next run goes on.
 */
export async function applyRetention(store: Store, { dryRun, actor }: RetentionRequest): Promise<RetentionReport> {
	const { profile } = await profileInForce(store);
	const limits = limitsOf(profile.retention, store.now());
	const report = { conversations: 0, messages: 0, files: 0, contacts: 0, skipped: 0, failed: 0 };
	const before = Math.max(...[limits.messages, limits.files, limits.contacts].map((limit) => limit ?? 0));
	if (before === 0) return { dryRun, rules: profile.retention, ...report };
	// What goes must have been counted: afterwards nobody can.
	while (!dryRun && !(await catchUpMetrics(store)));
	let after: string | undefined;
	for (;;) {
		const { rows, isLast } = await conversationsBegunBefore(store.db, store.workspaceId, {
			before,
			after,
			limit: PAGE,
		});
		for (const conversation of rows) {
			try {
				const gone = dryRun
					? await wouldGo(store, conversation, limits)
					: await letGo(store, conversation, limits, actor);
				report.messages += gone.messages;
				report.files += gone.files;
				report.contacts += gone.contacts;
				if (gone.skipped) report.skipped += 1;
				if (gone.messages + gone.files + gone.contacts > 0) report.conversations += 1;
			} catch {
				// One customer's trouble stays theirs: the others go on, and the number is in the report.
				report.failed += 1;
			}
		}
		after = rows.at(-1)?.id;
		if (isLast) break;
	}
	if (!dryRun) await removeOrphanedBytes(store);
	return { dryRun, rules: profile.retention, ...report };
}
