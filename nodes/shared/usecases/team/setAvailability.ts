import { InvalidInput } from '../../domain/invalidInput';
import { updateAdvisor, type AdvisorRow } from '../../store/repositories/advisors';
import { appendAudit } from '../../store/repositories/auditLog';
import type { Executor, Store } from '../../store/store';
import { nothingMore, type AlsoInside } from '../alsoInside';
import { existingAdvisor } from './deleteAdvisor';

export interface Availability {
	readonly advisorId: string;
	readonly available: boolean;
	/** Nothing is assigned before; absent: no end, or there. */
	readonly absentUntil?: Date;
	/** Who stands in while the person is away (D8). */
	readonly substituteId?: string;
	readonly actor: string;
}

export interface ChangedAvailability {
	readonly advisor: AdvisorRow;
	readonly changed: boolean;
}

async function planned(executor: Executor, store: Store, wanted: Availability): Promise<ChangedAvailability> {
	const advisor = await existingAdvisor(executor, store, wanted.advisorId);
	if (wanted.substituteId === advisor.id) {
		throw new InvalidInput({
			message: `${advisor.name} cannot stand in for themselves`,
			description: "Choose somebody else in 'Substitute'.",
			parameter: 'Substitute',
		});
	}
	if (wanted.substituteId !== undefined) await existingAdvisor(executor, store, wanted.substituteId, 'Substitute');
	const after: AdvisorRow = {
		...advisor,
		available: wanted.available ? 1 : 0,
		absent_until: wanted.absentUntil?.getTime() ?? null,
		substitute_id: wanted.substituteId ?? advisor.substitute_id,
	};
	const changed =
		after.available !== advisor.available ||
		after.absent_until !== advisor.absent_until ||
		after.substitute_id !== advisor.substitute_id;
	return { advisor: after, changed };
}

/** What the change would be, without making it. @throws InvalidInput */
export async function previewAvailability(store: Store, wanted: Availability): Promise<ChangedAvailability> {
	return await planned(store.db, store, wanted);
}

/**
 * Says whether a person of the team is there, until when not, and who stands in: from now on requests are assigned by it
 * (D8). The same again changes nothing.
 * @throws InvalidInput when the person or the substitute does not exist.
 */
export async function setAvailability(
	store: Store,
	wanted: Availability,
	also: AlsoInside = nothingMore,
): Promise<ChangedAvailability> {
	return await store.transaction(async (tx) => {
		await store.lock(tx, 'advisors');
		await also(tx);
		const { advisor, changed } = await planned(tx, store, wanted);
		if (!changed) return { advisor, changed };
		const { available, absent_until, substitute_id } = advisor;
		await updateAdvisor(tx, store, advisor.id, { available, absent_until, substitute_id });
		await appendAudit(tx, store, {
			actor: wanted.actor,
			action: 'advisor.availability_changed',
			subjectKind: 'advisor',
			subjectId: advisor.id,
			payload: {
				name: advisor.name,
				available: wanted.available,
				absentUntil: absent_until,
				substitute: substitute_id,
			},
		});
		return { advisor, changed };
	});
}
