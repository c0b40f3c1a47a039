import { chooseOption } from '../absorb/flow';
import { menuChoices } from '../questions';
import type { Turn } from '../turn';
import type { TextPart } from '../types';
import { ask, fileParts } from './ask';
import { type Decision, silent } from './decision';
import { greetingParts, outOfHours, withoutSecondGreeting } from './greeting';
import { nothingNeeded, takeFirstNeed } from './needs';
import { registerCase } from './openCase';
import { takeOver } from './person';

/** A turn of more words than this, that no rule can place, is one to be put in order (D15). */
const LONG_TURN_WORDS = 25;

const MANY_MESSAGES = 3;

/** Scenario 4: nothing but files, and no need known yet. Names the kind (D17). */
function fileQuestion(turn: Turn): string | undefined {
	const files = turn.files.filter(({ media }) => media.type !== 'sticker' && media.type !== 'voice');
	if (files.length === 0) return turn.locations > 0 ? 'location_received' : undefined;
	const kinds = new Set(files.map(({ media }) => media.type));
	const [kind] = kinds;
	if (kinds.size > 1) return 'attachment_several';
	return kind === 'image' || kind === 'document' || kind === 'video' || kind === 'audio'
		? `attachment_${kind}`
		: undefined;
}

/** The next question, the menu, or the case. */
export function decideNext(turn: Turn): Decision {
	const reopened = turn.state.mode === 'closed';
	turn.state.mode = 'bot';
	const wasGreeted = turn.state.greeted;
	const onlyFiles =
		turn.written.length === 0 && (turn.files.length > turn.stickers + turn.voiceNotes.length || turn.locations > 0);
	if (turn.stickers > 0 && turn.stickers === turn.files.length && turn.written.length === 0 && wasGreeted)
		return silent('A sticker is no answer; the question stays.');

	const greeting = greetingParts(turn);
	const lead: TextPart[] = [
		...greeting,
		...outOfHours(turn),
		...(reopened && greeting.length === 0 ? [{ text: 'resumed' }] : []),
	];

	if (onlyFiles) {
		const question = fileQuestion(turn);
		const asked = turn.state.asked === undefined ? undefined : turn.question(turn.state.asked);
		const needed = turn.option === undefined && asked === undefined && turn.missingContact().length > 0;
		const needUnknown = turn.option === undefined && asked === undefined;
		if (question !== undefined && (needUnknown || asked?.type === 'product') && turn.firstTime(question)) {
			turn.state.menuPending = turn.option === undefined && !needed;
			return {
				parts: [...lead.filter(({ text }) => text !== 'B1'), { text: question }],
				...(turn.option === undefined ? { choices: menuChoices(turn.profile) } : {}),
				next: 'The customer says what the file is for.',
			};
		}
		if (asked?.type === 'text' && turn.option !== undefined) turn.keep(asked.field, turn.state.subject ?? asked.field);
	}

	const quiet = decideSmallTalk(turn, wasGreeted);
	if (quiet !== undefined) return quiet;

	const [question] = turn.missing();
	if (question !== undefined && !(turn.option === undefined && turn.profile.start === 'menu')) {
		const asked = ask(turn, lead, question);
		if (asked !== undefined) return asked;
	}
	const rest = turn.missing()[0];
	if (rest !== undefined && (turn.option !== undefined || turn.profile.start === 'data')) {
		const asked = ask(turn, lead, rest);
		if (asked !== undefined) return asked;
	}
	if (turn.option !== undefined) return registerCase(turn);
	if (turn.memory.severalNeeds !== undefined) return askWhichFirst(turn, lead, turn.memory.severalNeeds);
	return askForNeed(turn, lead, wasGreeted);
}

