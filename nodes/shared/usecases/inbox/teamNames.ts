import type { PersonOfTeam } from '../../domain/inbox/views';
import { listAdvisors } from '../../store/repositories/advisors';
import type { Executor } from '../../store/store';

/** Names of the team, by id; undefined for nobody and for who is gone. */
export async function teamNames(
	executor: Executor,
	workspaceId: string,
): Promise<(id: string | null) => PersonOfTeam | undefined> {
	const names = new Map((await listAdvisors(executor, workspaceId)).map(({ id, name }) => [id, name]));
	return (id) => {
		const name = id === null ? undefined : names.get(id);
		return id === null || name === undefined ? undefined : { id, name };
	};
}
