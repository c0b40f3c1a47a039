import { advisorsWithPassword } from '../../../store/repositories/advisorPasswords';
import { countConversationsInHand, listAdvisors } from '../../../store/repositories/advisors';
import { may } from '../../../domain/inbox/permissions';
import { teamNames } from '../teamNames';
import type { AnswerOf } from './query';

/** The team. Who may not change it sees of the others what an assignment needs: names, areas, who is there. */
export const advisors: AnswerOf<'advisors'> = async ({ store, viewer }) => {
	const { db, workspaceId } = store;
	const person = await teamNames(db, workspaceId);
	const inHand = await countConversationsInHand(db, workspaceId);
	const team = await listAdvisors(db, workspaceId);
	const ids = team.map(({ id }) => id);
	const withPassword = await advisorsWithPassword(db, workspaceId, ids);
	const seesAll = may(viewer.role, 'editAdvisors');
	return team.map((row) => {
		const substitute = person(row.substitute_id);
		const reachable = seesAll || row.id === viewer.advisorId;
		return {
			id: row.id,
			name: row.name,
			...(row.phone === null || !reachable ? {} : { phone: row.phone }),
			...(row.email === null || !reachable ? {} : { email: row.email }),
			aliases: row.aliases === null ? [] : (JSON.parse(row.aliases) as string[]),
			areas: JSON.parse(row.areas) as string[],
			role: row.role,
			available: row.available === 1,
			...(row.absent_until === null ? {} : { absentUntil: new Date(row.absent_until).toISOString() }),
			...(substitute === undefined ? {} : { substitute }),
			canLogIn: withPassword.has(row.id),
			openConversations: inHand.get(row.id) ?? 0,
		};
	});
};
