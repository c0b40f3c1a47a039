import { getAdvisor } from '../../../store/repositories/advisors';
import { createLoginLink as create } from '../loginLink';
import { notFound } from '../viewer';
import type { Command } from './command';

/**
 * A link with which somebody sets a password. Asked again it is another link, which takes the place of the one before: its
 * secret is kept nowhere, so it cannot be answered twice.
 */
export const createLoginLink: Command<'createLoginLink'> = {
	about: 'desk',
	permission: 'editAdvisors',
	async run({ store, actor }, { advisorId }) {
		if (!(await getAdvisor(store.db, store.workspaceId, advisorId))) throw notFound('advisor');
		const { url, expiresAt } = await create(store, { advisorId, actor });
		return { url, expiresAt: new Date(expiresAt).toISOString() };
	},
};
