import { getAdvisor } from '../../../store/repositories/advisors';
import { offerLinkInside } from '../../dialogue/offerLink';
import { Refusal } from '../refusal';
import { notFound } from '../viewer';
import type { Command } from './command';
import { conversationSubject } from './locate';
import { requestOf } from '../requestOf';

/** Offers the customer the advisor's own number (template K); `confirmed` is on record: what is said there is not (D20). */
export const offerLink: Command<'offerLink'> = {
	about: 'customer',
	locate: conversationSubject,
	async run(tx, context, _subject, { conversationId, advisorId }) {
		const { store, profile, actor } = context;
		const advisor = await getAdvisor(tx, store.workspaceId, advisorId);
		if (!advisor) throw notFound('advisor');
		if (advisor.phone === null) {
			throw new Refusal(422, {
				message: `${advisor.name} has no phone number`,
				description: "Enter it in the team's settings first.",
				field: 'advisorId',
				code: 'noPhone',
				values: { name: advisor.name },
			});
		}
		const { outboxIds, text } = await offerLinkInside(tx, store, profile, {
			conversationId,
			number: advisor.phone,
			advisorName: advisor.name,
			requestId: requestOf(context),
			actor,
		});
		return {
			answer: { messageIds: outboxIds },
			output: 'hyperlink',
			outboxIds,
			item: { offered: advisor.name, number: advisor.phone, text, confirmed: true },
		};
	},
};
