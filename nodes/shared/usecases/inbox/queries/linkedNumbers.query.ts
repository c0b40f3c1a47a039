import { may } from '../../../domain/inbox/permissions';
import { linkedNumbersFor } from '../../linkedNumbers/linkedNumbersFor';
import type { AnswerOf } from './query';

/** One's own linked numbers, or everybody's for who may link them. */
export const linkedNumbers: AnswerOf<'linkedNumbers'> = async ({ store, viewer }) =>
	await linkedNumbersFor(store, { advisorId: viewer.advisorId, seesAll: may(viewer.role, 'linkNumbers') });
