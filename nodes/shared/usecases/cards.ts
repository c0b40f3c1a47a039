import type { AdvisorRow } from '../store/repositories/advisors';
import type { AttachmentRow } from '../store/repositories/attachments';
import type { AuditRow } from '../store/repositories/auditLog';
import type { CaseRow } from '../store/repositories/cases';
import type { ContactRow } from '../store/repositories/contacts';
import type { ConversationRow } from '../store/repositories/conversations';
import type { LeadRow } from '../store/repositories/leads';
import type { MessageRow } from '../store/repositories/messages';
import type { NotificationRow } from '../store/repositories/notifications';
import type { ItemJson } from './emit/items';

/**
 * Rows of the store as people read them on an item: whole words, ISO times, lists as lists. A card is the simplified
 * form; `whole` has every field of the row.
 */

const iso = (milliseconds: number | null): string | null =>
	milliseconds === null ? null : new Date(milliseconds).toISOString();

const parsed = (json: string | null, absent: unknown): unknown => (json === null ? absent : JSON.parse(json));

const camel = (column: string): string => column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Columns that hold a time, a yes or no, or JSON. */
const isTime = (column: string): boolean => column === 'at' || column.endsWith('_at') || column === 'absent_until';
const FLAGS = new Set(['name_verified', 'imported', 'registered', 'available']);
const JSON_COLUMNS = new Set([
	'areas',
	'aliases',
	'fields',
	'state',
	'consent',
	'tags',
	'content',
	'pricing',
	'error',
	'summary',
	'key_questions',
	'objections',
	'message_ids',
	'payload',
]);
/** Only for the audit chain's own checks. */
const INTERNAL = new Set(['salt', 'digest', 'hmac', 'workspace_id']);

function readableValue(column: string, value: unknown): unknown {
	if (isTime(column)) return iso(value as number | null);
	if (FLAGS.has(column)) return value === 1;
	if (!JSON_COLUMNS.has(column) || typeof value !== 'string') return value;
	// A conversation's state is an object; a case's or a message's is a word.
	return /^[[{"]/.test(value) ? (JSON.parse(value) as unknown) : value;
}

/** Every field of a row, under the names of our items. */
export function whole(row: object): ItemJson {
	return Object.fromEntries(
		Object.entries(row)
			.filter(([column]) => !INTERNAL.has(column))
			.map(([column, value]) => [camel(column), readableValue(column, value)]),
	);
}

export function caseCard(row: CaseRow): ItemJson {
	return {
		caseId: row.id,
		number: row.number,
		type: row.type,
		area: row.area,
		status: row.status,
		subject: row.subject,
		priority: row.priority,
		tags: parsed(row.tags, []),
		fields: parsed(row.fields, {}),
		contactId: row.contact_id,
		conversationId: row.conversation_id,
		advisorId: row.advisor_id,
		leadId: row.lead_id,
		externalId: row.external_id,
		externalUrl: row.external_url,
		createdAt: iso(row.created_at),
		updatedAt: iso(row.updated_at),
	};
}

export function leadCard(row: LeadRow): ItemJson {
	return {
		leadId: row.id,
		name: row.name,
		phone: row.phone,
		identification: row.identification,
		email: row.email,
		company: row.company,
		city: row.city,
		requestType: row.request_type,
		product: row.product,
		quantity: row.quantity,
		budget: row.budget,
		urgency: row.urgency,
		need: row.need,
		nextStep: row.next_step,
		summary: parsed(row.summary, []),
		objections: parsed(row.objections, []),
		stage: row.stage,
		score: row.score,
		amount: row.amount === null ? null : Number(row.amount),
		currency: row.currency,
		lostReason: row.lost_reason,
		tags: parsed(row.tags, []),
		caseId: row.case_id,
		contactId: row.contact_id,
		conversationId: row.conversation_id,
		advisorId: row.advisor_id,
		externalId: row.external_id,
		externalUrl: row.external_url,
		createdAt: iso(row.created_at),
		updatedAt: iso(row.updated_at),
	};
}

export function advisorCard(row: AdvisorRow): ItemJson {
	return {
		advisorId: row.id,
		name: row.name,
		aliases: parsed(row.aliases, []),
		phone: row.phone,
		email: row.email,
		areas: parsed(row.areas, []),
		role: row.role,
		available: row.available === 1,
		absentUntil: iso(row.absent_until),
		substituteId: row.substitute_id,
		externalId: row.external_id,
		externalUrl: row.external_url,
	};
}

export function contactCard(row: ContactRow): ItemJson {
	return {
		contactId: row.id,
		name: row.name ?? row.profile_name,
		nameVerified: row.name_verified === 1,
		identification: row.identification,
		phone: row.phone,
		email: row.email,
		company: row.company,
		city: row.city,
		language: row.language,
		ownerAdvisorId: row.owner_advisor_id,
		optedOut: row.opted_out_at !== null,
		registered: row.registered === 1,
		tags: parsed(row.tags, []),
		externalId: row.external_id,
		externalUrl: row.external_url,
		createdAt: iso(row.created_at),
		updatedAt: iso(row.updated_at),
	};
}

export function conversationCard(row: ConversationRow): ItemJson {
	return {
		conversationId: row.id,
		contactId: row.contact_id,
		channelId: row.channel_id,
		mode: row.mode,
		ownerAdvisorId: row.owner_advisor_id,
		lastInboundAt: iso(row.last_inbound_at),
		lastOutboundAt: iso(row.last_outbound_at),
		wakeAt: iso(row.wake_at),
		createdAt: iso(row.created_at),
	};
}

export function messageCard(row: MessageRow): ItemJson {
	return {
		messageId: row.id,
		vendorId: row.vendor_id,
		direction: row.direction,
		author: row.author,
		type: row.type,
		text: row.text,
		transcribedAt: iso(row.transcript_at),
		transcriptLanguage: row.transcript_language,
		transcribedBy: row.transcript_source,
		at: iso(row.at),
		deliveryStatus: row.delivery_status,
		error: parsed(row.error, null),
		conversationId: row.conversation_id,
		contactId: row.contact_id,
	};
}

export function notificationCard(row: NotificationRow): ItemJson {
	return {
		notificationId: row.id,
		advisorId: row.advisor_id,
		kind: row.kind,
		text: row.text,
		state: row.state,
		contactId: row.contact_id,
		caseId: row.case_id,
		createdAt: iso(row.created_at),
		readAt: iso(row.read_at),
	};
}

export function attachmentCard(row: AttachmentRow): ItemJson {
	return {
		attachmentId: row.id,
		type: row.type,
		filename: row.filename,
		caption: row.caption,
		mimeType: row.mime_type,
		size: row.size,
		sha256: row.sha256,
		state: row.state,
		error: row.error,
		contactId: row.contact_id,
		messageId: row.message_id,
		createdAt: iso(row.created_at),
	};
}

export function auditCard(row: AuditRow): ItemJson {
	return {
		at: iso(row.at),
		actor: row.actor,
		action: row.action,
		subjectKind: row.subject_kind,
		subjectId: row.subject_id,
		details: parsed(row.payload, null),
		chain: row.chain,
		sequence: row.sequence,
	};
}
