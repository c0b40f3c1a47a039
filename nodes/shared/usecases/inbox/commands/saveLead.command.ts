import type { LeadDraft } from '../../../domain/leads/leadDraft';
import { createLeadInside } from '../../leads/createLead';
import { Refusal } from '../refusal';
import type { Command } from './command';
import { leadItem } from './leadItem';
import { conversationSubject } from './locate';
import { requestOf } from '../requestOf';

/** What an advisor may change in the preview; the rest comes from the conversation. */
const WRITTEN = [
	'name',
	'phone',
	'identification',
	'email',
	'company',
	'city',
	'requestType',
	'product',
	'quantity',
	'budget',
	'need',
	'nextStep',
] as const;

const LISTS = ['summary', 'keyQuestions', 'objections'] as const;

function draftOf(values: Readonly<Record<string, string>>): Partial<LeadDraft> {
	const said = Object.entries(values).filter(([, value]) => value.trim() !== '');
	const unknown = said.find(
		([field]) =>
			![...WRITTEN, ...LISTS, 'urgency'].some((known) => known === field) && field !== 'stage' && field !== 'score',
	);
	if (unknown) {
		throw new Refusal(422, {
			message: `A lead has no field '${unknown[0]}'`,
			description: 'Load the page again.',
			field: `values.${unknown[0]}`,
			code: 'noLeadField',
			values: { field: unknown[0] ?? '' },
		});
	}
	const entries = said.flatMap(([field, value]): Array<[string, unknown]> => {
		if (WRITTEN.some((known) => known === field)) return [[field, value.trim()]];
		if (LISTS.some((known) => known === field))
			return [[field, value.split('\n').filter((line) => line.trim() !== '')]];
		if (field === 'urgency') return [[field, value === 'high' ? 'high' : 'normal']];
		return [];
	});
	return Object.fromEntries(entries) as Partial<LeadDraft>;
}

/** «Crear Lead» or «Actualizar Lead»: nothing twice, and nothing known becomes empty (P2). */
export const saveLead: Command<'saveLead'> = {
	about: 'customer',
	locate: conversationSubject,
	async run(tx, context, { contactId }, { conversationId, values }) {
		const { store, profile, actor } = context;
		const { lead, action } = await createLeadInside(tx, store, profile, {
			contactId,
			conversationId,
			requestId: requestOf(context),
			values: draftOf(values),
			actor,
		});
		return {
			answer: { leadId: lead.id, action },
			output: 'crearLead',
			item: leadItem(lead, action),
		};
	},
};
