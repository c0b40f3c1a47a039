import type { BusinessProfile, Question } from '../profile/businessProfile';
import type { Turn } from './turn';
import type { ChoicePart } from './types';

/** The menu's buttons. */
export const menuChoices = (profile: BusinessProfile): ChoicePart[] =>
	profile.options.map(({ id }) => ({ id: `option:${id}`, text: `option:${id}` }));

/** A button with words of its own: a person's name. */
export const literalChoice = (id: string, title: string): ChoicePart => ({ id, text: 'literal', values: { title } });

/** The buttons of a question, the first time and when it is asked again. */
export function choicesOf(turn: Turn, question: Question, again: boolean): ChoicePart[] | undefined {
	switch (question.type) {
		case 'choice':
			return question.choices.map(({ value }) => ({
				id: `answer:${question.field}:${value}`,
				text: `choice:${question.field}:${value}`,
			}));
		case 'identification':
			return again ? [{ id: `skip:${question.field}`, text: 'choice_no_identification' }] : undefined;
		case 'advisor': {
			const everyone = turn.profile.advisors.showAll && (turn.advisors?.length ?? 0) <= 9 ? turn.advisors : undefined;
			const names = again ? (turn.memory.advisorsOffered ?? []) : (everyone ?? []).map(({ name }) => name);
			if (!again && names.length === 0) return undefined;
			return [
				...names.slice(0, 9).map((name) => literalChoice(`answer:${question.field}:${name}`, name)),
				{ id: `skip:${question.field}`, text: 'choice_do_not_remember' },
			];
		}
		default:
			return undefined;
	}
}
