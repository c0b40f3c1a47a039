import { retryDeadLetter as retry } from '../../send/retryDeadLetter';
import type { Command } from './command';

/** Makes ready again what was given up (O4). */
export const retryDeadLetter: Command<'retryDeadLetter'> = {
	about: 'desk',
	permission: 'repair',
	async run({ store, actor }, { deadLetterId }, once) {
		const answer = { deadLetterId };
		await retry(store, deadLetterId, actor, once({ answer }));
		return answer;
	},
};
