import { isWordWithoutMeaning, saysDetails } from '../../classifier/classify';
import { plain } from '../../classifier/normalise';
import type { Classification } from '../../classifier/types';
import { ownValue } from '../../ownValue';
import type { MenuOption, Question } from '../../profile/businessProfile';
import { bareWords, choiceNamed, placeNamed } from '../readAnswer';
import type { Turn } from '../turn';
import type { AdvisorFacts } from '../types';

/** Whether the classifier found something that the business can do for them. */
export const isNeed = ({ intent }: Classification): boolean => !['greeting', 'thanks', 'unknown'].includes(intent);

/** "cuánto vale este?" beside a photo. */
export const POINTS_AT = /\b(?:est[eao]s?|es[eao]s?|foto|imagen|adjunt[oa]s?|archivo|documento|lista)\b/;

/** Fills the questions that the message already answers, so that they are not asked (B6). */
export function prefill(turn: Turn, text: string, classification: Classification, answered?: string): void {
	const { entities, intent } = classification;
	const { option } = turn;
	if (option === undefined || (isNeed(classification) && intent !== 'human' && !option.intents.includes(intent)))
		return;
	for (const question of option.questions) {
		if (question.field === answered || ownValue(turn.fields, question.field) !== undefined) continue;
		const value = offered(turn, option, question, text, classification);
		if (value !== undefined && value !== '') turn.keep(question.field, value);
	}
	if (
		entities.quantity !== undefined &&
		turn.fields['quantity'] === undefined &&
		option.questions.some(({ field }) => field === 'quantity')
	)
		turn.keep('quantity', String(entities.quantity));
}

/** "le pedí a Carla Rojas unos monitores": first name and surname of one of the team say whom. */
function advisorNamedInFull(text: string, advisors: readonly AdvisorFacts[]): string | undefined {
	const words = ` ${bareWords(text)} `;
	const named = advisors.filter(({ name }) => name.includes(' ') && words.includes(` ${bareWords(name)} `));
	return named.length === 1 ? named[0]?.name : undefined;
}

/** The answer to a question that was not asked, when the message offers it beyond doubt. */
function offered(
	turn: Turn,
	option: MenuOption,
	question: Question,
	text: string,
	{ entities, intent, confidence }: Classification,
): string | undefined {
	switch (question.type) {
		case 'product':
			return entities.product ?? (turn.state.attachments.length > 0 && POINTS_AT.test(plain(text)) ? text : undefined);
		case 'number':
			return question.field === 'quantity' && entities.quantity !== undefined ? String(entities.quantity) : undefined;
		case 'advisor': {
			if (turn.advisors === undefined) return entities.advisor;
			if (entities.advisor === undefined) return advisorNamedInFull(text, turn.advisors);
			const named = turn.advisors.find(({ name }) => plain(name).includes(plain(entities.advisor ?? '')));
			return named?.name;
		}
		case 'email':
			return entities.email;
		case 'city':
			return entities.city;
		case 'amount':
			return entities.amount === undefined ? undefined : String(entities.amount);
		case 'choice': {
			const byIntent = question.choices.find((choice) => choice.intents.includes(intent));
			if (byIntent !== undefined && confidence >= turn.profile.classifier.threshold / 2) return byIntent.value;
			// A word that has a meaning of its own ("información") may be said for another reason.
			const certain = question.choices.map((choice) => ({
				...choice,
				keywords: choice.keywords.filter(
					(keyword) =>
						(keyword.includes(' ') || isWordWithoutMeaning(keyword)) &&
						!option.keywords.some((word) => plain(keyword).replace(/^(?:el|la|los|las) /, '') === plain(word)),
				),
			}));
			return placeNamed(text, certain.length) === undefined ? choiceNamed(text, certain)?.value : undefined;
		}
		case 'text':
			if (question.field === 'orderNumber') return entities.orderNumber;
			// A number that was asked for is no description: details are told in words.
			return question.ask && /\p{L}{3}/u.test(text) && saysDetails(text, turn.profile) ? text : undefined;
		default:
			return undefined;
	}
}
