import type { KnowledgeFinding } from '../../knowledge/knowledge';
import { explain, isAboutEntries, isWholeAnswer, takeAnswers } from '../knowledgeAnswers';
import { menuChoices } from '../questions';
import type { Turn } from '../turn';
import { goOnAsking } from './ask';
import { duplicateOfSession } from './cases';
import type { Decision } from './decision';
import { afterGreetings, greetingParts, outOfHours } from './greeting';
import { takeOver } from './person';

/** B20: what the business's own knowledge answers stands before what is asked next, in the same bubble. */
export function informed(turn: Turn, decision: Decision): Decision {
	if (turn.state.mode !== 'bot') return decision;
	const answers = takeAnswers(turn);
	if (answers.length === 0) return decision;
	if (decision.silence === undefined) return { ...decision, parts: afterGreetings(decision.parts, answers) };
	// The case is on its way: its one confirmation says it.
	if (turn.state.openRequestId !== undefined) {
		turn.memory.answersWithCase = answers;
		return decision;
	}
	return { parts: answers, next: 'The question was answered.' };
}

/** Questions that are known to lead nowhere before a person is offered, and before one takes over. */
const MOST_UNANSWERED = 2;

/** B20: a message that only asks is answered from the business's knowledge; what was asked before still waits. */
export function decideQuestion(turn: Turn): Decision | undefined {
	const { mode } = turn.state;
	if (mode !== 'bot' && mode !== 'closed') return undefined;
	if (turn.progress || turn.needs.length > 0 || turn.leftovers.length > 0 || turn.files.length > 0) return undefined;
	if (turn.commands.size > 0 && !turn.commands.has('greeting') && !turn.commands.has('thanks')) return undefined;
	const findings = turn.findings.filter((finding) => isWholeAnswer(turn, finding));
	if (findings.length === 0) return undefined;
	turn.state.mode = 'bot';
	const several = findings.find(isAboutEntries);
	if (several !== undefined) return offerEntries(turn, several);
	const unanswered = findings.every(({ kind }) => kind === 'none');
	const greeting = [...greetingParts(turn).filter(({ text }) => text !== 'B1'), ...outOfHours(turn)];
	const parts = [...greeting, ...takeAnswers(turn)];
	turn.progress = !unanswered;
	if (unanswered) {
		turn.memory.unanswered = (turn.memory.unanswered ?? 0) + 1;
		if (turn.memory.unanswered >= MOST_UNANSWERED)
			return takeOver(turn, 'not_answered', [{ text: 'knowledge_none' }, { text: 'take_over' }]);
	} else delete turn.memory.unanswered;
	const asked = turn.state.asked === undefined ? undefined : turn.question(turn.state.asked);
	if (asked !== undefined) return goOnAsking(turn, parts, asked);
	if (unanswered)
		return {
			parts,
			choices: [
				{ id: 'person', text: 'choice_person' },
				{ id: 'menu', text: 'choice_menu' },
			],
			next: 'The customer chooses between a person and the menu.',
		};
	if (turn.option !== undefined || duplicateOfSession(turn) !== undefined)
		return { parts, next: 'The question was answered.' };
	turn.state.menuPending = true;
	turn.memory.menuShown = true;
	return {
		parts: [...parts, { text: 'A4' }],
		choices: menuChoices(turn.profile),
		next: 'The customer chooses from the menu.',
	};
}

/** B20: several answers fit alike: the customer says which was meant; what was asked before still waits. */
function offerEntries(turn: Turn, several: KnowledgeFinding): Decision {
	explain(turn, several);
	turn.progress = true;
	const greeting = [...greetingParts(turn).filter(({ text }) => text !== 'B1'), ...outOfHours(turn)];
	return {
		parts: [...greeting, ...takeAnswers(turn), ...several.parts],
		...(several.choices === undefined ? {} : { choices: several.choices }),
		next: 'The customer says which question is meant.',
	};
}

/** B20: several things of the catalogue may be meant: the customer says which, and the flow goes on with it. */
export function offerItems(turn: Turn): Decision | undefined {
	const several = turn.findings.find((finding) => finding.kind === 'several' && !isAboutEntries(finding));
	const question = turn.option?.questions.find(({ type }) => type === 'product');
	if (several === undefined || question === undefined || turn.state.mode === 'waiting') return undefined;
	if (!turn.firstTime(`knowledge_several:${several.sources.map(({ id }) => id).join()}`)) return undefined;
	turn.state.mode = 'bot';
	explain(turn, several);
	const answers = takeAnswers(turn);
	delete turn.fields[question.field];
	turn.state.asked = question.field;
	turn.state.askedTimes = 1;
	turn.state.menuPending = false;
	turn.progress = true;
	return {
		parts: [...greetingParts(turn), ...outOfHours(turn), ...answers, ...several.parts],
		...(several.choices === undefined ? {} : { choices: several.choices }),
		next: `The customer answers ${question.field}.`,
	};
}
