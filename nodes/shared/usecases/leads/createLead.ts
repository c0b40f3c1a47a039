import { isCommercial } from '../../domain/cases/commercial';
import { normalizePhone } from '../../domain/identity/phone';
import { draftLead, fillLead, type LeadDraft, type LeadSources } from '../../domain/leads/leadDraft';
import type { ConversationState } from '../../domain/conversation/types';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { InvalidInput } from '../../domain/invalidInput';
import { attachmentsOf, attachmentsOfMessages, linkAttachments } from '../../store/repositories/attachments';
import { appendAudit, auditOfRequest } from '../../store/repositories/auditLog';
import { casesOfContact, findCase, updateCase, type CaseRow } from '../../store/repositories/cases';
import { getContact, updateContact } from '../../store/repositories/contacts';
import { getConversation, touchConversationsOf, type ConversationRow } from '../../store/repositories/conversations';
import {
	getLead,
	insertLead,
	leadOfRequest,
	openLeadOfContact,
	updateLead,
	type LeadRow,
} from '../../store/repositories/leads';
import { messagesOfConversation } from '../../store/repositories/messages';
import type { Executor, Store, StoreTransaction } from '../../store/store';
import { profileInForce } from '../profile/businessProfile';
import { tagByHand, tagByRules } from '../contacts/tagTarget';

export interface CreateLeadRequest {
	readonly contactId: string;
	readonly conversationId: string;
	/** One request makes or updates one lead once. */
	readonly requestId: string;
	/** Case that the lead comes from: id or number. Without one it is the open case of something to sell. */
	readonly caseKey?: string;
	/** What an operator or advisor says; wins over what was read from the chat. */
	readonly values?: Partial<LeadDraft>;
	/** What a connected model read from the conversation; better than the rules, less than what people say. */
	readonly described?: Partial<LeadDraft>;
	readonly addTags?: readonly string[];
	readonly removeTags?: readonly string[];
	/** Where the lead lives in another system. */
	readonly externalId?: string;
	readonly externalUrl?: string;
	/** Who does it, for the bitácora; the bot when absent. */
	readonly actor?: string;
}

export interface CreatedLead {
	readonly lead: LeadRow;
	/** `created`, `updated` (the contact had an open lead), or `unchanged` (the request was done before). */
	readonly action: 'created' | 'updated' | 'unchanged';
	readonly attachmentIds: readonly string[];
}

/** Messages that a lead keeps; the whole conversation stays reachable through its id. */
const LEAD_MESSAGES = 200;

export interface LeadSource {
	readonly conversation: ConversationRow;
	readonly case?: CaseRow;
	readonly messageIds: readonly string[];
	/** Oldest first. */
	readonly messages: LeadSources['messages'];
	readonly draft: LeadDraft;
}

/** So many open cases of a customer are looked through for one of something to sell. */
const CASES = 20;

/**
 * The case that a lead is drawn from. When nobody names one, the newest open case of something to sell in this
 * conversation says what is wanted, unless it made another lead; else the case that the open lead came from.
 */
async function caseOfLead(executor: Executor, store: Store, request: CreateLeadRequest): Promise<CaseRow | undefined> {
	const { workspaceId } = store;
	if (request.caseKey !== undefined) return await findCase(executor, workspaceId, request.caseKey);
	const lead = await openLeadOfContact(executor, workspaceId, request.contactId);
	const cases = await casesOfContact(executor, workspaceId, request.contactId, { onlyOpen: true, limit: CASES });
	const wanted = cases.find(
		(row) =>
			row.conversation_id === request.conversationId &&
			isCommercial(row.type) &&
			(row.lead_id === null || row.lead_id === lead?.id),
	);
	if (wanted !== undefined || typeof lead?.case_id !== 'string') return wanted;
	return await findCase(executor, workspaceId, lead.case_id);
}

