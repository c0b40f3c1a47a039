import { classify } from '../../classifier/classify';
import { moodOf } from '../../classifier/mood';
import { plain, readable } from '../../classifier/normalise';
import type { Classification } from '../../classifier/types';
import type { KnowledgeFinding } from '../../knowledge/knowledge';
import { isWholeAnswer } from '../knowledgeAnswers';
import { outOfScope } from '../outOfScope';
import type { Turn } from '../turn';
import { absorbAnswer } from './answer';
import { chooseByWords, menuInReach } from './choice';
import { absorbCommand, HOURS, mayBeCancelled, SOLVED } from './commands';
import { absorbOfferedContact, extendsName } from './contact';
import { absorbCorrection } from './correction';
import { absorbFacts } from './facts';
import { expected } from './flow';
import { absorbNeed } from './needs';

const needsNothing = (turn: Turn, text: string): boolean =>
	turn.option === undefined && turn.contact.openCases.length === 0 && SOLVED.test(plain(text));

/** Takes in one text: as a wish, a choice, an answer, a correction, or a need, in that order. */
export function absorbText(
	turn: Turn,
	whole: string,
	byModel: Classification | undefined,
	finding?: KnowledgeFinding,
): void {
	turn.written.push(whole);
	const text = readable(whole);
	if (absorbCommand(turn, text)) return;
	const byRules = classify(text, { profile: turn.profile, at: turn.at });
	const classification: Classification =
		byModel !== undefined && byRules.confidence < turn.profile.classifier.threshold
			? { ...byModel, entities: { ...byRules.entities, ...byModel.entities } }
			: byRules;
	turn.outOfScope ??= outOfScope(text);
	if (HOURS.test(plain(text)) && turn.profile.hours.inWords !== '') turn.commands.add('hours');
	const mood = moodOf(text);
	if (mood !== undefined && turn.profile.handoff.complaint) {
		turn.commands.add('upset');
		turn.upsetReason = mood;
	}
	if (classification.intent === 'opt_out') {
		turn.commands.add('opt_out');
		return;
	}
	if (classification.intent === 'thanks' && mayBeCancelled(turn) && SOLVED.test(plain(text))) {
		turn.commands.add('cancel');
		return;
	}
	// "ya lo compré en otro lado, gracias": said to somebody who would ask what is needed.
	if (classification.intent === 'thanks' && needsNothing(turn, text)) {
		turn.commands.add('no_thanks');
		return;
	}
	turn.rules.push(
		...classification.matched.filter(({ intent }) => intent === classification.intent).map(({ rule }) => rule),
	);

	if (classification.intent !== 'human' && isWholeAnswer(turn, finding)) return;
	if (menuInReach(turn, text) && chooseByWords(turn, text)) return;
	if (absorbCorrection(turn, text)) return;
	if (extendsName(turn, text, classification)) return;
	const question = expected(turn);
	if (question !== undefined && absorbAnswer(turn, question, text, classification)) return;
	if (absorbOfferedContact(turn, text, classification)) return;
	absorbFacts(turn, classification);
	absorbNeed(turn, text, classification);
}
