import { classify } from '../../classifier/classify';
import { plain } from '../../classifier/normalise';
import type { Intent } from '../../classifier/types';
import type { MenuOption } from '../../profile/businessProfile';
import { placeLeftovers } from '../absorb/answer';
import { chooseOption, keepDetails } from '../absorb/flow';
import { prefill } from '../absorb/prefill';
import type { HeldNeed } from '../memory';
import { menuChoices } from '../questions';
import type { SaidNeed, Turn } from '../turn';
import { goOnAsking } from './ask';
import { continueCase, decideDuplicate, decideMoreOfTheSame, duplicateOfSession } from './cases';
import { type Decision, silent } from './decision';
import { greetingParts, outOfHours } from './greeting';

/** "ya no, gracias": what is under way is left, and nobody is reminded of it. */
export function decideCancel(turn: Turn): Decision | undefined {
	if (!turn.commands.has('cancel') || turn.needs.length > 0) return undefined;
	turn.understood.push(`${turn.option?.label ?? 'the request'} cancelled`);
	turn.leaveFlow();
	delete turn.memory.heldNeed;
	delete turn.memory.laterNeeds;
	delete turn.memory.severalNeeds;
	turn.state.mode = 'closed';
	turn.memory.closedAs = 'cancelled';
	return { parts: [{ text: 'cancelled' }], next: 'The customer does not want to go on.' };
}

/** "un momento, ya averiguo": nobody is pressed; the question waits as it was, and is not asked once more. */
export function decideNeedsTime(turn: Turn): Decision | undefined {
	const more = turn.progress || turn.needs.length > 0 || turn.leftovers.length > 0 || turn.files.length > 0;
	if (!turn.commands.has('needs_time') || more || turn.state.mode !== 'bot') return undefined;
	turn.understood.push('the customer needs time');
	if (!turn.firstTime('needs_time')) return silent('The customer knows that there is time.');
	return { parts: [{ text: 'G2' }], next: 'The customer answers when it is known.' };
}

/** The hours are known: they are said, and what was asked before still waits. */
export function decideHours(turn: Turn): Decision | undefined {
	if (!turn.commands.has('hours') || turn.progress || turn.state.mode !== 'bot') return undefined;
	const needs = turn.needs.filter(({ text }) => !turn.written.includes(text) || classifiesWithoutHours(turn, text));
	if (needs.length > 0) return undefined;
	turn.needs.splice(0);
	const asked = turn.state.asked === undefined ? undefined : turn.question(turn.state.asked);
	const parts = [...greetingParts(turn).filter(({ text }) => text !== 'B1'), { text: 'business_hours' }];
	if (asked !== undefined) return goOnAsking(turn, parts, asked);
	if (turn.option === undefined) turn.state.menuPending = true;
	return {
		parts: [...parts, { text: 'A4' }],
		choices: menuChoices(turn.profile),
		next: 'The customer chooses from the menu.',
	};
}

/** Whether a message that asks for the hours names a thing as well ("precio de la impresora y hasta qué hora atienden"). */
function classifiesWithoutHours(turn: Turn, text: string): boolean {
	const { entities, intent } = classify(text, { profile: turn.profile });
	return entities.product !== undefined || entities.orderNumber !== undefined || intent !== 'quotation';
}

/** "nada, gracias" at the menu: nobody is reminded of it. */
export function nothingNeeded(turn: Turn): Decision {
	turn.state.menuPending = false;
	turn.state.mode = 'closed';
	delete turn.state.asked;
	turn.state.askedTimes = 0;
	turn.memory.closedAs = 'nothing_needed';
	return {
		parts: [...greetingParts(turn).filter(({ text }) => text !== 'B1'), { text: 'thanks' }],
		next: 'Nothing is needed.',
	};
}