/** What a lead is drawn from. @throws InvalidInput when the conversation does not exist. */
export async function sourceOfLead(
	executor: Executor,
	store: Store,
	profile: BusinessProfile,
	request: CreateLeadRequest,
): Promise<LeadSource> {
	const conversation = await getConversation(executor, store.workspaceId, request.conversationId);
	const contact = await getContact(executor, store.workspaceId, request.contactId);
	if (!conversation || !contact) {
		throw new InvalidInput({
			message: `There is no conversation '${request.conversationId}' in workspace '${store.workspaceId}'`,
			description: 'Connect this node behind Bot Conversation or Case, or check the store credential.',
			parameter: 'Conversation',
		});
	}
	const found = await caseOfLead(executor, store, request);
	const messages = (await messagesOfConversation(executor, store, conversation.id, { limit: LEAD_MESSAGES })).reverse();
	const state = conversation.state === null ? undefined : (JSON.parse(conversation.state) as ConversationState);
	const told = messages.map((message) => ({
		id: message.id,
		direction: message.direction,
		text: message.text ?? undefined,
		type: message.type,
	}));
	const draft = draftLead({
		contact: {
			name: contact.name ?? contact.profile_name ?? undefined,
			phone: contact.phone ?? undefined,
			identification: contact.identification ?? undefined,
			email: contact.email ?? undefined,
			company: contact.company ?? undefined,
			city: contact.city ?? undefined,
			consent: contact.consent ?? undefined,
			source: contact.source ?? undefined,
		},
		case: found && {
			type: found.type,
			subject: found.subject,
			fields: JSON.parse(found.fields) as Record<string, string>,
			isNamed: request.caseKey !== undefined,
		},
		state,
		messages: told,
		profile,
	});
	return {
		conversation,
		case: found,
		messageIds: told.map(({ id }) => id),
		messages: told,
		draft: fillLead(draft, request.described ?? {}),
	};
}

function columnsOf(draft: LeadDraft) {
	return {
		name: draft.name ?? null,
		phone: draft.phone ?? null,
		identification: draft.identification ?? null,
		email: draft.email ?? null,
		company: draft.company ?? null,
		city: draft.city ?? null,
		request_type: draft.requestType ?? null,
		product: draft.product ?? null,
		quantity: draft.quantity ?? null,
		budget: draft.budget ?? null,
		urgency: draft.urgency ?? null,
		need: draft.need ?? null,
		next_step: draft.nextStep ?? null,
		summary: JSON.stringify(draft.summary ?? []),
		key_questions: JSON.stringify(draft.keyQuestions ?? []),
		objections: JSON.stringify(draft.objections ?? []),
		source: draft.source ?? null,
		consent: draft.consent ?? null,
		stage: draft.stage ?? 'Lead',
		score: draft.score ?? 0,
	};
}

/** The lead as the pure rules know it. */
export function draftOfLead(lead: LeadRow): LeadDraft {
	const list = (json: string | null) => (json === null ? [] : (JSON.parse(json) as string[]));
	return {
		name: lead.name ?? undefined,
		phone: lead.phone ?? undefined,
		identification: lead.identification ?? undefined,
		email: lead.email ?? undefined,
		company: lead.company ?? undefined,
		city: lead.city ?? undefined,
		requestType: lead.request_type ?? undefined,
		product: lead.product ?? undefined,
		quantity: lead.quantity ?? undefined,
		budget: lead.budget ?? undefined,
		urgency: lead.urgency === 'high' || lead.urgency === 'normal' ? lead.urgency : undefined,
		need: lead.need ?? undefined,
		nextStep: lead.next_step ?? undefined,
		summary: list(lead.summary),
		keyQuestions: list(lead.key_questions),
		objections: list(lead.objections),
		source: lead.source ?? undefined,
		consent: lead.consent ?? undefined,
		stage: lead.stage,
		score: lead.score,
	};
}

