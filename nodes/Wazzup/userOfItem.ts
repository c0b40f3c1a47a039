import { LONGEST_ID, withinLimit } from '../shared/domain/wazzup/limits';
import { crmItemOf } from '../shared/n8n/crmItem';
import type { OperationContext } from '../shared/n8n/operation';
import { optionalWords, parameter } from '../shared/n8n/parameters';
import { responsibleUserOf } from '../shared/usecases/wazzup/responsibleUser';
import type { WazzupServices } from './services';

/** A user of Wazzup; the name is known of our own team, whom Wazzup may not know yet. */
export interface ChosenUser {
	readonly id: string;
	readonly name?: string;
}

/** The chosen user, else the person of the team who is responsible for the customer that the item belongs to. */
export async function userOfItem(context: OperationContext, { withStore }: WazzupServices): Promise<ChosenUser> {
	const chosen = parameter(context, 'userId', 'User', optionalWords);
	if (chosen !== undefined) return { id: withinLimit(chosen, 'User', LONGEST_ID) };
	const { contactId } = crmItemOf(context.node, context.itemIndex);
	const { id, name } = await withStore(async (store) => await responsibleUserOf(store, contactId));
	return { id, name };
}
