import type { CommandName, QueryAnswers, QueryName } from '../../nodes/shared/domain/inbox/requests';
import type { AdvisorRow } from '../../nodes/shared/store/repositories/advisors';
import type { Store } from '../../nodes/shared/store/store';
import { answerQuery } from '../../nodes/shared/usecases/inbox/answerQuery';
import type { InboxServices } from '../../nodes/shared/usecases/inbox/queries/query';
import { runCommand } from '../../nodes/shared/usecases/inbox/runCommand';
import { viewerOf, type Viewer } from '../../nodes/shared/usecases/inbox/viewer';
import { saveAdvisor } from '../../nodes/shared/usecases/team/saveAdvisor';

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

let wishes = 0;

/** Commands as a page does; a new wish unless the request id says that it is an old one. */
export async function command(
	store: Store,
	who: Viewer,
	name: CommandName,
	input: Readonly<Record<string, unknown>>,
	{ requestId, services }: { readonly requestId?: string; readonly services?: InboxServices } = {},
): Promise<Readonly<Record<string, unknown>>> {
	const request = {
		command: name,
		requestId: requestId ?? `wish-${(wishes += 1)}`,
		input,
		webhookId: inboxWebhookId,
		address: '127.0.0.1',
	};
	return (await runCommand(store, who, request, services)) as Readonly<Record<string, unknown>>;
}

/** What the inbox's trigger would emit, oldest first. */
export async function clicks(
	store: Store,
): Promise<ReadonlyArray<{ readonly output: string; readonly item: ClickItem }>> {
	const rows = await store.db
		.selectFrom('journal')
		.select(['output', 'payload'])
		.where('workspace_id', '=', store.workspaceId)
		.where('webhook_id', '=', inboxWebhookId)
		.orderBy('id')
		.execute();
	return rows.map(({ output, payload }) => ({ output, item: JSON.parse(payload) as ClickItem }));
}

export interface ClickItem {
	readonly crm: { readonly outboxIds: readonly string[]; readonly contactId?: string; readonly requestId: string };
	readonly [word: string]: unknown;
}
