import { areaName } from '../../domain/cases/areaRouting';
import { findDuplicate } from '../../domain/cases/duplicateRule';
import { caseCounter, formatCaseNumber } from '../../domain/cases/caseNumber';
import { step } from '../../domain/conversation/step';
import type { CaseOpenedEvent, CaseType } from '../../domain/conversation/types';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import type { AdvisorRow } from '../../store/repositories/advisors';
import { attachmentsOf, linkAttachments } from '../../store/repositories/attachments';
import { appendAudit, auditOfRequest } from '../../store/repositories/auditLog';
import {
	caseOfRequest,
	findCase,
	insertCase,
	nextCount,
	updateCase,
	type CaseRow,
} from '../../store/repositories/cases';
import { getContact, updateContact } from '../../store/repositories/contacts';
import { getConversation, updateConversation, type ConversationRow } from '../../store/repositories/conversations';
import { outboxOfRequest } from '../../store/repositories/outbox';
import type { Executor, Store, StoreTransaction } from '../../store/store';
import { assignAdvisor } from '../team/assignAdvisor';
import { profileInForce } from '../profile/businessProfile';
import { contactFacts } from '../dialogue/contactFacts';
import { attachmentsOfVendorMessages, stateOf, StepWriter, type StepOrigin } from '../dialogue/stepWriter';
import { tagByRules } from '../contacts/tagTarget';

export interface OpenCaseRequest {
	readonly contactId: string;
	readonly conversationId: string;
	/** One request makes one case, however often it arrives. */
	readonly requestId: string;
	readonly type: CaseType;
	/** Area key of the profile. */
	readonly area: string;
	readonly option?: string;
	readonly subject: string;
	readonly fields: Readonly<Record<string, string>>;
	/** Files by the vendor's message ids. */
	readonly attachments: ReadonlyArray<{ readonly messageId: string }>;
	readonly advisorName?: string;
	/** `incomplete` cases are kept without a confirmation (D19). */
	readonly status?: 'open' | 'incomplete';
	/** How soon it must be looked at; `normal` when nothing is said. */
	readonly priority?: CaseRow['priority'];
	/** Number that another system gave (D27). */
	readonly number?: string;
	readonly externalId?: string;
	readonly externalUrl?: string;
	readonly emissionId?: string;
	/** Request of the incomplete case that goes on with this request instead of a second one (D19). */
	readonly reopens?: string;
	/** Whether the open case of the same subject takes the request instead of a new case (D16). */
	readonly continueOpenCase?: boolean;
	/** Whether Crear Lead is to follow; only passed on. */
	readonly createLead?: boolean;
	/** Who does it, for the bitácora; the bot when absent. */
	readonly actor?: string;
}

export interface OpenedCase {
	readonly case: CaseRow;
	/** False when the request had made it before, or an open case of the same subject took it. */
	readonly created: boolean;
	/** The request went into an open case of the same subject. */
	readonly continued?: boolean;
	readonly advisorName?: string;
	readonly areaName: string;
	/** The confirmation that waits for Send Queued. */
	readonly outboxIds: readonly string[];
	/** What it says. */
	readonly confirmation: string;
	readonly attachmentIds: readonly string[];
	readonly channelId: string;
}

/** The queue's name for what a case's confirmation is idempotent by. */
const confirmationOf = (requestId: string) => `${requestId}:confirmation`;

async function numberOf(tx: StoreTransaction, store: Store, profile: BusinessProfile, at: Date): Promise<string> {
	const { numberPattern } = profile.cases;
	const count = await nextCount(tx, store.workspaceId, caseCounter(numberPattern, at, profile.timeZone));
	return formatCaseNumber(numberPattern, count, at, profile.timeZone);
}

async function confirm(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	conversation: ConversationRow,
	event: CaseOpenedEvent,
	{ emissionId, also }: Pick<StepOrigin, 'emissionId' | 'also'>,
): Promise<StepWriter> {
	const writer = new StepWriter(tx, { store, profile }, conversation, {
		requestId: confirmationOf(event.requestId),
		emissionId,
		action: 'case.confirmed',
		also,
	});
	await writer.write(step(stateOf(conversation, profile), event, profile));
	return writer;
}

