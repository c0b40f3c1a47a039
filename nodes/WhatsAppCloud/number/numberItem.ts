import type { IDataObject } from 'n8n-workflow';

import { getAdvisor } from '../../shared/store/repositories/advisors';
import type { LinkedNumberRow } from '../../shared/store/repositories/linkedNumbers';
import type { Store } from '../../shared/store/store';
import { profileInForce } from '../../shared/usecases/profile/businessProfile';
import { linkingProblemInWords } from '../../shared/text/linkingProblems';
import { linkedNumberView } from '../../shared/usecases/linkedNumbers/linkedNumbersFor';

/** A linked number as an item; its token is never part of it. */
export async function numberItem(store: Store, row: LinkedNumberRow): Promise<IDataObject> {
	const { profile } = await profileInForce(store);
	const advisor = await getAdvisor(store.db, store.workspaceId, row.advisor_id);
	const { id, problem, ...view } = linkedNumberView(row, advisor?.name);
	return {
		linkedNumberId: id,
		...(view as unknown as IDataObject),
		problem: problem && linkingProblemInWords(problem.key, profile.language, problem.said),
		step: row.state,
		phoneNumberId: row.channel_id,
		businessAccountId: row.waba_id,
	};
}
