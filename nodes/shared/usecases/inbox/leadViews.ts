import type { LeadView, PersonOfTeam } from '../../domain/inbox/views';
import type { LeadDraft } from '../../domain/leads/leadDraft';
import { attachmentsOf } from '../../store/repositories/attachments';
import type { LeadRow } from '../../store/repositories/leads';
import type { Executor, Store } from '../../store/store';
import { draftOfLead } from '../leads/createLead';

/** Single values of a lead as text. Lists and what is JSON have places of their own. */
export function inWords(draft: LeadDraft): Record<string, string> {
	const { summary: _summary, keyQuestions, objections, source: _source, consent: _consent, ...single } = draft;
	const lists = { keyQuestions: keyQuestions?.join('\n'), objections: objections?.join('\n') };
	return Object.fromEntries(
		Object.entries({ ...single, ...lists }).flatMap(([field, value]) =>
			value === undefined || value === '' ? [] : [[field, String(value)]],
		),
	);
}

export async function leadView(
	executor: Executor,
	store: Store,
	lead: LeadRow,
	person: (id: string | null) => PersonOfTeam | undefined,
): Promise<LeadView> {
	const draft = draftOfLead(lead);
	const { stage: _stage, score: _score, keyQuestions: _questions, objections: _objections, ...values } = inWords(draft);
	const advisor = person(lead.advisor_id);
	const files = await attachmentsOf(executor, store.workspaceId, 'lead', lead.id);
	return {
		id: lead.id,
		stage: lead.stage,
		score: lead.score,
		values,
		summary: draft.summary ?? [],
		keyQuestions: draft.keyQuestions ?? [],
		objections: draft.objections ?? [],
		...(advisor === undefined ? {} : { advisor }),
		...(lead.amount === null ? {} : { amount: lead.amount }),
		...(lead.currency === null ? {} : { currency: lead.currency }),
		attachments: files.length,
		messages: lead.message_ids === null ? 0 : (JSON.parse(lead.message_ids) as unknown[]).length,
		createdAt: new Date(lead.created_at).toISOString(),
		updatedAt: new Date(lead.updated_at).toISOString(),
	};
}
