import type { WhatsAppClient } from '../../clients/whatsapp/client';
import {
	readsTheSame,
	templateComponents,
	templateProblems,
	type TemplateText,
} from '../../domain/templates/templateRules';
import { RequestFailure } from '../../http/failure';
import { starterTemplates, templateStateInWords, type StarterLanguage } from '../../text/starterTemplates';
import { accountTemplates, keyOf } from './accountTemplates';

/** Meta's code for a name that has this language already: somebody handed it in at the same time. */
const TAKEN = '2388024';

export interface StarterOutcome {
	readonly name: string;
	readonly languageCode: string;
	readonly purpose: string;
	/** `differs`: the account has one of this name with other words, which stays as it is. */
	readonly outcome: 'created' | 'exists' | 'differs' | 'refused' | 'postponed' | 'unknown';
	readonly templateId?: string;
	readonly status?: string;
	readonly category?: string;
	/** In words. */
	readonly message: string;
}

export type StarterClient = Pick<WhatsAppClient, 'createTemplate' | 'listTemplates'>;

/** The set as it would be handed in; a text of ours that Meta would refuse is a fault of ours and no surprise of the account's. */
export function starterDrafts(
	languages: readonly StarterLanguage[],
): ReadonlyArray<TemplateText & { purpose: string }> {
	const drafts = starterTemplates(languages);
	for (const draft of drafts) {
		const problems = templateProblems(draft);
		if (problems.length > 0) throw new Error(`${draft.name} (${draft.languageCode}): ${problems.join('; ')}`);
	}
	return drafts;
}

async function handIn(client: StarterClient, draft: TemplateText & { purpose: string }): Promise<StarterOutcome> {
	const { name, languageCode, purpose, category } = draft;
	const about = { name, languageCode, purpose };
	try {
		const created = await client.createTemplate({
			name,
			languageCode,
			category,
			components: templateComponents(draft),
			parameterFormat: 'POSITIONAL',
			allowCategoryChange: true,
		});
		const status = created.status ?? 'PENDING';
		const message = templateStateInWords(status);
		return {
			...about,
			outcome: 'created',
			templateId: created.id,
			status,
			category: created.category ?? category,
			message,
		};
	} catch (error) {
		if (!(error instanceof RequestFailure)) throw error;
		if (error.subcode === TAKEN) {
			return { ...about, outcome: 'exists', message: 'Handed in by somebody else at the same time' };
		}
		// A token that is not accepted is not accepted for the others either.
		if (error.kind === 'unauthorized') throw error;
		if (error.kind === 'rate_limited')
			return { ...about, outcome: 'postponed', message: `${error.message}. Run it again later.` };
		// No answer: it may have arrived. The next run looks first, so it is never handed in twice.
		if (error.kind === 'unknown_outcome' || error.kind === 'temporary') {
			return { ...about, outcome: 'unknown', message: `${error.message}. Run it again: it looks first what is there.` };
		}
		return { ...about, outcome: 'refused', message: error.message };
	}
}

/**
 * Hands in what the account does not have yet of the starter set (O14). A template of the same name stays as it is, with the same words
 * or with others; run again, nothing is handed in twice. One that is refused does not stop the others.
 * @throws RequestFailure when the account's templates cannot be read.
 */
export async function createStarterSet(
	client: StarterClient,
	languages: readonly StarterLanguage[],
): Promise<readonly StarterOutcome[]> {
	const known = await accountTemplates(client);
	const outcomes: StarterOutcome[] = [];
	for (const draft of starterDrafts(languages)) {
		const { name, languageCode, purpose } = draft;
		const there = known.get(keyOf(name, languageCode));
		if (there === undefined) {
			outcomes.push(await handIn(client, draft));
			continue;
		}
		const same = readsTheSame({ components: templateComponents(draft) as typeof there.components }, there);
		outcomes.push({
			name,
			languageCode,
			purpose,
			outcome: same ? 'exists' : 'differs',
			templateId: there.id,
			status: there.status,
			category: there.category,
			message: `${templateStateInWords(there.status, there.rejected_reason)}${same ? '' : '. Its words are others than ours: yours stay'}`,
		});
	}
	return outcomes;
}
