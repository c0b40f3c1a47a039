import { readPrice } from '../../../domain/knowledge/readItem';
import { changeLeadStageInside } from '../../leads/changeLeadStage';
import { Refusal } from '../refusal';
import type { Command } from './command';
import { leadSubject } from './locate';

/** Moves a lead on; a won one says what it brought, a lost one why. */
export const changeLeadStage: Command<'changeLeadStage'> = {
	about: 'customer',
	locate: leadSubject,
	async run(tx, { store, profile, actor, requestId }, _subject, input) {
		const amount = input.amount === undefined || input.amount === '' ? undefined : readPrice(input.amount);
		if (input.amount !== undefined && input.amount !== '' && amount === undefined) {
			throw new Refusal(422, {
				message: `'Amount' is no amount: '${input.amount}'`,
				description: 'Write it as a number, for example 1.250.000.',
				field: 'amount',
				code: 'unreadableAmount',
				values: { amount: input.amount },
			});
		}
		const { lead, changed, before } = await changeLeadStageInside(tx, store, profile, {
			leadId: input.leadId,
			stage: input.stage,
			amount: amount === undefined ? undefined : Number(amount),
			currency: input.currency,
			lostReason: input.lostReason,
			requestId,
			actor,
		});
		return {
			answer: { leadId: lead.id, stage: lead.stage },
			...(changed
				? {
						output: 'crearLead' as const,
						item: {
							leadId: lead.id,
							action: 'stage_changed',
							before,
							stage: lead.stage,
							amount: lead.amount,
							currency: lead.currency,
							lostReason: lead.lost_reason,
						},
					}
				: {}),
		};
	},
};
