import { menuChoices } from '../questions';
import type { Turn } from '../turn';
import { type Decision, silent } from './decision';

/** Template K: the customer takes the direct link, or stays where everything is on record (D20). */
export function decideLink(turn: Turn): Decision | undefined {
	const { linkOffer } = turn.memory;
	if (linkOffer === undefined) return undefined;
	if (turn.commands.has('stay_here')) {
		delete turn.memory.linkOffer;
		turn.understood.push('stays in this conversation');
		return { parts: [{ text: 'link_kept_here' }], next: 'The conversation goes on here.' };
	}
	if (!turn.commands.has('send_link')) return undefined;
	delete turn.memory.linkOffer;
	const advisor = linkOffer.advisor ?? `+${linkOffer.number}`;
	turn.understood.push(`accepted the link to +${linkOffer.number}; what is said there is not on record`);
	return {
		parts: [{ text: 'link_sent', values: { advisor } }],
		link: { text: 'link_label', url: `https://wa.me/${linkOffer.number}` },
		next: 'The customer may write to the advisor directly.',
	};
}

/** Who opted out is written to no more, asked once whether to come back, and comes back by their own word. */
export function decideConsent(turn: Turn): Decision | undefined {
	const out = turn.memory.optedOut ?? turn.contact.optedOut ?? false;
	if (turn.commands.has('opt_out')) {
		if (out) return silent('The customer had already opted out.');
		turn.memory.optedOut = true;
		turn.leaveFlow();
		turn.learn({ kind: 'learn', field: 'optOut', value: turn.at.toISOString() });
		turn.effects.push({ kind: 'close', requestId: `${turn.requestId}:close`, reason: 'opted_out' });
		turn.state.mode = 'closed';
		return { parts: [{ text: 'opted_out' }], next: 'No more messages.' };
	}
	if (!out) return undefined;
	if (turn.commands.has('opt_in')) {
		turn.memory.optedOut = false;
		turn.memory.told = (turn.memory.told ?? []).filter((key) => key !== 'opted_out_before');
		turn.learn({ kind: 'learn', field: 'optIn', value: turn.at.toISOString() });
		turn.state.mode = 'bot';
		turn.state.greeted = true;
		turn.state.menuPending = true;
		return { parts: [{ text: 'opted_in' }, { text: 'menu' }], choices: menuChoices(turn.profile), next: 'Menu.' };
	}
	if (!turn.firstTime('opted_out_before'))
		return silent('The customer opted out and was asked once whether to come back.');
	return {
		parts: [{ text: 'opted_out_before' }],
		choices: [
			{ id: 'opt_in', text: 'choice_attend_me' },
			{ id: 'no_thanks', text: 'choice_no_thanks' },
		],
		next: 'The customer decides whether to be written to again.',
	};
}
