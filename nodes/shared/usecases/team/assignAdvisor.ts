import { matchAdvisor } from '../../domain/cases/advisorMatch';
import type { AdvisorFacts } from '../../domain/conversation/types';
import { getContact, updateContact } from '../../store/repositories/contacts';
import { listAdvisors, notifiedAdvisor, updateAdvisor, type AdvisorRow } from '../../store/repositories/advisors';
import type { Executor, Store, StoreTransaction } from '../../store/store';
import { leaveNotification } from '../notify/leaveNotification';

export interface AssignRequest {
	readonly contactId: string;
	readonly area: string;
	/** The notification is idempotent by it. */
	readonly requestId: string;
	/** The name that the customer said. */
	readonly advisorName?: string;
	readonly caseId?: string;
	readonly conversationId?: string;
	readonly kind: string;
	/** What the advisor reads. */
	readonly text: string;
}

function onDuty(advisor: AdvisorRow, now: number): boolean {
	return advisor.available === 1 && (advisor.absent_until === null || advisor.absent_until <= now);
}

/** The person, or who stands in for them; undefined when nobody of the two is there (D8). */
export function presentOrSubstitute(
	advisor: AdvisorRow,
	team: readonly AdvisorRow[],
	now: number,
): AdvisorRow | undefined {
	if (onDuty(advisor, now)) return advisor;
	const substitute = team.find((other) => other.id === advisor.substitute_id);
	return substitute && onDuty(substitute, now) ? substitute : undefined;
}

/** An advisor as the dialogue knows them. */
export function advisorFacts(advisor: AdvisorRow): AdvisorFacts {
	return {
		id: advisor.id,
		name: advisor.name,
		aliases: advisor.aliases === null ? [] : (JSON.parse(advisor.aliases) as string[]),
		areas: JSON.parse(advisor.areas) as string[],
	};
}

function coversArea(advisor: AdvisorRow, area: string): boolean {
	const areas = JSON.parse(advisor.areas) as string[];
	return areas.includes(area);
}

/**
 * Who takes the request: the advisor the customer named, else the one the customer belongs to, else whoever is on duty
 * in the area and was assigned longest ago (round robin). Undefined when the area has nobody.
 */
export async function chooseAdvisor(
	executor: Executor,
	store: Store,
	request: Pick<AssignRequest, 'contactId' | 'area' | 'advisorName'>,
): Promise<AdvisorRow | undefined> {
	const team = await listAdvisors(executor, store.workspaceId);
	const now = store.now();
	if (request.advisorName !== undefined) {
		const match = matchAdvisor(request.advisorName, team.map(advisorFacts));
		const named = match.kind === 'found' ? team.find((advisor) => advisor.id === match.advisor.id) : undefined;
		const taker = named && presentOrSubstitute(named, team, now);
		if (taker) return taker;
	}
	const contact = await getContact(executor, store.workspaceId, request.contactId);
	const owner = team.find((advisor) => advisor.id === contact?.owner_advisor_id);
	const taker = owner && presentOrSubstitute(owner, team, now);
	if (taker) return taker;
	return onDutyIn(team, request.area, now)[0];
}

/** Whoever is on duty in an area; first who was assigned longest ago. */
export function onDutyIn(team: readonly AdvisorRow[], area: string, now: number): AdvisorRow[] {
	return team
		.filter((advisor) => onDuty(advisor, now) && coversArea(advisor, area))
		.sort((one, other) => (one.last_assigned_at ?? 0) - (other.last_assigned_at ?? 0));
}

/** Stores the notification of a person and counts their turn. The customer of nobody becomes theirs. */
export async function tellAdvisor(
	tx: StoreTransaction,
	store: Store,
	advisor: AdvisorRow,
	told: Omit<AssignRequest, 'advisorName'>,
): Promise<void> {
	await leaveNotification(tx, store, advisor, told);
	await updateAdvisor(tx, store, advisor.id, { last_assigned_at: store.now() });
	const contact = await getContact(tx, store.workspaceId, told.contactId);
	if (contact && contact.owner_advisor_id === null) {
		await updateContact(tx, store, contact.id, { owner_advisor_id: advisor.id });
	}
}

/**
 * Assigns a request to an advisor and stores the notification in the same transaction: whoever is named to the
 * customer has really been told (D7). A repeated request names the same person.
 */
export async function assignAdvisor(
	tx: StoreTransaction,
	store: Store,
	request: AssignRequest,
): Promise<AdvisorRow | undefined> {
	const before = await notifiedAdvisor(tx, store.workspaceId, request.requestId);
	if (before !== undefined) {
		return (await listAdvisors(tx, store.workspaceId)).find((advisor) => advisor.id === before);
	}
	const advisor = await chooseAdvisor(tx, store, request);
	if (advisor) await tellAdvisor(tx, store, advisor, request);
	return advisor;
}
