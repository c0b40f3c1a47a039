import { listAdvisors } from '../../../store/repositories/advisors';
import { deleteAdvisor as remove } from '../../team/deleteAdvisor';
import { Refusal } from '../refusal';
import { notFound } from '../viewer';
import type { Command } from './command';

/** Takes somebody out of the team, once nobody waits for them. */
export const deleteAdvisor: Command<'deleteAdvisor'> = {
	about: 'desk',
	permission: 'editAdvisors',
	async run({ store, viewer, actor }, { advisorId }, once) {
		if (advisorId === viewer.advisorId) {
			throw new Refusal(409, {
				message: 'You cannot delete yourself',
				description: 'Ask another administrator.',
				code: 'notYourself',
			});
		}
		if (!(await listAdvisors(store.db, store.workspaceId)).some(({ id }) => id === advisorId))
			throw notFound('advisor');
		const answer = { advisorId };
		await remove(store, { advisorId, actor }, once({ answer }));
		return answer;
	},
};
