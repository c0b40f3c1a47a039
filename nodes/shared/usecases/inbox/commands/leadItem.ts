import type { LeadRow } from '../../../store/repositories/leads';

/** What the branch of Crear Lead is told of a lead that an advisor made or changed. */
export function leadItem(lead: LeadRow, action: string): Readonly<Record<string, unknown>> {
	return {
		leadId: lead.id,
		action,
		stage: lead.stage,
		score: lead.score,
		name: lead.name,
		product: lead.product,
		need: lead.need,
		budget: lead.budget,
	};
}