async function alreadyOpened(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	found: CaseRow,
): Promise<OpenedCase> {
	return {
		case: found,
		created: false,
		areaName: areaName(found.area, profile),
		outboxIds: await outboxOfRequest(tx, store.workspaceId, found.contact_id, confirmationOf(found.request_id)),
		confirmation: '',
		attachmentIds: (await attachmentsOf(tx, store.workspaceId, 'case', found.id)).map((row) => row.id),
		channelId: found.channel_id,
	};
}

/** Who takes the case, told of it. An incomplete one waits for its customer and is nobody's (D19). */
async function advisorFor(
	tx: StoreTransaction,
	store: Store,
	request: OpenCaseRequest,
	caseId: string,
): Promise<AdvisorRow | undefined> {
	if (request.status === 'incomplete') return undefined;
	return await assignAdvisor(tx, store, {
		contactId: request.contactId,
		area: request.area,
		requestId: request.requestId,
		advisorName: request.advisorName,
		caseId,
		conversationId: request.conversationId,
		kind: 'case.opened',
		text: request.subject,
	});
}

/** The incomplete case that goes on with the request. */
async function reopenedBy(tx: StoreTransaction, store: Store, request: OpenCaseRequest): Promise<CaseRow | undefined> {
	if (request.reopens === undefined) return undefined;
	const kept = await caseOfRequest(tx, store.workspaceId, request.reopens);
	return kept?.status === 'incomplete' ? kept : undefined;
}

/** What a case is while it is being registered. */
type Registration = Pick<CaseRow, 'id' | 'number' | 'advisor_id' | 'updated_at'>;

function rowOf(
	{ workspace_id, channel_id, id: conversation_id }: ConversationRow,
	request: OpenCaseRequest,
	registration: Registration,
	incomplete: CaseRow | undefined,
): CaseRow {
	return {
		...registration,
		workspace_id,
		channel_id,
		conversation_id,
		contact_id: request.contactId,
		request_id: request.requestId,
		type: request.type,
		area: request.area,
		option: request.option ?? null,
		status: request.status ?? 'open',
		subject: request.subject,
		fields: JSON.stringify(request.fields),
		priority: request.priority ?? 'normal',
		tags: incomplete?.tags ?? null,
		lead_id: incomplete?.lead_id ?? null,
		external_id: request.externalId ?? null,
		external_url: request.externalUrl ?? null,
		created_at: incomplete?.created_at ?? registration.updated_at,
		closed_at: null,
	};
}

async function register(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	conversation: ConversationRow,
	request: OpenCaseRequest,
): Promise<OpenedCase> {
	const now = store.now();
	const incomplete = await reopenedBy(tx, store, request);
	const id = incomplete?.id ?? store.newId();
	const advisor = await advisorFor(tx, store, request, id);
	const number = request.number ?? incomplete?.number ?? (await numberOf(tx, store, profile, new Date(now)));
	const registration = { id, number, advisor_id: advisor?.id ?? null, updated_at: now };
	const row = rowOf(conversation, request, registration, incomplete);
	if (incomplete === undefined) await insertCase(tx, row);
	else await updateCase(tx, store, id, row);
	const attachmentIds = await attachmentsOfVendorMessages(tx, store, conversation, request.attachments);
	await linkAttachments(tx, store, 'case', id, attachmentIds);
	await tagByRules(
		tx,
		store,
		profile,
		{ kind: 'case', id, contactId: request.contactId },
		{ caseType: row.type, area: row.area, text: row.subject },
	);
	// Read before the contact counts as registered: the confirmation of a first case is a newcomer's.
	const contact = await contactFacts(tx, store, profile, request.contactId);
	await updateContact(tx, store, request.contactId, { registered: 1 });
	// Who is told of the case attends the conversation, unless somebody does already.
	const desk = { area: row.area, owner_advisor_id: conversation.owner_advisor_id ?? row.advisor_id };
	const nameOfArea = areaName(row.area, profile);
	const event: CaseOpenedEvent = {
		kind: 'case_opened',
		at: new Date(now),
		requestId: request.requestId,
		caseId: id,
		number,
		type: request.type,
		advisorName: advisor?.name,
		areaName: nameOfArea,
		contact,
	};
	const confirmation =
		row.status === 'incomplete'
			? undefined
			: await confirm(tx, store, profile, conversation, event, { emissionId: request.emissionId, also: desk });
	if (confirmation === undefined) await updateConversation(tx, store, conversation.id, desk);
	await appendAudit(tx, store, {
		contactId: request.contactId,
		actor: request.actor ?? 'bot',
		action: 'case.opened',
		subjectKind: 'case',
		subjectId: id,
		payload: { number, type: row.type, area: row.area, status: row.status, advisor: advisor?.name, attachmentIds },
	});
	return {
		case: row,
		created: true,
		advisorName: advisor?.name,
		areaName: nameOfArea,
		outboxIds: confirmation?.outboxIds ?? [],
		confirmation: confirmation?.said.join('\n\n') ?? '',
		attachmentIds,
		channelId: conversation.channel_id,
	};
}

