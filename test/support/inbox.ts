import type { QueryAnswers, QueryName } from '../../nodes/shared/domain/inbox/requests';
import type { AdvisorRow } from '../../nodes/shared/store/repositories/advisors';
import type { Store } from '../../nodes/shared/store/store';
import { answerQuery } from '../../nodes/shared/usecases/inbox/answerQuery';
import type { InboxServices } from '../../nodes/shared/usecases/inbox/queries/query';
import { viewerOf, type Viewer } from '../../nodes/shared/usecases/inbox/viewer';
import { saveAdvisor } from '../../nodes/shared/usecases/saveAdvisor';

/** The inbox's trigger in tests. */
export const inboxWebhookId = 'e5f6a7b8-0000-4000-8000-000000000002';

/** Somebody of the team, as the inbox knows them. */
export async function viewer(
	store: Store,
	name: string,
	areas: readonly string[] = ['sales'],
	role: AdvisorRow['role'] = 'advisor',
): Promise<Viewer> {
	const { advisor } = await saveAdvisor(store, { name, areas, role }, 'test');
	return viewerOf(advisor);
}

/** Asks as a page does: every field as text. */
export async function ask<Name extends QueryName>(
	store: Store,
	who: Viewer,
	name: Name,
	input: Readonly<Record<string, unknown>> = {},
	services?: InboxServices,
): Promise<QueryAnswers[Name]> {
	return await answerQuery(store, who, name, input, services);
}
