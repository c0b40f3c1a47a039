import { findContact } from '../../../store/repositories/contactLookup';
import { erasePerson as erase } from '../../contacts/erasePerson';
import { notFound } from '../viewer';
import type { Command } from './command';

/** Erases a person on their request; it cannot be taken back (O11). */
export const erasePerson: Command<'erasePerson'> = {
	about: 'desk',
	permission: 'erasePeople',
	async run({ store, actor }, { contactId }, once) {
		const contact = await findContact(store.db, store.workspaceId, contactId);
		if (!contact || contact.id !== contactId) throw notFound('contact');
		const answer = { contactId };
		const done = once({ answer, output: 'other', item: { action: 'person_erased', contactId } });
		await erase(store, { contactKey: contactId, confirm: contactId, actor }, done);
		return answer;
	},
};