/** The customer's open case of the same kind and subject inside the window (D16). */
async function sameSubject(
	executor: Executor,
	store: Store,
	profile: BusinessProfile,
	request: OpenCaseRequest,
): Promise<CaseRow | undefined> {
	const { openCases } = await contactFacts(executor, store, profile, request.contactId);
	const found = findDuplicate(
		openCases,
		{ types: [request.type], about: request.subject },
		new Date(store.now()),
		profile.times.duplicateHours,
	);
	return found && (await findCase(executor, store.workspaceId, found.id));
}

/** Text and files go into the open case; the customer has its number already, so none is said again (D4). */
async function continueCase(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	conversation: ConversationRow,
	open: CaseRow,
	request: OpenCaseRequest,
): Promise<OpenedCase> {
	const attachmentIds = await attachmentsOfVendorMessages(tx, store, conversation, request.attachments);
	const done = await auditOfRequest(tx, store.workspaceId, {
		chain: request.contactId,
		action: 'case.added_to',
		subjectId: open.id,
		requestId: request.requestId,
	});
	if (!done) {
		await linkAttachments(tx, store, 'case', open.id, attachmentIds);
		const fields = { ...request.fields, ...(JSON.parse(open.fields) as Record<string, string>) };
		await updateCase(tx, store, open.id, { fields: JSON.stringify(fields) });
		await appendAudit(tx, store, {
			contactId: request.contactId,
			actor: 'customer',
			action: 'case.added_to',
			subjectKind: 'case',
			subjectId: open.id,
			payload: { text: request.subject, attachmentIds, requestId: request.requestId },
		});
	}
	return {
		case: open,
		created: false,
		continued: true,
		areaName: areaName(open.area, profile),
		outboxIds: [],
		confirmation: '',
		attachmentIds,
		channelId: open.channel_id,
	};
}

/** The same inside the caller's transaction, which holds the contact's lock. @throws Error in words */
export async function openCaseInside(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	request: OpenCaseRequest,
): Promise<OpenedCase> {
	const found = await caseOfRequest(tx, store.workspaceId, request.requestId);
	if (found) return await alreadyOpened(tx, store, profile, found);
	const conversation = await getConversation(tx, store.workspaceId, request.conversationId);
	const contact = await getContact(tx, store.workspaceId, request.contactId);
	if (!conversation || !contact) {
		throw new Error(`There is no conversation ${request.conversationId} in workspace '${store.workspaceId}'`);
	}
	const open = request.continueOpenCase === true ? await sameSubject(tx, store, profile, request) : undefined;
	if (open) return await continueCase(tx, store, profile, conversation, open, request);
	return await register(tx, store, profile, conversation, request);
}

/**
 * Registers a case: number, area, advisor (told in the same transaction), files, and the one confirmation with the
 * number in the contact's queue. Repeated with the same request id it changes nothing and returns the same case.
 * @throws Error in words when the conversation does not exist.
 */
export async function openCase(store: Store, request: OpenCaseRequest): Promise<OpenedCase> {
	const { profile } = await profileInForce(store);
	const [result] = await store.eachLocked(
		[`contact:${request.contactId}`],
		async (tx) => await openCaseInside(tx, store, profile, request),
	);
	if (result === undefined || 'error' in result) throw result?.error ?? new Error('The case was not registered');
	return result.value;
}
