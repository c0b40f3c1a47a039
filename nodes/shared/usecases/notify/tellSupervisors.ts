import type { BusinessProfile } from '../../domain/profile/businessProfile';
import type { AdvisorRow } from '../../store/repositories/advisors';
import { appendAudit } from '../../store/repositories/auditLog';
import type { ConversationRow } from '../../store/repositories/conversations';
import { getConversation } from '../../store/repositories/conversations';
import type { Store, StoreTransaction } from '../../store/store';
import { itemForWorkflow } from './itemForWorkflow';
import { leaveNotification } from './leaveNotification';

export interface Escalation {
	/** The customer it is about. */
	readonly conversationId: string | null;
	readonly contactId: string | null;
	readonly caseId: string | null;
	readonly area: string | null;
	readonly text: string;
	/** They are told once for it. */
	readonly requestId: string;
	/** Who knows already. */
	readonly notTo?: readonly string[];
	/** False where an item of the workflow asks for it: that one is the notice. */
	readonly emitsItem?: boolean;
}

export interface Told {
	readonly people: readonly AdvisorRow[];
	/** Tasks that bring it to their WhatsApp. */
	readonly asked: readonly string[];
}

/** Supervisors, else administrators, else the whole team: a small team has neither. */
export function supervisorsOf(team: readonly AdvisorRow[], notTo: readonly string[] = []): AdvisorRow[] {
	const others = team.filter(({ id }) => !notTo.includes(id));
	for (const people of [others, team]) {
		for (const role of ['supervisor', 'administrator'] as const) {
			const meant = people.filter((advisor) => advisor.role === role);
			if (meant.length > 0) return meant;
		}
	}
	return others.length > 0 ? others : [...team];
}

/** What nobody else can do is told to those who lead, once, and kept in the bitácora. */
export async function tellSupervisors(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	team: readonly AdvisorRow[],
	escalation: Escalation,
): Promise<Told> {
	const people = supervisorsOf(team, escalation.notTo);
	const asked: string[] = [];
	let isNew = false;
	for (const person of people) {
		const left = await leaveNotification(tx, store, person, {
			kind: 'conversation.escalated',
			text: escalation.text,
			requestId: escalation.requestId,
			contactId: escalation.contactId ?? undefined,
			conversationId: escalation.conversationId ?? undefined,
			caseId: escalation.caseId ?? undefined,
			area: escalation.area ?? undefined,
		});
		isNew ||= left.isNew;
		asked.push(...left.asked);
	}
	if (!isNew) return { people, asked };
	await appendAudit(tx, store, {
		...(escalation.contactId === null ? {} : { contactId: escalation.contactId }),
		actor: 'bot',
		action: 'conversation.escalated',
		subjectKind: 'conversation',
		subjectId: escalation.conversationId ?? undefined,
		payload: { told: people.map(({ name }) => name), text: escalation.text, requestId: escalation.requestId },
	});
	const conversation = await conversationOf(tx, store, escalation);
	if (conversation && escalation.emitsItem !== false)
		await itemForWorkflow(tx, store, profile, conversation, escalation);
	return { people, asked };
}

async function conversationOf(
	tx: StoreTransaction,
	store: Store,
	{ conversationId }: Escalation,
): Promise<ConversationRow | undefined> {
	return conversationId === null ? undefined : await getConversation(tx, store.workspaceId, conversationId);
}
