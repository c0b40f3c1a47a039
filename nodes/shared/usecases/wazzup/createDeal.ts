import type { Language } from '../../domain/profile/businessProfile';
import { DEFAULT_MAPPING, syncedDeal, type SyncedDeal } from '../../domain/sync/mapping';
import { getAdvisor } from '../../store/repositories/advisors';
import { appendAudit } from '../../store/repositories/auditLog';
import { findContact } from '../../store/repositories/contactLookup';
import { updateContact, type ContactRow } from '../../store/repositories/contacts';
import { touchConversationsOf } from '../../store/repositories/conversations';
import { appendJournal } from '../../store/repositories/journal';
import { getLead, insertLead, openLeadOfContact, type LeadRow } from '../../store/repositories/leads';
import { noteSyncIntents } from '../../store/repositories/syncState';
import type { Store, StoreTransaction } from '../../store/store';
import type { CreateDealEvent } from '../../webhooks/wazzup';
import { profileInForce } from '../profile/businessProfile';
import { journalTopic } from '../emit/journalTopic';
import type { CreationRequest } from './createContact';
import { dealFacts, inboxLinks, type InboxLink } from './ourSide';
import { toldNews } from './toldNews';

/** A lead of which nothing is known yet but whose it is. The caller holds the contact's lock. */
export async function insertEmptyLead(
	tx: StoreTransaction,
	store: Store,
	contact: ContactRow,
	event: Pick<CreateDealEvent, 'responsibleUserId' | 'source'>,
	actor: string,
): Promise<LeadRow | undefined> {
	const id = store.newId();
	const now = store.now();
	const advisor =
		event.responsibleUserId === undefined
			? undefined
			: await getAdvisor(tx, store.workspaceId, event.responsibleUserId);
	await insertLead(tx, {
		id,
		workspace_id: store.workspaceId,
		channel_id: null,
		contact_id: contact.id,
		conversation_id: null,
		request_id: `wazzup:${id}`,
		case_id: null,
		name: contact.name ?? contact.profile_name,
		phone: contact.phone,
		identification: contact.identification,
		email: contact.email,
		company: contact.company,
		city: contact.city,
		request_type: null,
		product: null,
		quantity: null,
		budget: null,
		urgency: null,
		need: null,
		next_step: null,
		summary: null,
		key_questions: null,
		objections: null,
		tags: null,
		source: JSON.stringify({ type: 'wazzup', source: event.source }),
		consent: contact.consent,
		stage: 'Lead',
		score: 0,
		amount: null,
		currency: null,
		lost_reason: null,
		closed_at: null,
		message_ids: null,
		advisor_id: advisor?.id ?? contact.owner_advisor_id,
		external_id: null,
		external_url: null,
		created_at: now,
		updated_at: now,
	});
	await updateContact(tx, store, contact.id, { registered: 1 });
	await appendAudit(tx, store, {
		contactId: contact.id,
		actor,
		action: 'lead.created',
		subjectKind: 'lead',
		subjectId: id,
		payload: { source: event.source, responsibleUserId: event.responsibleUserId },
	});
	await touchConversationsOf(tx, store, contact.id);
	return await getLead(tx, store.workspaceId, id);
}

async function write(
	tx: StoreTransaction,
	store: Store,
	{ webhookId, account, event, emit }: CreationRequest<CreateDealEvent>,
	contact: ContactRow,
	{ link, language }: { readonly link: InboxLink; readonly language: Language },
): Promise<SyncedDeal | undefined> {
	const open = await openLeadOfContact(tx, store.workspaceId, contact.id);
	const lead = open ?? (await insertEmptyLead(tx, store, contact, event, 'wazzup'));
	if (!lead) return undefined;
	const answer = syncedDeal(
		dealFacts(lead, {
			responsibleUserId: lead.advisor_id ?? contact.owner_advisor_id ?? event.responsibleUserId ?? '',
			inboxLink: link(contact.id, lead.conversation_id),
			closedStages: DEFAULT_MAPPING.closedStages,
		}),
		DEFAULT_MAPPING,
	);
	if (account !== undefined) await noteSyncIntents(tx, store, account, 'deal', [{ id: lead.id, parentId: contact.id }]);
	if (!emit) return answer;
	const now = store.now();
	await appendJournal(tx, {
		id: store.newId(),
		workspace_id: store.workspaceId,
		webhook_id: webhookId,
		channel_id: lead.channel_id,
		output: 'createDeal',
		contact_id: contact.id,
		conversation_id: lead.conversation_id,
		message_id: null,
		// One lead is told of once, however often Wazzup asks for it.
		dedupe_key: `create_deal:${lead.id}`,
		payload: JSON.stringify({
			crm: { workspaceId: store.workspaceId, webhookId, contactId: contact.id },
			kind: 'create_deal',
			isNew: open === undefined,
			...toldNews({ kind: 'deal', name: lead.name, isNew: open === undefined }, `create_deal:${lead.id}`, language),
			advisorId: lead.advisor_id ?? contact.owner_advisor_id ?? undefined,
			leadId: lead.id,
			deal: answer,
			responsibleUserId: event.responsibleUserId,
			source: event.source,
			raw: event.raw,
		}),
		created_at: now,
	});
	return answer;
}

/**
 * The deal that Wazzup asks for: the contact's open lead, else a new one. A customer has one open lead at a time, so the
 * same request again answers the same deal.
 * @returns what Wazzup waits for; undefined when nobody here is one of its contacts.
 */
export async function createDealForWazzup(
	store: Store,
	request: CreationRequest<CreateDealEvent>,
): Promise<SyncedDeal | undefined> {
	const link = await inboxLinks(store.db, store.workspaceId, request.home);
	const { language } = (await profileInForce(store)).profile;
	for (const contactId of request.event.contactIds) {
		const contact = await findContact(store.db, store.workspaceId, contactId);
		if (!contact) continue;
		const [result] = await store.eachLocked(
			[`contact:${contact.id}`],
			async (tx) => await write(tx, store, request, contact, { link, language }),
		);
		if (result === undefined || 'error' in result) throw result?.error ?? new Error('The lead was not stored');
		store.signal(journalTopic(request.webhookId));
		return result.value;
	}
	return undefined;
}