/** D15: the need that was held back is offered after the first; a yes begins its flow, a no ends it. */
export function decideHeldNeed(turn: Turn): Decision | undefined {
	const held = turn.memory.heldNeed;
	if (held === undefined && turn.commands.has('no_thanks') && turn.needs.length === 0 && turn.option === undefined)
		return nothingNeeded(turn);
	if (held === undefined || turn.option !== undefined) return undefined;
	if (turn.commands.has('no_thanks')) {
		delete turn.memory.heldNeed;
		delete turn.memory.laterNeeds;
		return turn.firstTime('thanks')
			? { parts: [{ text: 'thanks' }], next: 'Nothing more.' }
			: silent('The customer needs nothing more.');
	}
	if (!turn.commands.has('resume')) return undefined;
	keepWaiting(turn, waitingNeeds(turn).slice(1));
	const option = turn.profile.options.find(({ id }) => id === held.option);
	if (option === undefined) return undefined;
	chooseOption(turn, option);
	turn.state.subject = held.subject;
	prefill(turn, held.subject, classify(held.subject, { profile: turn.profile }));
	return undefined;
}

/** B2: "menú" from anywhere, and a second greeting that says nothing else, show the menu. */
export function decideMenu(turn: Turn): Decision | undefined {
	const greetedAgain =
		turn.commands.has('greeting') &&
		turn.state.greeted &&
		turn.needs.length === 0 &&
		!turn.progress &&
		turn.files.length === 0;
	const returnedToday = turn.state.mode === 'closed';
	if (!turn.commands.has('menu') && !(greetedAgain && !returnedToday)) return undefined;
	if (turn.commands.has('menu') && turn.progress && turn.option !== undefined) return undefined;
	if (turn.commands.has('menu')) return showMenu(turn, 'The customer asked for the menu.');
	// Whoever greets once more may still answer what was asked: only a choice from the menu leaves it.
	return showMenu(turn, 'Greeted again.', turn.option !== undefined && turn.state.asked !== undefined);
}

function showMenu(turn: Turn, why: string, flowWaits = false): Decision {
	if (!flowWaits) turn.leaveFlow();
	delete turn.memory.severalNeeds;
	turn.memory.menuShown = true;
	turn.state.menuPending = true;
	turn.state.greeted = true;
	turn.rules.push(why);
	return {
		parts: [...outOfHours(turn), { text: 'menu' }],
		choices: menuChoices(turn.profile),
		next: 'The customer chooses from the menu.',
	};
}

/** Finds the flow for what was said; more of the same goes to the open case (D16), a second need waits (D15). */
export function decideNeed(turn: Turn): Decision | undefined {
	if (turn.commands.has('another_request')) {
		turn.memory.anotherRequest = true;
		const option = turn.profile.options.find(({ id }) => id === turn.memory.caseOption);
		if (option === undefined) return showMenu(turn, 'Another request.');
		const subject = turn.memory.lastAdded;
		chooseOption(turn, option);
		if (subject !== undefined) prefill(turn, subject, classify(subject, { profile: turn.profile }));
		delete turn.memory.lastAdded;
		return undefined;
	}
	const wanted = wantedOptions(turn);
	const [first, second] = wanted;
	if (first !== undefined && second !== undefined && turn.option === undefined && !continuesSessionCase(turn)) {
		turn.memory.severalNeeds = wanted.map(({ option, text }) => ({ option: option.id, text }));
		turn.progress = true;
		turn.understood.push(...wanted.map(({ option }) => option.label));
		return undefined;
	}
	if (turn.option !== undefined && turn.memory.severalNeeds !== undefined) takeFirstNeed(turn, turn.option);
	if (first === undefined) return turn.option === undefined ? decideMoreOfTheSame(turn) : decideDuplicate(turn);
	if (turn.option === undefined && continuesSessionCase(turn)) return continueCase(turn, turn.memory.caseId ?? '');
	if (turn.option === undefined && isOneOfSeveral(turn, first.option)) chooseOption(turn, first.option);
	else if (first.option.id !== turn.option?.id) changeTo(turn, first);
	else turn.progress = true;
	if (turn.option !== undefined && turn.memory.severalNeeds !== undefined) takeFirstNeed(turn, turn.option);
	turn.state.intent = first.intent;
	return decideDuplicate(turn);
}

/** "no, mejor no, lo que necesito es …": what was under way is not wanted any more. */
const DROPPED =
	/\b(?:mejor no|ya no (?:quiero|necesito|me interesa)|olvid(?:a|e|alo|elo|ate|ese)|dej(?:a|e|emos) (?:eso|asi|lo)|cambie de (?:idea|opinion)|no (?:es|era) (?:una |para )?cotiza\w*)\b/;

