import type { Turn } from '../turn';
import { decideCaseStatus, decideDroppedCase } from './cases';
import { decideConsent, decideLink } from './consent';
import { type Decision, silent } from './decision';
import { afterGreetings } from './greeting';
import { decideQuestion, informed, offerItems } from './knowledge';
import { decideCancel, decideHeldNeed, decideHours, decideMenu, decideNeed, decideNeedsTime } from './needs';
import { decideNext } from './next';
import { decideTakeOver, decideVoiceNotes, decideWithPerson } from './person';

/**
 * What is said and done once everything of the turn has been taken in. The order of the checks is the order of importance:
 * wishes about being written to, people who have the conversation, people who need a person, then the flow.
 */
export function decide(turn: Turn): Decision {
	if (!turn.answerable) return silent(turn.quietReason ?? 'Nothing was said.');
	const decision = kindly(
		turn,
		decideConsent(turn) ??
			decideLink(turn) ??
			decideDroppedCase(turn) ??
			decideWithPerson(turn) ??
			decideTakeOver(turn) ??
			decideVoiceNotes(turn) ??
			decideCancel(turn) ??
			decideNeedsTime(turn) ??
			decideCaseStatus(turn) ??
			decideHours(turn) ??
			decideQuestion(turn) ??
			decideHeldNeed(turn) ??
			decideMenu(turn) ??
			decideNeed(turn) ??
			offerItems(turn) ??
			decideNext(turn),
	);
	return informed(turn, decision);
}

/** P8: what the bot cannot do is said once, kindly, and what it can do goes on. */
function kindly(turn: Turn, decision: Decision): Decision {
	const { outOfScope } = turn;
	if (outOfScope === undefined || turn.state.mode !== 'bot') return decision;
	const text = `out_of_scope_${outOfScope}`;
	if (decision.silence !== undefined) {
		// The case is on its way: its one confirmation says it.
		if (turn.state.openRequestId !== undefined && turn.firstTime(text)) turn.memory.withCase = [text];
		return decision;
	}
	if (decision.parts.length === 0 || !turn.firstTime(text)) return decision;
	turn.understood.push(`out of scope: ${outOfScope}`);
	return { ...decision, parts: afterGreetings(decision.parts, [{ text }]) };
}
