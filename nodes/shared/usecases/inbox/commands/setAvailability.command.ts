import { setAvailability as change } from '../../team/setAvailability';
import type { Command } from './command';

/** Whether somebody is there, and until when not: for oneself, or for others by who may change the team. */
export const setAvailability: Command<'setAvailability'> = {
	about: 'desk',
	permission: ({ viewer }, { advisorId }) =>
		advisorId === undefined || advisorId === viewer.advisorId ? undefined : 'editAdvisors',
	async run({ store, viewer, actor }, { advisorId = viewer.advisorId, available, absentUntil }, once) {
		const answer = { advisorId, available };
		await change(
			store,
			{ advisorId, available, absentUntil: absentUntil === undefined ? undefined : new Date(absentUntil), actor },
			once({ answer, output: 'other', item: { action: 'availability_changed', ofAdvisorId: advisorId, available } }),
		);
		return answer;
	},
};