/** Goes over to another need; the one that was under way is kept and offered afterwards. */
function changeTo(turn: Turn, wanted: WantedOption): void {
	const left = turn.option;
	// What turned the customer away says nothing about what was left.
	const subject = (turn.state.subject ?? '')
		.split('\n')
		.filter((line) => !turn.written.includes(line))
		.join('\n');
	chooseOption(turn, wanted.option);
	holdNoMore(turn, wanted.option);
	const meant = needsMeant(turn);
	for (const need of meant)
		if (wanted.option.intents.includes(need.intent))
			prefill(turn, need.text, classify(need.text, { profile: turn.profile }));
	for (const need of turn.needs) if (!meant.includes(need)) turn.leftovers.push(need.text);
	placeLeftovers(turn);
	for (const text of turn.leftovers) if (turn.fields['details'] !== undefined) keepDetails(turn, text);
	if (left === undefined) return;
	turn.understood.push(`changed from “${left.label}”`);
	turn.state.subject = wanted.text;
	if (!DROPPED.test(plain(turn.written.join(' ')))) hold(turn, { option: left.id, subject });
}

/** "primero la factura": what was said of it before is what it is about. */
const isOneOfSeveral = ({ memory }: Turn, { id }: MenuOption): boolean =>
	memory.severalNeeds?.some(({ option }) => option === id) ?? false;

const waitingNeeds = ({ memory }: Turn): HeldNeed[] => [
	...(memory.heldNeed === undefined ? [] : [memory.heldNeed]),
	...(memory.laterNeeds ?? []),
];

function keepWaiting(turn: Turn, needs: readonly HeldNeed[]): void {
	const [next, ...later] = needs;
	delete turn.memory.heldNeed;
	delete turn.memory.laterNeeds;
	if (next !== undefined) turn.memory.heldNeed = next;
	if (later.length > 0) turn.memory.laterNeeds = later;
}

/** Keeps a need for later, behind the ones that wait already; of each option one. */
function hold(turn: Turn, need: HeldNeed): void {
	const waiting = waitingNeeds(turn);
	if (!waiting.some(({ option }) => option === need.option)) keepWaiting(turn, [...waiting, need]);
}

/** What is begun waits no more. */
function holdNoMore(turn: Turn, { id }: MenuOption): void {
	keepWaiting(
		turn,
		waitingNeeds(turn).filter(({ option }) => option !== id),
	);
}

/** The customer said which of several needs comes first: the other waits. */
export function takeFirstNeed(turn: Turn, option: MenuOption): void {
	const needs = turn.memory.severalNeeds ?? [];
	delete turn.memory.severalNeeds;
	for (const { option: id, text } of needs) {
		if (id !== option.id) hold(turn, { option: id, subject: text });
		else {
			turn.state.subject ??= text;
			prefill(turn, text, classify(text, { profile: turn.profile }));
		}
	}
}

/** Whether what was said only tells more about the case of this session ("con 16 GB de RAM"). */
function continuesSessionCase(turn: Turn): boolean {
	return duplicateOfSession(turn) !== undefined && turn.needs.every(({ asks }) => !asks);
}

interface WantedOption {
	readonly option: MenuOption;
	readonly intent: Intent;
	readonly text: string;
}

/** What is only named beside a need that is said ("no imprime", "la hp") tells more of it. */
function needsMeant({ needs }: Turn): SaidNeed[] {
	const asking = needs.filter(({ asks }) => asks);
	return asking.length > 0 ? asking : needs;
}

/** Options for the needs of this turn, without repetition, in the order they were said. */
function wantedOptions(turn: Turn): WantedOption[] {
	const wanted = new Map<string, WantedOption>();
	for (const { intent, text } of needsMeant(turn)) {
		const option = turn.profile.options.find(({ intents }) => intents.includes(intent));
		if (option !== undefined && !wanted.has(option.id)) wanted.set(option.id, { option, intent, text });
	}
	return [...wanted.values()];
}
