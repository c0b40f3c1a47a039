import { classify } from '../../classifier/classify';
import { plain } from '../../classifier/normalise';
import { parsePersonName } from '../../identity/personName';
import { ownValue } from '../../ownValue';
import { type Correction, correctionIn, correctRequest } from '../correct';
import { bareWords, choiceNamed, placeNamed } from '../readAnswer';
import type { Turn } from '../turn';
import { appendSubject, chooseOption } from './flow';

/** "no, mejor 5", "perdón, mi cédula es …": the answer before is replaced, and the question that waits goes on. */
export function absorbCorrection(turn: Turn, text: string): boolean {
	const correction = correctionIn(text);
	if (correction === undefined) return false;
	if (chooseOtherOption(turn, correction)) return true;
	const meant = classify(correction.meant, { profile: turn.profile });
	const { name, identification, identificationType, email } = meant.entities;
	const asked = turn.state.asked === undefined ? undefined : turn.question(turn.state.asked);
	let corrected = false;
	const replace = (field: string, value: string | undefined): void => {
		if (value === undefined || turn.answer(field) === undefined) return;
		turn.keep(field, value);
		corrected = true;
	};
	replace('name', name ?? nameAgain(turn, correction.meant));
	replace('identification', identification);
	if (corrected) replace('identificationType', identificationType);
	replace('email', email);
	if (corrected) return true;
	if (turn.option === undefined || asked?.type === 'product' || asked?.type === 'number') return false;
	// A pending choice that the words name is answered, not corrected: "mejor solo información".
	if (asked !== undefined && asked.type === 'choice' && choiceNamed(correction.meant, asked.choices) !== undefined)
		return false;
	if (!correctRequest(turn, correction, meant)) return false;
	if (turn.state.subject !== undefined) appendSubject(turn, text);
	return true;
}

/** "perdón, era la 2" right after "1", before the option's first answer: the other option is meant. */
function chooseOtherOption(turn: Turn, { meant, strong }: Correction): boolean {
	const { option } = turn;
	if (!strong || option === undefined || !/^(?:(?:la|el|opcion|numero) )+\S+$/.test(bareWords(meant))) return false;
	if (option.questions.some(({ field }) => ownValue(turn.fields, field) !== undefined)) return false;
	const place = placeNamed(meant, turn.profile.options.length);
	const other = place === undefined ? undefined : turn.profile.options[place - 1];
	if (other === undefined || other.id === option.id) return false;
	chooseOption(turn, other);
	turn.rules.push(`menu: “${meant}”`);
	return true;
}

/** "perdón, Ana Ruiz" right after "Ana Ruis": the same name once more, written better. */
function nameAgain(turn: Turn, meant: string): string | undefined {
	const before = turn.answer('name');
	const name = before ? parsePersonName(meant) : undefined;
	if (before === undefined || name === undefined) return undefined;
	const known = plain(before).split(' ');
	return plain(name)
		.split(' ')
		.some((part) => known.includes(part))
		? name
		: undefined;
}
