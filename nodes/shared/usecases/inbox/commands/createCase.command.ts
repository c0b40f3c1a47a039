import { openCaseInside } from '../../cases/openCase';
import { Refusal } from '../refusal';
import type { Command } from './command';
import { conversationSubject } from './locate';
import { requestOf } from '../requestOf';

/** Opens a case for the customer, who gets its number as from the bot (D4). */
export const createCase: Command<'createCase'> = {
	about: 'customer',
	locate: conversationSubject,
	async run(tx, context, { contactId }, { conversationId, type, area, subject }) {
		const { store, profile, actor } = context;
		if (!profile.areas.some(({ key }) => key === area)) {
			throw new Refusal(422, {
				message: `There is no area '${area}'`,
				description: 'Choose one of the list.',
				field: 'area',
				code: 'noSuchArea',
				values: { area },
			});
		}
		const opened = await openCaseInside(tx, store, profile, {
			contactId,
			conversationId,
			requestId: requestOf(context),
			type,
			area,
			subject,
			fields: {},
			attachments: [],
			actor,
		});
		return {
			answer: { caseId: opened.case.id, number: opened.case.number },
			output: 'caseUpdate',
			outboxIds: opened.outboxIds,
			item: {
				action: 'created',
				caseId: opened.case.id,
				number: opened.case.number,
				type,
				area,
				areaName: opened.areaName,
				subject,
				assignedTo: opened.advisorName,
			},
		};
	},
};
