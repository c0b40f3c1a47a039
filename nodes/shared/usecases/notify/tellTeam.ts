import { listAdvisors, type AdvisorRow } from '../../store/repositories/advisors';
import { appendAudit } from '../../store/repositories/auditLog';
import type { Executor, Store } from '../../store/store';
import { leaveNotification } from './leaveNotification';

/** Who is to be told: the people with that task, everybody of an area, or one person. */
export type TeamChoice =
	| { readonly role: 'supervisor' | 'administrator' }
	| { readonly area: string }
	| { readonly advisorId: string }
	| { readonly everybody: true };

export interface TeamNews {
	readonly to: TeamChoice;
	readonly text: string;
	/** Everybody is told once for it. */
	readonly requestId: string;
	readonly contactId?: string;
}

const isMeant = (advisor: AdvisorRow, to: TeamChoice): boolean => {
	if ('role' in to) return advisor.role === to.role;
	if ('area' in to) return (JSON.parse(advisor.areas) as string[]).includes(to.area);
	return 'advisorId' in to ? advisor.id === to.advisorId : true;
};

/** Who would be told. A small team has no supervisor: then everybody is one. */
export async function peopleToTell(executor: Executor, store: Store, to: TeamChoice): Promise<AdvisorRow[]> {
	const team = await listAdvisors(executor, store.workspaceId);
	const meant = team.filter((advisor) => isMeant(advisor, to));
	return meant.length === 0 && 'role' in to ? team : meant;
}

/** Leaves a notification for each of them, once for the same request. @returns who has been told, and who anew */
export async function tellTeam(
	store: Store,
	news: TeamNews,
): Promise<ReadonlyArray<{ readonly advisor: AdvisorRow; readonly isNew: boolean }>> {
	return await store.transaction(async (tx) => {
		const told: Array<{ readonly advisor: AdvisorRow; readonly isNew: boolean }> = [];
		for (const advisor of await peopleToTell(tx, store, news.to)) {
			const { isNew } = await leaveNotification(tx, store, advisor, {
				kind: 'team.told',
				text: news.text,
				requestId: news.requestId,
				contactId: news.contactId,
			});
			told.push({ advisor, isNew });
		}
		if (told.some(({ isNew }) => isNew)) {
			await appendAudit(tx, store, {
				...(news.contactId === undefined ? {} : { contactId: news.contactId }),
				actor: 'workflow',
				action: 'team.told',
				payload: { requestId: news.requestId, text: news.text, told: told.map(({ advisor }) => advisor.name) },
			});
		}
		return told;
	});
}
