import type { Classification } from '../../classifier/types';
import type { Question } from '../../profile/businessProfile';
import type { Turn } from '../turn';
import { advance, chooseOption, giveUp } from './flow';
import { absorbText } from './text';

/** A tapped button is routed by its id, however old it is (D29). */
export function absorbTap(
	turn: Turn,
	reply: { readonly id?: string; readonly title?: string },
	byModel: Classification | undefined,
): void {
	const [kind, first = '', ...rest] = (reply.id ?? '').split(':');
	const second = rest.join(':');
	switch (kind) {
		case 'option': {
			const option = turn.profile.options.find(({ id }) => id === first);
			if (option === undefined) break;
			chooseOption(turn, option);
			turn.rules.push(`tapped “${reply.title ?? option.title}”`);
			return;
		}
		case 'answer': {
			const question = turn.question(first) ?? optionWith(turn, first, second);
			if (question === undefined) break;
			turn.keep(first, second);
			turn.rules.push(`tapped “${reply.title ?? second}”`);
			if (turn.state.asked === first) delete turn.state.asked;
			advance(turn);
			return;
		}
		case 'skip':
			giveUp(turn, first);
			turn.rules.push(`tapped “${reply.title ?? first}”`);
			advance(turn);
			return;
		case 'entry':
			// What the entry says came with the event; an entry that is gone leaves the title to go by.
			if (turn.findings.some(({ kind }) => kind === 'answer')) return;
			break;
		case 'menu':
			turn.commands.add('menu');
			return;
		case 'person':
			turn.commands.add('person');
			return;
		case 'another_request':
			turn.commands.add('another_request');
			return;
		case 'opt_in':
			turn.commands.add('opt_in');
			return;
		case 'resume':
			turn.commands.add('resume');
			return;
		case 'no_thanks':
			turn.commands.add('no_thanks');
			return;
		case 'send_link':
			turn.commands.add('send_link');
			return;
		case 'stay_here':
			turn.commands.add('stay_here');
			return;
		default:
	}
	if (reply.title) absorbText(turn, reply.title, byModel);
}

/** The question behind an old button of an option that is not under way any more: its option starts again. */
function optionWith(turn: Turn, field: string, value: string): Question | undefined {
	for (const option of turn.profile.options) {
		const question = option.questions.find(
			(candidate) =>
				candidate.field === field &&
				(candidate.type !== 'choice' || candidate.choices.some((choice) => choice.value === value)),
		);
		if (question !== undefined) {
			chooseOption(turn, option);
			return question;
		}
	}
	return undefined;
}
