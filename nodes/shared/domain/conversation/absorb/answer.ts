import { classify } from '../../classifier/classify';
import { readQuantity } from '../../classifier/entities';
import type { Classification } from '../../classifier/types';
import { ownValue } from '../../ownValue';
import type { Question } from '../../profile/businessProfile';
import { bareWords, choiceNamed, placeNamed, readAnswer } from '../readAnswer';
import type { Turn } from '../turn';
import { absorbFacts } from './facts';
import { advance, appendSubject, giveUp, keepDetails } from './flow';
import { absorbNeed } from './needs';
import { isNeed, prefill } from './prefill';

/** Reads a text as the answer to the question that waits; false when it is none. */
export function absorbAnswer(turn: Turn, question: Question, text: string, classification: Classification): boolean {
	const answer = readAnswer(turn, question, text, classification);
	switch (answer.kind) {
		case 'answered': {
			if (turn.refused?.field === question.field) turn.refused = undefined;
			for (const [field, value] of Object.entries(answer.values)) turn.keep(field, value);
			turn.memory.misses = 0;
			if (question.type === 'text' || question.type === 'product') appendSubject(turn, text);
			advance(turn);
			if (answer.rest !== undefined) absorbRest(turn, question, answer.rest, text, classification);
			return true;
		}
		case 'declined':
			giveUp(turn, question.field);
			advance(turn);
			return true;
		case 'refused':
			// A question that was not asked yet cannot be refused: the message speaks of something else.
			if (turn.state.asked !== question.field) return question.type === 'choice' && countsLate(turn, text);
			if (
				classification.intent === 'greeting' ||
				classification.intent === 'thanks' ||
				classification.intent === 'human'
			)
				return false;
			if (answersAnother(turn, question, text)) return true;
			if (question.type === 'choice' && (countsLate(turn, text) || asksAnew(turn, classification))) return true;
			for (const [field, value] of Object.entries(answer.values ?? {}))
				if (turn.answer(field) === undefined) turn.keep(field, value);
			if (question.type === 'choice' && !nameProductLate(turn, classification)) keepDetails(turn, text);
			turn.refused = {
				field: question.field,
				parts: answer.parts ?? [{ text: question.invalidTextKey ?? question.textKey }],
			};
			return true;
		case 'none':
			return false;
	}
}

/** What an answer says besides; words that were taken as the name are no need ("Luis Mora"). */
export function absorbRest(
	turn: Turn,
	question: Question,
	rest: string,
	text: string,
	classification: Classification,
): void {
	const said = rest === text ? classification : classify(rest, { profile: turn.profile });
	absorbFacts(turn, said);
	const next = turn.missingContact().find(({ type }) => type === 'identification');
	const also = question.type === 'name' && next !== undefined ? readAnswer(turn, next, rest, said) : undefined;
	if (also?.kind === 'answered') for (const [field, value] of Object.entries(also.values)) turn.keep(field, value);
	const company = question.type === 'identification' ? companyNamed(rest) : undefined;
	if (company !== undefined) turn.keep('company', company);
	else if (turn.isContactField(question.field) && isNeed(said)) absorbNeed(turn, rest, said);
	// What stands beside the number tells whose it is, not what is wanted; "… formal" chooses all the same.
	else if (question.type === 'identification' && !placeChoice(turn, rest)) appendSubject(turn, rest);
	else prefill(turn, rest, said, question.field);
}

/** "el NIT de la empresa es … Suministros Alfa": whose number it is. */
const COMPANY =
	/\b(?:empresa|raz[oó]n social|compa[nñ][ií]a)\b(?:\s+(?:es|se llama|de))*[\s:,]+(\p{Lu}[^\d,.;?¿]{2,60})$/u;

const companyNamed = (text: string): string | undefined => COMPANY.exec(text.normalize('NFC'))?.[1]?.trim();

/** The product that was not known when it was asked for, said where the next question waits. */
function nameProductLate(turn: Turn, { entities, intent }: Classification): boolean {
	const question = turn.option?.questions.find(({ type }) => type === 'product');
	if (question === undefined || ownValue(turn.fields, question.field) || entities.product === undefined) return false;
	if (intent !== 'quotation' && intent !== 'unknown') return false;
	turn.keep(question.field, entities.product);
	if (entities.quantity !== undefined) turn.keep('quantity', String(entities.quantity));
	return true;
}

/** "como 5", "que sean 3" where a choice was asked: how many there are to be. */
function countsLate(turn: Turn, text: string): boolean {
	if (turn.option?.questions.every(({ field }) => field !== 'quantity')) return false;
	const said = bareWords(text);
	const words = said.replace(AROUND_A_NUMBER, ' ').trim().split(/\s+/);
	const counted = readQuantity(words, 0);
	if (counted?.length !== words.length) return false;
	// A bare "3" may be a slip for one of two choices: it takes no known number's place.
	if (turn.fields['quantity'] !== undefined && words.join(' ') === said) return false;
	turn.keep('quantity', String(counted.value));
	return true;
}

const AROUND_A_NUMBER =
	/\b(?:como|unas?(?= \S)|unos|son|serian|que sean?|pongale|pongame|mejor|mejor dicho|entonces|no|aproximadamente|aprox|mas o menos|alrededor de|en total|solo|nada mas|necesitamos|unidades|unidad|unds?|uds)\b/g;

/** After a silence, "cotizar una impresora" is what is wanted now, in the place of what was asked for then. */
function asksAnew(turn: Turn, { intent, entities, matched }: Classification): boolean {
	const product = turn.option?.questions.find(({ type }) => type === 'product');
	if (turn.state.mode !== 'closed' || product === undefined || entities.product === undefined) return false;
	if (!turn.option?.intents.includes(intent) || !matched.some((rule) => rule.intent === intent && rule.weight >= 2))
		return false;
	turn.keep(product.field, entities.product);
	delete turn.fields['quantity'];
	if (entities.quantity !== undefined) turn.keep('quantity', String(entities.quantity));
	return true;
}

/** "formal" said while the product is asked for: the answer to a later question is taken, the pending one stays. */
function answersAnother(turn: Turn, question: Question, text: string): boolean {
	for (const other of turn.missingInFlow()) {
		if (other.field === question.field || other.type !== 'choice' || placeNamed(text, 10) !== undefined) continue;
		const named = choiceNamed(text, other.choices);
		if (named === undefined) continue;
		turn.keep(other.field, named.value);
		return true;
	}
	return false;
}

/** "formal" beside the need: the choice that the flow has not asked for yet. */
function placeChoice(turn: Turn, text: string): boolean {
	if (placeNamed(text, 10) !== undefined) return false;
	for (const { field, type, choices } of turn.missingInFlow()) {
		const named = type === 'choice' ? choiceNamed(text, choices) : undefined;
		if (named === undefined) continue;
		turn.keep(field, named.value);
		return true;
	}
	return false;
}

/** Words that stood beside the need in the same turn may be the first answer of its flow. */
export function placeLeftovers(turn: Turn): void {
	const texts = turn.leftovers.splice(0);
	for (const text of texts) {
		if (placeChoice(turn, text)) continue;
		const question = turn.missingInFlow().find(({ type }) => type === 'product' || type === 'text');
		if (question === undefined || !absorbAnswer(turn, question, text, classify(text, { profile: turn.profile })))
			turn.leftovers.push(text);
	}
}
