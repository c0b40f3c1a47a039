import { matchAdvisor } from '../../domain/cases/advisorMatch';
import { InvalidInput } from '../../domain/invalidInput';
import { listAdvisors, notifiedAdvisor, type AdvisorRow } from '../../store/repositories/advisors';
import { appendAudit } from '../../store/repositories/auditLog';
import { countOpenCases, updateCase, type CaseRow } from '../../store/repositories/cases';
import { getConversation, updateConversation } from '../../store/repositories/conversations';
import { updateLead } from '../../store/repositories/leads';
import type { Executor, Store, StoreTransaction } from '../../store/store';
import { advisorFacts, onDutyIn, presentOrSubstitute, tellAdvisor } from '../team/assignAdvisor';
import { existingCase } from './changeCase';

/** Who takes a case. */
export type CaseAssignment =
	/** This person, whether on duty or not: somebody decided it. */
	| { readonly rule: 'advisor'; readonly advisorId: string }
	/** The person with this name, typos allowed, or who stands in for them. */
	| { readonly rule: 'named'; readonly advisorName: string }
	/** Whoever is on duty in the case's area and was assigned longest ago. */
	| { readonly rule: 'roundRobin' }
	/** Whoever is on duty in the case's area and has the fewest open cases. */
	| { readonly rule: 'leastBusy' };

export interface AssignCaseRequest {
	readonly caseKey: string;
	readonly assignment: CaseAssignment;
	/** One request assigns and tells one person once. */
	readonly requestId: string;
	/** Who does it, for the bitácora; the workflow when absent. */
	readonly actor?: string;
}

export interface AssignedCase {
	readonly case: CaseRow;
	/** Undefined when nobody is on duty in the area: the case stays as it was. */
	readonly advisor?: AdvisorRow;
	/** False when the request was done before, or the case was theirs already. */
	readonly changed: boolean;
}

function named(team: readonly AdvisorRow[], name: string, now: number): AdvisorRow | undefined {
	const match = matchAdvisor(name, team.map(advisorFacts));
	if (match.kind !== 'found') {
		const near = match.kind === 'ambiguous' ? match.advisors : match.near;
		throw new InvalidInput({
			message:
				match.kind === 'ambiguous'
					? `'${name}' may be ${near.map((advisor) => advisor.name).join(' or ')}`
					: `Nobody of the team is called '${name}'`,
			description:
				near.length === 0 ? "Write the name as in 'Advisor: Get Many'." : 'Write first and last name to be sure.',
			parameter: 'Advisor Name',
		});
	}
	const found = team.find((advisor) => advisor.id === match.advisor.id);
	return found && presentOrSubstitute(found, team, now);
}

function chosen(team: readonly AdvisorRow[], advisorId: string): AdvisorRow {
	const found = team.find((advisor) => advisor.id === advisorId);
	if (found) return found;
	throw new InvalidInput({
		message: `There is no advisor '${advisorId}'`,
		description: "Choose one from the list in 'Advisor'.",
		parameter: 'Advisor',
		reason: { code: 'notFound' },
	});
}

async function takerOf(
	executor: Executor,
	store: Store,
	found: CaseRow,
	assignment: CaseAssignment,
): Promise<AdvisorRow | undefined> {
	const team = await listAdvisors(executor, store.workspaceId);
	switch (assignment.rule) {
		case 'advisor':
			return chosen(team, assignment.advisorId);
		case 'named':
			return named(team, assignment.advisorName, store.now());
		case 'roundRobin':
			return onDutyIn(team, found.area, store.now())[0];
		case 'leastBusy': {
			const open = await countOpenCases(executor, store.workspaceId);
			const load = (advisor: AdvisorRow): number => open.get(advisor.id) ?? 0;
			// The sort is stable: of two who have as many, whoever was assigned longest ago.
			return [...onDutyIn(team, found.area, store.now())].sort((one, other) => load(one) - load(other))[0];
		}
	}
}

/** Who would get the case, without assigning it. @throws InvalidInput */
export async function previewCaseAssignment(store: Store, request: AssignCaseRequest): Promise<AssignedCase> {
	const found = await existingCase(store.db, store, request.caseKey);
	const advisor = await takerOf(store.db, store, found, request.assignment);
	return { case: found, advisor, changed: advisor !== undefined && advisor.id !== found.advisor_id };
}

/** The same inside the caller's transaction, which holds the contact's lock. @throws InvalidInput */
export async function assignCaseInside(
	tx: StoreTransaction,
	store: Store,
	request: AssignCaseRequest,
): Promise<AssignedCase> {
	const found = await existingCase(tx, store, request.caseKey);
	const { id, contact_id: contactId } = found;
	const before = await notifiedAdvisor(tx, store.workspaceId, request.requestId);
	if (before !== undefined) {
		const team = await listAdvisors(tx, store.workspaceId);
		return { case: found, advisor: team.find((advisor) => advisor.id === before), changed: false };
	}
	// Two cases that are given out at once must not both see the same least busy person.
	await store.lock(tx, 'advisors');
	const advisor = await takerOf(tx, store, found, request.assignment);
	if (!advisor || advisor.id === found.advisor_id) return { case: found, advisor, changed: false };
	await tellAdvisor(tx, store, advisor, {
		contactId,
		requestId: request.requestId,
		caseId: id,
		conversationId: found.conversation_id ?? undefined,
		area: found.area,
		kind: 'case.assigned',
		text: `${found.number}: ${found.subject}`,
	});
	await updateCase(tx, store, id, { advisor_id: advisor.id });
	if (found.lead_id !== null) await updateLead(tx, store, found.lead_id, { advisor_id: advisor.id });
	const conversation =
		found.conversation_id === null ? undefined : await getConversation(tx, store.workspaceId, found.conversation_id);
	if (conversation) await updateConversation(tx, store, conversation.id, { owner_advisor_id: advisor.id });
	await appendAudit(tx, store, {
		contactId,
		actor: request.actor ?? 'workflow',
		action: 'case.assigned',
		subjectKind: 'case',
		subjectId: id,
		payload: {
			number: found.number,
			advisor: advisor.name,
			rule: request.assignment.rule,
			before: found.advisor_id,
			requestId: request.requestId,
		},
	});
	return { case: await existingCase(tx, store, id), advisor, changed: true };
}

/**
 * Gives a case to a person and stores their notification in the same transaction; conversation and lead follow it.
 * Repeated with the same request id it names the same person and tells nobody twice.
 * @throws InvalidInput when the case or the person does not exist, or a name may mean several.
 */
export async function assignCase(store: Store, request: AssignCaseRequest): Promise<AssignedCase> {
	const { contact_id: contactId } = await existingCase(store.db, store, request.caseKey);
	const [result] = await store.eachLocked(
		[`contact:${contactId}`],
		async (tx) => await assignCaseInside(tx, store, request),
	);
	if (result === undefined || 'error' in result) throw result?.error ?? new Error('The case was not assigned');
	return result.value;
}
