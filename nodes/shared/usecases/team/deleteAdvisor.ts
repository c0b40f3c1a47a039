import { InvalidInput } from '../../domain/invalidInput';
import {
	deleteAdvisor as deleteRow,
	listAdvisors,
	reassignOwner,
	type AdvisorRow,
} from '../../store/repositories/advisors';
import { appendAudit } from '../../store/repositories/auditLog';
import { countOpenCases, reassignOpenCases } from '../../store/repositories/cases';
import type { Executor, Store } from '../../store/store';
import { nothingMore, type AlsoInside } from '../alsoInside';
import { endNumbersOf } from '../linkedNumbers/endNumbersOf';

export interface DeleteAdvisorRequest {
	readonly advisorId: string;
	/** Who takes over open cases, customers and conversations. */
	readonly successorId?: string;
	readonly actor: string;
}

export interface DeletedAdvisor {
	readonly advisor: AdvisorRow;
	readonly successor?: AdvisorRow;
	/** Open cases that went, or would go, to the successor. */
	readonly cases: number;
}

/** A person of the team by id. @throws InvalidInput when there is none. */
export async function existingAdvisor(
	executor: Executor,
	store: Store,
	advisorId: string,
	parameter = 'Advisor',
): Promise<AdvisorRow> {
	const found = (await listAdvisors(executor, store.workspaceId)).find(({ id }) => id === advisorId);
	if (found) return found;
	throw new InvalidInput({
		message: `There is no advisor '${advisorId}' in workspace '${store.workspaceId}'`,
		description: `Choose one from the list in '${parameter}', or check the store credential.`,
		parameter,
	});
}

async function plan(executor: Executor, store: Store, request: DeleteAdvisorRequest): Promise<DeletedAdvisor> {
	const advisor = await existingAdvisor(executor, store, request.advisorId);
	const successor =
		request.successorId === undefined
			? undefined
			: await existingAdvisor(executor, store, request.successorId, 'Hand Over To');
	if (successor?.id === advisor.id) {
		throw new InvalidInput({
			message: "'Hand Over To' is the person who is to be deleted",
			description: 'Choose somebody else.',
			parameter: 'Hand Over To',
		});
	}
	const cases = (await countOpenCases(executor, store.workspaceId)).get(advisor.id) ?? 0;
	return { advisor, successor, cases };
}

/** What deleting would do, without doing it; also where somebody must still take over. @throws InvalidInput */
export async function previewAdvisorDeletion(store: Store, request: DeleteAdvisorRequest): Promise<DeletedAdvisor> {
	return await plan(store.db, store, request);
}

/**
 * Takes a person out of the team. Their open cases, customers and conversations go to the successor, so that no customer
 * belongs to somebody who is gone; closed cases keep their history in the bitácora.
 * @throws InvalidInput when the person does not exist, or has open cases and nobody takes them over.
 */
export async function deleteAdvisor(
	store: Store,
	request: DeleteAdvisorRequest,
	also: AlsoInside = nothingMore,
): Promise<DeletedAdvisor> {
	return await store.transaction(async (tx) => {
		await store.lock(tx, 'advisors');
		await also(tx);
		const { advisor, successor, cases: open } = await plan(tx, store, request);
		if (open > 0 && !successor) {
			throw new InvalidInput({
				message: `${advisor.name} still has ${open} open ${open === 1 ? 'case' : 'cases'}`,
				description: "Choose in 'Hand Over To' who takes them over, or close them first.",
				parameter: 'Hand Over To',
				reason: { code: 'hasOpenCases', values: { name: advisor.name, cases: open } },
			});
		}
		const cases = successor ? await reassignOpenCases(tx, store, advisor.id, successor.id) : 0;
		await reassignOwner(tx, store.workspaceId, advisor.id, successor?.id ?? null);
		await endNumbersOf(tx, store, advisor.id, request.actor);
		await deleteRow(tx, store.workspaceId, advisor.id);
		await appendAudit(tx, store, {
			actor: request.actor,
			action: 'advisor.deleted',
			subjectKind: 'advisor',
			subjectId: advisor.id,
			payload: { name: advisor.name, successor: successor?.name, cases },
		});
		return { advisor, successor, cases };
	});
}
