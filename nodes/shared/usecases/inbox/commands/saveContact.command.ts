import { saveContactInside } from '../../contacts/saveContact';
import type { Command } from './command';
import { customerSubject } from './locate';

/** What the team knows of a customer; what is left out stays as it is. */
export const saveContact: Command<'saveContact'> = {
	about: 'customer',
	locate: customerSubject,
	async run(tx, { store, profile, actor }, _subject, { contactId, values }) {
		const { action } = await saveContactInside(tx, store, profile.country, {
			contactKey: contactId,
			person: values,
			actor,
		});
		return {
			answer: { contactId, action },
			...(action === 'unchanged' ? {} : { output: 'other' as const, item: { action, ...values } }),
		};
	},
};
