import { listAdvisors } from '../../../store/repositories/advisors';
import { saveAdvisor as save } from '../../team/saveAdvisor';
import { Refusal } from '../refusal';
import { notFound } from '../viewer';
import type { Command } from './command';

/** Adds somebody to the team, or changes what is known of them. The last administrator stays one. */
export const saveAdvisor: Command<'saveAdvisor'> = {
	about: 'desk',
	permission: 'editAdvisors',
	async run({ store, actor }, input, once) {
		const team = await listAdvisors(store.db, store.workspaceId);
		const known = team.find(({ id }) => id === input.advisorId);
		if (input.advisorId !== undefined && !known) throw notFound('advisor');
		const administrators = team.filter(({ role }) => role === 'administrator');
		if (known?.role === 'administrator' && input.role !== 'administrator' && administrators.length === 1) {
			throw new Refusal(409, {
				message: `${known.name} is the only administrator`,
				description: 'Make somebody else an administrator first.',
				field: 'role',
				code: 'onlyAdministrator',
				values: { name: known.name },
			});
		}
		const { advisor } = await save(
			store,
			{
				...input,
				phone: input.phone === '' ? undefined : input.phone,
				email: input.email === '' ? undefined : input.email,
			},
			actor,
			async (tx, saved) => await once({ answer: { advisorId: saved.advisor.id } })(tx),
		);
		return { advisorId: advisor.id };
	},
};
