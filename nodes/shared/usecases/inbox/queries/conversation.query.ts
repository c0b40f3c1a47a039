import type { CaseType } from '../../../domain/conversation/types';
import { customerName } from '../../../domain/identity/knownName';
import type { ConversationDetail } from '../../../domain/inbox/views';
import { areaName } from '../../../domain/cases/areaRouting';
import { answersInWords } from '../../../domain/profile/answerInWords';
import { attachmentsOf } from '../../../store/repositories/attachments';
import { approvalsOfConversation } from '../../../store/repositories/approvals';
import { casesOfContact, type CaseRow } from '../../../store/repositories/cases';
import { getContact, type ContactRow } from '../../../store/repositories/contacts';
import { openFollowUpsOf } from '../../../store/repositories/followUps';
import { newestLeadOfContact } from '../../../store/repositories/leads';
import { listPayments } from '../../../store/repositories/payments';
import { profileInForce } from '../../profile/businessProfile';
import { seenConversation } from '../access';
import { approvalView } from '../approvalViews';
import { costOf } from '../conversationCost';
import { followUpView } from '../followUpViews';
import { leadView } from '../leadViews';
import { attachmentViewOf } from '../messageViews';
import { paymentView } from '../paymentViews';
import { summariesFor } from '../summaries';
import { teamNames } from '../teamNames';
import { notFound } from '../viewer';
import type { AnswerOf } from './query';

/** Cases of one customer that the panel shows; older ones are in the workflow's own lists. */
const CASES_SHOWN = 20;

/** Payments of one conversation that the panel shows, newest first. */
const PAYMENTS_SHOWN = 20;

/** Requests for approval of one conversation that the panel shows. */
const APPROVALS_SHOWN = 10;

interface StoredConsent {
	readonly at: number;
	readonly text?: string;
	readonly source?: string;
	readonly kind?: string;
}

type ContactView = ConversationDetail['contact'];

function contactView(contact: ContactRow, person: Awaited<ReturnType<typeof teamNames>>): ContactView {
	const owner = person(contact.owner_advisor_id);
	const consents = contact.consent === null ? [] : (JSON.parse(contact.consent) as readonly StoredConsent[]);
	const known: Partial<Record<keyof ContactView, string | null>> = {
		name: contact.name,
		profileName: contact.profile_name,
		username: contact.username,
		phone: contact.phone,
		identification: contact.identification,
		identificationType: contact.identification_type,
		email: contact.email,
		company: contact.company,
		city: contact.city,
		language: contact.language,
		source: contact.source,
		externalUrl: contact.external_url,
	};
	return {
		id: contact.id,
		nameVerified: contact.name_verified === 1,
		tags: contact.tags === null ? [] : (JSON.parse(contact.tags) as string[]),
		consents: consents.map(({ at, kind, source, text }) => ({
			kind: kind ?? 'privacy',
			at: new Date(at).toISOString(),
			source: source ?? text ?? '',
		})),
		...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null)),
		...(owner === undefined ? {} : { owner }),
		...(contact.opted_out_at === null ? {} : { optedOutAt: new Date(contact.opted_out_at).toISOString() }),
	};
}

/** The side panel of a conversation. */
export const conversation: AnswerOf<'conversation'> = async ({ store, viewer }, { conversationId }) => {
	const { db, workspaceId } = store;
	const { profile } = await profileInForce(store);
	const shared = await seenConversation(db, store, profile, viewer, conversationId);
	const { row } = shared;
	const contact = await getContact(db, workspaceId, row.contact_id);
	const [summary] = await summariesFor(db, viewer, [shared]);
	if (!contact || !summary) throw notFound('conversation');
	const person = await teamNames(db, workspaceId);
	const caseView = async (found: CaseRow): Promise<ConversationDetail['cases'][number]> => {
		const advisor = person(found.advisor_id);
		return {
			id: found.id,
			number: found.number,
			type: found.type as CaseType,
			areaName: areaName(found.area, profile),
			status: found.status,
			subject: found.subject,
			fields: answersInWords(profile, JSON.parse(found.fields) as Record<string, string>),
			priority: found.priority,
			...(advisor === undefined ? {} : { advisor }),
			tags: found.tags === null ? [] : (JSON.parse(found.tags) as string[]),
			attachments: (await attachmentsOf(db, workspaceId, 'case', found.id)).map((file) => attachmentViewOf(file)),
			...(found.external_url === null ? {} : { externalUrl: found.external_url }),
			createdAt: new Date(found.created_at).toISOString(),
			updatedAt: new Date(found.updated_at).toISOString(),
		};
	};
	const cases: Array<ConversationDetail['cases'][number]> = [];
	const found = await casesOfContact(db, workspaceId, contact.id, { onlyOpen: false, limit: CASES_SHOWN });
	for (const one of found) cases.push(await caseView(one));
	const lead = await newestLeadOfContact(db, workspaceId, contact.id);
	const followUps = await openFollowUpsOf(db, workspaceId, conversationId);
	const approvals = await approvalsOfConversation(db, workspaceId, conversationId, APPROVALS_SHOWN);
	const payments = await listPayments(db, workspaceId, { conversationId, limit: PAYMENTS_SHOWN });
	const mirrored = row.mode === 'mirrored';
	const othersHaveIt =
		row.mode === 'human' && row.owner_advisor_id !== null && row.owner_advisor_id !== viewer.advisorId;
	return {
		conversation: summary,
		contact: contactView(contact, person),
		cases,
		...(lead === undefined ? {} : { lead: await leadView(db, store, lead, person) }),
		payments: payments.map((one) => paymentView(one, found)),
		approvals: approvals.map((one) => approvalView(one, customerName(contact), person, store.now())),
		followUps: followUps.map((one) => followUpView(one, customerName(contact), person)),
		cost: await costOf(db, store, profile, row),
		allowed: {
			reply: !othersHaveIt,
			takeOver: !mirrored && (row.mode !== 'human' || row.owner_advisor_id !== viewer.advisorId),
			giveBack: !mirrored && row.mode !== 'bot',
			close: !mirrored && row.mode !== 'closed',
			offerLink: !mirrored && contact.opted_out_at === null,
			lead: true,
		},
	};
};
