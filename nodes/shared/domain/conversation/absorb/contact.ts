import { plain } from '../../classifier/normalise';
import type { Classification } from '../../classifier/types';
import { FAMILIAR_NAMES } from '../../identity/familiarNames';
import { findPersonName, parsePersonName } from '../../identity/personName';
import { readAnswer } from '../readAnswer';
import type { Turn } from '../turn';
import { absorbRest } from './answer';
import { isNeed } from './prefill';

/** "Ana" and "Gil" in two messages are one name: in one turn, or where the surname comes instead of the identification. */
export function extendsName(turn: Turn, text: string, classification: Classification): boolean {
	const now = turn.learned.find(({ field }) => field === 'name')?.value;
	const asked = turn.state.asked === undefined ? undefined : turn.question(turn.state.asked);
	const first = now ?? (asked?.type === 'identification' ? turn.answer('name') : undefined);
	if (first === undefined || isNeed(classification)) return false;
	const more = parsePersonName(text);
	const isPerson = (name: string): boolean =>
		plain(name)
			.split(' ')
			.some((part) => FAMILIAR_NAMES.has(part));
	if (first === '') {
		// The name that was given up comes after all.
		if (more === undefined || !isPerson(more)) return false;
		turn.keep('name', more);
		return true;
	}
	if (first.includes(' ')) {
		// "Compras Metalmec", and then who it is that writes.
		if (now !== undefined || isPerson(first) || !more?.includes(' ') || !isPerson(more)) return false;
		turn.keep('name', more);
		return true;
	}
	if (more === undefined || (now === undefined && !FAMILIAR_NAMES.has(plain(more).split(' ')[0] ?? ''))) return false;
	turn.keep('name', `${first} ${more}`);
	return true;
}

/** A full name or an identification that nobody has asked for yet, and nothing else ("Pedro Páez Rojas"). */
export function absorbOfferedContact(turn: Turn, text: string, classification: Classification): boolean {
	if (isNeed(classification)) return false;
	const [name, identification] = (['name', 'identification'] as const).map((type) =>
		turn.missingContact().find((question) => question.type === type),
	);
	const found = name === undefined ? undefined : findPersonName(text);
	const words = plain(found?.name ?? '').split(' ');
	// "Luis" under the menu that a second "hola" brought still answers the question above it.
	const offers = words.length > 1 || (turn.state.menuPending && found?.rest === '');
	if (name !== undefined && found !== undefined && offers && words.some((word) => FAMILIAR_NAMES.has(word))) {
		turn.keep(name.field, found.name);
		if (found.rest !== '') absorbRest(turn, name, found.rest, text, classification);
		return true;
	}
	if (identification === undefined || !/^[\d.\s-]{6,}$/.test(text)) return false;
	const answer = readAnswer(turn, identification, text, classification);
	if (answer.kind !== 'answered') return false;
	for (const [field, value] of Object.entries(answer.values)) turn.keep(field, value);
	return true;
}
