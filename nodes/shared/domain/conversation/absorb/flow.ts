import { saysDetails } from '../../classifier/classify';
import { parsePersonName } from '../../identity/personName';
import type { MenuOption, Question } from '../../profile/businessProfile';
import type { Turn } from '../turn';

/** Starts an option's flow; the one before is left with its answers. */
export function chooseOption(turn: Turn, option: MenuOption): void {
	// Whoever chooses from the menu leaves what was under way, with what it was about.
	const chosenInstead = turn.state.menuPending && turn.option !== undefined;
	turn.state.menuPending = false;
	delete turn.memory.menuShown;
	if (turn.option?.id === option.id) return;
	const subject = chosenInstead ? undefined : turn.state.subject;
	const expectsContact =
		turn.state.asked !== undefined && turn.isContactField(turn.state.asked) ? turn.state.asked : undefined;
	const times = turn.state.askedTimes;
	turn.leaveFlow();
	if (expectsContact !== undefined) {
		turn.state.asked = expectsContact;
		turn.state.askedTimes = times;
	}
	if (subject !== undefined) turn.state.subject = subject;
	turn.option = option;
	turn.progress = true;
	turn.understood.push(option.label);
	advance(turn);
}

/** A question that will not be asked again; the flow goes on without the answer. */
export function giveUp(turn: Turn, field: string): void {
	const question = turn.question(field);
	if (question?.type === 'name' && turn.contact.profileName) {
		// D30: the name of the WhatsApp profile, marked as unverified.
		const profileName = parsePersonName(turn.contact.profileName) ?? turn.contact.profileName;
		turn.keep(field, profileName, false);
	} else {
		turn.keep(field, '');
	}
	if (question?.type === 'advisor') turn.memory.advisorGivenUp = true;
	if (turn.state.asked === field) delete turn.state.asked;
}

/** After an answer, the next message of the same turn is read against the next question. */
export function advance(turn: Turn): void {
	const { asked } = turn.state;
	if (asked !== undefined && turn.answer(asked) === undefined) return;
	delete turn.state.asked;
}

/** The question that a message may answer: the one that was asked, or the next one once that is answered. */
export function expected(turn: Turn): Question | undefined {
	const { asked } = turn.state;
	if (asked !== undefined && turn.answer(asked) === undefined) return turn.question(asked);
	return turn.progress ? turn.missing()[0] : undefined;
}

/** The session's own case while it is open, and nothing else is under way. */
export function sessionCase({ memory, option, contact }: Turn): string | undefined {
	return option === undefined && contact.openCases.some(({ id }) => id === memory.caseId) ? memory.caseId : undefined;
}

/** "que sea con 16 de RAM" where a choice was asked: no answer, and yet part of the request (B6). */
export function keepDetails(turn: Turn, text: string): void {
	if (!saysDetails(text, turn.profile) || turn.option === undefined) return;
	const before = turn.fields['details'];
	if (before?.includes(text)) return;
	turn.keep('details', before === undefined ? text : `${before}. ${text}`);
}

/** Adds words to what the request is about. */
export function appendSubject(turn: Turn, text: string): void {
	const before = turn.state.subject;
	// "1" where no menu was on screen is no subject.
	if (before?.includes(text) || !/\p{L}{2}|\d{3}/u.test(text)) return;
	turn.state.subject = (before === undefined ? text : `${before}\n${text}`).slice(0, 2000);
}