/** "gracias", "ok": answered once when nothing is open, and never in place of a question. */
function decideSmallTalk(turn: Turn, wasGreeted: boolean): Decision | undefined {
	if (!wasGreeted || turn.progress || turn.needs.length > 0 || turn.leftovers.length > 0 || turn.option !== undefined)
		return undefined;
	// "ok, gracias" under the menu that came with the opening hours: that was all.
	if (turn.commands.has('thanks') && turn.state.menuPending && turn.files.length === 0) return nothingNeeded(turn);
	if (turn.state.asked !== undefined || turn.state.menuPending || turn.files.length > 0 || turn.unreadable > 0)
		return undefined;
	if (turn.missingContact().length > 0 && turn.profile.start === 'data') return undefined;
	if (turn.commands.has('thanks'))
		return turn.firstTime('thanks')
			? { parts: [{ text: 'thanks' }], next: 'Nothing is open.' }
			: silent('Thanked already.');
	if (turn.commands.has('acknowledgement') && turn.state.caseNumber !== undefined)
		return silent('An acknowledgement after the confirmation needs no answer.');
	return undefined;
}

/** D15: the customer chooses which need comes first. */
function askWhichFirst(
	turn: Turn,
	lead: readonly TextPart[],
	needs: ReadonlyArray<{ readonly option: string }>,
): Decision {
	if (turn.memory.told?.includes('two_needs')) {
		const option = turn.profile.options.find(({ id }) => id === needs[0]?.option);
		if (option !== undefined) {
			chooseOption(turn, option);
			takeFirstNeed(turn, option);
			return decideNext(turn);
		}
	}
	turn.firstTime('two_needs');
	turn.state.menuPending = true;
	return {
		parts: [...lead, ...fileParts(turn), { text: 'two_needs' }],
		choices: needs.map(({ option }) => ({ id: `option:${option}`, text: `option:${option}` })),
		next: 'The customer says which need comes first.',
	};
}

/** Nothing is missing of the person, and no need is known. */
function askForNeed(turn: Turn, lead: readonly TextPart[], wasGreeted: boolean): Decision {
	const choices = menuChoices(turn.profile);
	const files = fileParts(turn);
	const menu = (parts: readonly TextPart[], next = 'The customer chooses from the menu.'): Decision => {
		delete turn.state.asked;
		turn.state.askedTimes = 0;
		turn.state.menuPending = true;
		turn.memory.menuShown = true;
		return { parts: [...lead, ...files, ...parts], choices, next };
	};
	if (turn.contact.returning && !turn.progress && turn.leftovers.length === 0 && lead.some(({ text }) => text === 'B1'))
		return menu([{ text: 'B2' }]);
	if (turn.progress && turn.leftovers.length === 0) return menu([{ text: turn.contact.returning ? 'B2' : 'A4' }]);
	if (!wasGreeted && turn.leftovers.length === 0)
		return turn.profile.start === 'menu' ? withoutSecondGreeting(menu([{ text: 'menu' }])) : menu([{ text: 'A4' }]);
	return decideNotUnderstood(turn, menu);
}

/** D15, B14: the menu first, or template F for a long or scattered turn; then the menu again; then a person. */
function decideNotUnderstood(turn: Turn, menu: (parts: readonly TextPart[], next?: string) => Decision): Decision {
	const misses = (turn.memory.misses ?? 0) + 1;
	turn.memory.misses = misses;
	const words = turn.written.join(' ').split(/\s+/).length;
	const scattered = words > LONG_TURN_WORDS || turn.written.length >= MANY_MESSAGES;
	if (scattered && turn.firstTime('F1')) {
		const decision = menu([{ text: 'F1' }], 'The customer says it in one sentence.');
		turn.state.menuPending = false;
		return { parts: decision.parts, next: decision.next };
	}
	if (misses >= 3) return takeOver(turn, 'not_understood', [{ text: 'take_over' }]);
	if (misses === 1) return withoutSecondGreeting(menu([{ text: 'menu' }]));
	const decision = menu([{ text: 'not_understood' }, { text: 'A4' }]);
	return turn.profile.options.length < 10
		? { ...decision, choices: [...(decision.choices ?? []), { id: 'person', text: 'choice_person' }] }
		: decision;
}
