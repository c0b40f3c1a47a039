import { InvalidInput } from '../../domain/invalidInput';
import { listAdvisors, type AdvisorRow } from '../../store/repositories/advisors';
import { findContact } from '../../store/repositories/contactLookup';
import type { Store } from '../../store/store';

/**
 * Who is responsible at Wazzup for what is nobody's here: the chosen person, else the first who leads.
 * @throws InvalidInput when there is nobody, or the chosen one is none of the team.
 */
export function responsibleOf(advisors: readonly AdvisorRow[], chosen: string | undefined): AdvisorRow {
	if (chosen !== undefined && chosen !== '') {
		const person = advisors.find(({ id }) => id === chosen);
		if (person !== undefined) return person;
		throw new InvalidInput({
			message: `'Default Responsible' is nobody of the team: '${chosen}'`,
			description: 'Choose somebody from the list.',
			parameter: 'Default Responsible',
		});
	}
	const first = advisors.find(({ role }) => role !== 'advisor') ?? advisors[0];
	if (first !== undefined) return first;
	throw new InvalidInput({
		message: 'There is nobody in the team, and Wazzup wants a responsible person for every contact',
		description: 'Add a person with WhatsApp CRM → Advisor: Create or Update.',
		parameter: 'Default Responsible',
	});
}

/** Who is responsible for a customer at Wazzup, as Sync carries it. @throws InvalidInput when there is nobody. */
export async function responsibleUserOf(store: Store, contactId: string): Promise<AdvisorRow> {
	const advisors = await listAdvisors(store.db, store.workspaceId);
	const owner = (await findContact(store.db, store.workspaceId, contactId))?.owner_advisor_id;
	return advisors.find(({ id }) => id === owner) ?? responsibleOf(advisors, undefined);
}
