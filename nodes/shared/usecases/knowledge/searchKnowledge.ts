import { classify } from '../../domain/classifier/classify';
import type { KnowledgeFinding } from '../../domain/knowledge/knowledge';
import { countUnanswered, type CountedQuestion } from '../../store/repositories/unansweredQuestions';
import type { Store } from '../../store/store';
import { renderText } from '../../text/render';
import { answerableKinds, answerFromKnowledge } from './answerFromKnowledge';
import { profileInForce } from '../profile/businessProfile';
import type { ItemJson } from '../emit/items';

/** What the bot would say to a text from the knowledge, and why. */
export async function searchKnowledge(store: Store, text: string, language?: string): Promise<ItemJson> {
	const { profile } = await profileInForce(store);
	const kept = await answerableKinds(store, profile);
	const spoken = language ?? profile.language;
	const found =
		kept === undefined
			? {}
			: await answerFromKnowledge(store, profile, kept, [{ id: 'search', text, language: spoken }]);
	const finding: KnowledgeFinding | undefined = found['search'];
	const { intent, confidence } = classify(text, { profile });
	return {
		text,
		result: finding?.kind ?? 'notAsked',
		answer: finding === undefined ? null : finding.parts.map((part) => renderText(part, profile, spoken)).join('\n\n'),
		sources: (finding?.sources ?? []).map(({ kind, id, title, score }) => ({
			kind,
			id,
			title,
			score: Math.round(score * 100) / 100,
		})),
		intent,
		confidence,
		why: reason(finding, profile.knowledge.answers === 'on'),
	};
}

function reason(finding: KnowledgeFinding | undefined, isOn: boolean): string {
	if (!isOn) return 'Answers from the knowledge are switched off in the business profile.';
	switch (finding?.kind) {
		case 'answer':
			return 'This fits best and well enough.';
		case 'several':
			return 'These fit alike: the customer is asked which one is meant.';
		case 'none':
			return 'It is a question, and nothing that is kept fits well enough. It is kept among the unanswered questions.';
		default:
			return 'It asks nothing that the knowledge is for, or nothing is kept yet: the dialogue goes its own way.';
	}
}

/** An unanswered question, and whether it would be answered by now. */
export async function unansweredCard(store: Store, counted: CountedQuestion): Promise<ItemJson> {
	const { result, answer } = await searchKnowledge(store, counted.question);
	return {
		question: counted.question,
		times: counted.times,
		firstAt: new Date(counted.firstAt).toISOString(),
		lastAt: new Date(counted.lastAt).toISOString(),
		answeredNow: result === 'answer',
		answer: result === 'answer' ? answer : null,
	};
}

const DAY = 86_400_000;

/** The questions that nothing answered, the most frequent first. */
export async function unansweredQuestions(
	store: Store,
	page: { readonly days: number; readonly after?: CountedQuestion; readonly limit: number },
): Promise<CountedQuestion[]> {
	return await countUnanswered(store.db, store.workspaceId, {
		since: store.now() - page.days * DAY,
		after: page.after,
		limit: page.limit,
	});
}
