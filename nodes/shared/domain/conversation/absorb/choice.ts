import { plain } from '../../classifier/normalise';
import type { BusinessProfile, MenuOption } from '../../profile/businessProfile';
import { correctionIn } from '../correct';
import { bareWords, placeNamed } from '../readAnswer';
import type { Turn } from '../turn';
import { chooseOption } from './flow';

/** "1 y 3": the first is begun, the next one waits (D15). */
function chooseSeveral(turn: Turn, text: string): boolean {
	const places = /^\s*(\d)(?:\s*(?:y|e|,|-|\/|&|and)\s*(\d))+\s*$/i.test(plain(text))
		? (plain(text).match(/\d/g) ?? [])
		: [];
	const chosen = [...new Set(places)].map((place) => turn.profile.options[Number(place) - 1]);
	const [first, second] = chosen;
	if (first === undefined || second === undefined) return false;
	chooseOption(turn, first);
	turn.memory.heldNeed = { option: second.id, subject: second.label };
	turn.rules.push(`menu: “${text}”`);
	return true;
}

/** Whether words may choose from the menu: it is on screen, or was, and the number is no answer to what was asked since. */
export function menuInReach(turn: Turn, text: string): boolean {
	if (turn.state.menuPending || turn.commands.has('menu')) return true;
	const { asked } = turn.state;
	return (
		turn.memory.menuShown === true &&
		turn.option === undefined &&
		asked !== undefined &&
		turn.isContactField(asked) &&
		placeNamed(text, turn.profile.options.length) !== undefined
	);
}

/** The option that a text is the name of, in any language, or one of its own words; its line of the menu counts too. */
export function optionNamed({ options }: BusinessProfile, text: string): MenuOption | undefined {
	const words = bareWords(text);
	const [, place, name] = /^(\d+) (.+)$/.exec(words) ?? [];
	return options.find(({ title, label, firstLabel, keywords, translations }, index) => {
		const names = [
			title,
			label,
			firstLabel ?? label,
			...keywords,
			...Object.values(translations).flatMap((other) => [other.title, other.label]),
		].map((known) => bareWords(known.replace(/^\s*\d+[.)]\s*/, '')));
		return names.includes(words) || (place === String(index + 1) && names.includes(name ?? ''));
	});
}

/** "1", "la segunda", "cotización": the words of an option while the menu is on screen (B2, D29). */
export function chooseByWords(turn: Turn, text: string): boolean {
	const { options } = turn.profile;
	const offered = turn.memory.severalNeeds ?? [];
	const need = offered.length > 0 && !/\d/.test(text) ? placeNamed(text, offered.length) : undefined;
	const meant = need === undefined ? undefined : options.find(({ id }) => id === offered[need - 1]?.option);
	if (meant !== undefined) {
		chooseOption(turn, meant);
		return true;
	}
	if (chooseSeveral(turn, text)) return true;
	// "perdón, era la 2" names the second.
	const named = placeNamed(text, options.length) === undefined ? (correctionIn(text)?.meant ?? text) : text;
	const place = placeNamed(named, options.length);
	const option = (place === undefined ? undefined : options[place - 1]) ?? optionNamed(turn.profile, named);
	if (option === undefined) return false;
	chooseOption(turn, option);
	turn.rules.push(`menu: “${text}”`);
	return true;
}
