import { classify } from '../classifier/classify';
import { isQuestion } from '../knowledge/asking';
import type { KnowledgeFinding } from '../knowledge/knowledge';
import { ownValue } from '../ownValue';
import type { BusinessProfile } from '../profile/businessProfile';
import { isMenuCommand, isSmallTalk } from './absorb/commands';
import { explain, MOST_ANSWERS } from './knowledgeAnswers';
import type { Afterthought } from './memory';
import { placeNamed } from './readAnswer';
import type { Turn } from './turn';
import type { TurnEvent } from './types';

/** As many as a hurried person writes in the seconds that registering takes. */
const MOST = 20;

/**
 * Between asking for a case and its number nothing can be answered well: what the customer writes or taps meanwhile is kept as
 * it came. Files are not lost either way; they wait with the state.
 */
export function keepForLater(turn: Turn, { messages, transcripts, knowledge }: TurnEvent): void {
	const kept = messages.flatMap(({ id, content, groupId }): Afterthought[] => {
		if (groupId !== undefined) return [];
		// What the knowledge answers whole is said with the confirmation.
		const finding = ownValue(knowledge, id);
		if (finding?.kind === 'answer' && finding.complete) return [];
		const { reply } = content;
		if (reply?.id !== undefined)
			return [{ tap: reply.id, ...(reply.title === undefined ? {} : { title: reply.title }) }];
		const text = (ownValue(transcripts, id) ?? content.text ?? content.media?.caption ?? '').trim();
		return text === '' ? [] : [{ text }];
	});
	turn.memory.afterthoughts = [...(turn.memory.afterthoughts ?? []), ...kept].slice(-MOST);
}

/** What the business's own knowledge says to a question that came meanwhile goes with the confirmation (B20). */
export function keepAnswers(turn: Turn, findings: readonly KnowledgeFinding[]): void {
	const answers = findings.filter(({ kind }) => kind === 'answer');
	if (answers.length === 0) return;
	for (const answer of answers) explain(turn, answer);
	const parts = [...(turn.memory.answersWithCase ?? []), ...answers.flatMap((answer) => answer.parts)];
	const once = new Map(parts.map((part) => [JSON.stringify(part), part]));
	turn.memory.answersWithCase = [...once.values()].slice(0, MOST_ANSWERS);
}

export interface SortedAfterthoughts {
	/** Belongs to the case that was registered. */
	readonly notes: readonly string[];
	/** Wants an answer of its own. */
	readonly wishes: readonly Afterthought[];
}

/**
 * Tells what was only added to the request from what wants an answer: the menu, another option, another need, a question.
 * Greetings and thanks are answered by the confirmation.
 *
 * @param caseOption option of the case that was registered
 */
export function sortAfterthoughts(
	afterthoughts: readonly Afterthought[],
	caseOption: string | undefined,
	turn: Turn,
): SortedAfterthoughts {
	const notes: string[] = [];
	const wishes: Afterthought[] = [];
	for (const afterthought of afterthoughts) {
		const { text, tap } = afterthought;
		if (tap !== undefined) {
			// A second tap on a button of the request that was just made asks for nothing new.
			const own = turn.option?.questions.some(({ field }) => tap.startsWith(`answer:${field}:`)) ?? false;
			if (!own) wishes.push(afterthought);
		} else if (text !== undefined) {
			const wish = wishIn(text, caseOption, turn);
			if (wish !== undefined) wishes.push(wish);
			else if (!isSmallTalk(text, classify(text, { profile: turn.profile }))) notes.push(text);
		}
	}
	return { notes, wishes };
}

function wishIn(text: string, caseOption: string | undefined, turn: Turn): Afterthought | undefined {
	if (isMenuCommand(text)) return { text };
	const place = placeNamed(text, turn.profile.options.length);
	const mayBeQuantity =
		turn.fields['quantity'] === undefined && (turn.option?.questions.some(({ type }) => type === 'product') ?? false);
	const option = place === undefined || mayBeQuantity ? undefined : turn.profile.options[place - 1];
	if (option !== undefined) return { tap: `option:${option.id}`, title: text };
	if (isQuestion(text) && !isSmallTalk(text, classify(text, { profile: turn.profile }))) return { text };
	const needed = optionNeeded(text, turn.profile);
	return needed === undefined || needed === caseOption ? undefined : { text };
}

function optionNeeded(text: string, profile: BusinessProfile): string | undefined {
	const { intent, confidence, matched } = classify(text, { profile });
	// "es una epson" speaks of a thing; only what asks for something wants an answer.
	const asks = matched.some((rule) => rule.intent === intent && rule.weight >= 2);
	if (!asks || confidence < profile.classifier.threshold) return undefined;
	return profile.options.find(({ intents }) => intents.includes(intent))?.id;
}