async function linkFiles(
	tx: StoreTransaction,
	store: Store,
	source: LeadSource,
	leadId: string,
): Promise<readonly string[]> {
	const ofMessages = await attachmentsOfMessages(tx, store.workspaceId, source.messageIds);
	const ofCase = source.case ? await attachmentsOf(tx, store.workspaceId, 'case', source.case.id) : [];
	const ids = [...new Set([...ofMessages, ...ofCase].map((row) => row.id))];
	await linkAttachments(tx, store, 'lead', leadId, ids);
	return ids;
}

async function write(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	request: CreateLeadRequest,
): Promise<CreatedLead> {
	const source = await sourceOfLead(tx, store, profile, request);
	const draft = fillLead(source.draft, request.values ?? {});
	const open = await openLeadOfContact(tx, store.workspaceId, request.contactId);
	const now = store.now();
	const id = open?.id ?? store.newId();
	const messageIds = JSON.stringify(source.messageIds);
	if (open) {
		const filled = fillLead(draftOfLead(open), draft);
		await updateLead(tx, store, open.id, {
			...columnsOf({ ...filled, stage: request.values?.stage ?? open.stage }),
			external_id: request.externalId ?? open.external_id,
			external_url: request.externalUrl ?? open.external_url,
			message_ids: messageIds,
			case_id: source.case?.id ?? open.case_id,
			conversation_id: source.conversation.id,
		});
	} else {
		await insertLead(tx, {
			id,
			workspace_id: store.workspaceId,
			channel_id: source.conversation.channel_id,
			contact_id: request.contactId,
			conversation_id: source.conversation.id,
			request_id: request.requestId,
			case_id: source.case?.id ?? null,
			...columnsOf(draft),
			amount: null,
			currency: null,
			lost_reason: null,
			closed_at: null,
			tags: null,
			message_ids: messageIds,
			advisor_id: source.case?.advisor_id ?? source.conversation.owner_advisor_id,
			external_id: request.externalId ?? null,
			external_url: request.externalUrl ?? null,
			created_at: now,
			updated_at: now,
		});
	}
	if (source.case) await updateCase(tx, store, source.case.id, { lead_id: id });
	await updateContact(tx, store, request.contactId, { registered: 1 });
	const attachmentIds = await linkFiles(tx, store, source, id);
	await appendAudit(tx, store, {
		contactId: request.contactId,
		actor: request.actor ?? 'bot',
		action: open ? 'lead.updated' : 'lead.created',
		subjectKind: 'lead',
		subjectId: id,
		payload: { requestId: request.requestId, caseNumber: source.case?.number, stage: draft.stage, attachmentIds },
	});
	const target = { kind: 'lead' as const, id, contactId: request.contactId };
	await tagByHand(tx, store, target, { add: request.addTags, remove: request.removeTags }, request.actor);
	const written = await getLead(tx, store.workspaceId, id);
	await tagByRules(tx, store, profile, target, {
		caseType: written?.request_type ?? undefined,
		area: source.case?.area,
		text: written?.need ?? written?.product ?? undefined,
		stage: written?.stage,
		score: written?.score,
	});
	await touchConversationsOf(tx, store, request.contactId);
	const lead = await getLead(tx, store.workspaceId, id);
	if (!lead) throw new Error(`Lead ${id} was not stored`);
	return { lead, action: open ? 'updated' : 'created', attachmentIds };
}

/** The open lead when this very request has filled it before. */
async function updatedBefore(
	tx: StoreTransaction,
	store: Store,
	request: CreateLeadRequest,
): Promise<CreatedLead | undefined> {
	const open = await openLeadOfContact(tx, store.workspaceId, request.contactId);
	if (!open) return undefined;
	const done = await auditOfRequest(tx, store.workspaceId, {
		chain: request.contactId,
		action: 'lead.updated',
		subjectId: open.id,
		requestId: request.requestId,
	});
	if (!done) return undefined;
	const files = await attachmentsOf(tx, store.workspaceId, 'lead', open.id);
	return { lead: open, action: 'unchanged', attachmentIds: files.map((row) => row.id) };
}

