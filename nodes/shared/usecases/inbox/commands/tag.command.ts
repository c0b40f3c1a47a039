import { tagByHand } from '../../contacts/tagTarget';
import type { Command } from './command';
import { caseSubject, customerSubject, leadSubject } from './locate';

/** Puts tags on a contact, lead or case and takes others off (P9). */
export const tag: Command<'tag'> = {
	about: 'customer',
	locate: async (executor, context, { kind, targetId }) => {
		switch (kind) {
			case 'contact':
				return await customerSubject(executor, context, { contactId: targetId });
			case 'lead':
				return await leadSubject(executor, context, { leadId: targetId });
			case 'case':
				return await caseSubject(executor, context, { caseId: targetId });
		}
	},
	async run(tx, { store, actor }, { contactId }, { kind, targetId, add, remove }) {
		const tags = add.map((one) => one.trim()).filter((one) => one !== '');
		const target = { kind, id: targetId, contactId };
		const changed = await tagByHand(tx, store, target, { add: tags, remove }, actor);
		return {
			answer: { changed },
			...(changed ? { output: 'other' as const, item: { kind, targetId, added: tags, removed: remove } } : {}),
		};
	},
};