/** What people say of the customer, written as it is kept: the phone in E.164 (O3). */
function checked(request: CreateLeadRequest, profile: BusinessProfile): CreateLeadRequest {
	const said = request.values?.phone;
	if (said === undefined) return request;
	const phone = normalizePhone(said, profile.country)?.e164;
	if (phone !== undefined) return { ...request, values: { ...request.values, phone } };
	throw new InvalidInput({
		message: `'Phone' is not a phone number: '${said}'`,
		description: 'Write it with its country code, for example +57 300 123 4567.',
		parameter: 'Phone',
		reason: { code: 'notAPhone', values: { phone: said } },
	});
}

/** What "Crear Lead" would do now. */
export interface LeadPreview {
	/** `update`: the contact has an open lead. */
	readonly action: 'create' | 'update' | 'unchanged';
	/** What the button says. */
	readonly button: 'Crear Lead' | 'Actualizar Lead';
	readonly draft: LeadDraft;
	/** Fields that would be written, with what they say now. */
	readonly changes: Readonly<Record<string, { readonly before: unknown; readonly after: unknown }>>;
	readonly lead?: LeadRow;
}

/** Compares two drafts field by field; a field that stays as it is is left out. */
export function changesOf(before: LeadDraft, after: LeadDraft): LeadPreview['changes'] {
	const old = new Map<string, unknown>(Object.entries(before));
	return Object.fromEntries(
		Object.entries(after)
			.filter(([field, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(old.get(field)))
			.map(([field, value]) => [field, { before: old.get(field) ?? null, after: value as unknown }]),
	);
}

/**
 * What would be created or changed, without writing anything.
 * @throws InvalidInput when the conversation does not exist.
 */
export async function previewLead(store: Store, asked: CreateLeadRequest): Promise<LeadPreview> {
	const { profile } = await profileInForce(store);
	const request = checked(asked, profile);
	const done = await leadOfRequest(store.db, store.workspaceId, request.requestId);
	if (done) {
		return { action: 'unchanged', button: 'Actualizar Lead', draft: draftOfLead(done), changes: {}, lead: done };
	}
	const source = await sourceOfLead(store.db, store, profile, request);
	const draft = fillLead(source.draft, request.values ?? {});
	const open = await openLeadOfContact(store.db, store.workspaceId, request.contactId);
	if (!open) return { action: 'create', button: 'Crear Lead', draft, changes: changesOf({}, draft) };
	const before = draftOfLead(open);
	const filled = { ...fillLead(before, draft), stage: request.values?.stage ?? open.stage };
	return { action: 'update', button: 'Actualizar Lead', draft: filled, changes: changesOf(before, filled), lead: open };
}

/** The same inside the caller's transaction, which holds the contact's lock. @throws InvalidInput */
export async function createLeadInside(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	asked: CreateLeadRequest,
): Promise<CreatedLead> {
	const request = checked(asked, profile);
	const done = await leadOfRequest(tx, store.workspaceId, request.requestId);
	if (done) {
		const files = await attachmentsOf(tx, store.workspaceId, 'lead', done.id);
		return { lead: done, action: 'unchanged', attachmentIds: files.map((row) => row.id) };
	}
	return (await updatedBefore(tx, store, request)) ?? (await write(tx, store, profile, request));
}

/**
 * "Crear Lead": makes a lead of the conversation, with the files and the messages that matter; when the contact has an
 * open lead, "Actualizar Lead": fills what is new, and nothing that is known becomes empty. Idempotent by request id.
 * @throws InvalidInput when the conversation does not exist.
 */
export async function createLead(store: Store, asked: CreateLeadRequest): Promise<CreatedLead> {
	const { profile } = await profileInForce(store);
	const [result] = await store.eachLocked(
		[`contact:${asked.contactId}`],
		async (tx) => await createLeadInside(tx, store, profile, asked),
	);
	if (result === undefined || 'error' in result) throw result?.error ?? new Error('The lead was not stored');
	return result.value;
}
