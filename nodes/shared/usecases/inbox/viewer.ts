import { may, type InboxRole, type Permission } from '../../domain/inbox/permissions';
import type { AdvisorRow } from '../../store/repositories/advisors';
import type { ConversationScope } from '../../store/repositories/inboxConversations';
import { Refusal } from './refusal';

/** Who looks at the inbox; read anew for every request. */
export interface Viewer {
	readonly advisorId: string;
	readonly name: string;
	readonly role: InboxRole;
	/** Keys of areas; none: every area, as in a team that has not divided its work. */
	readonly areas: readonly string[];
}

export function viewerOf(advisor: Pick<AdvisorRow, 'id' | 'name' | 'role' | 'areas'>): Viewer {
	return {
		advisorId: advisor.id,
		name: advisor.name,
		role: advisor.role,
		areas: JSON.parse(advisor.areas) as string[],
	};
}

/** What decides who sees a conversation. */
export interface Sighted {
	readonly ownerAdvisorId: string | null;
	readonly area: string | null;
	readonly mode: string;
	/** To whom its cases and leads are assigned. */
	readonly advisorIds: readonly string[];
}

/**
 * An advisor sees their own conversations, those with a case or lead of theirs, and in their areas those that nobody has or
 * that wait; supervisors and administrators see all. The lists of the store ask the same (`ConversationScope`).
 */
export function visibleTo(viewer: Viewer, conversation: Sighted): boolean {
	if (may(viewer.role, 'seeAll')) return true;
	if (conversation.ownerAdvisorId === viewer.advisorId || conversation.advisorIds.includes(viewer.advisorId))
		return true;
	const { area } = conversation;
	const inArea = area !== null && (viewer.areas.length === 0 || viewer.areas.includes(area));
	return inArea && (conversation.ownerAdvisorId === null || conversation.mode === 'waiting');
}

/** The same for a query of the store. */
export function scopeOf(viewer: Viewer): ConversationScope {
	return { advisorId: viewer.advisorId, areas: viewer.areas, seeAll: may(viewer.role, 'seeAll') };
}

const WHAT_IT_IS: Readonly<Record<Permission, string>> = {
	seeAll: 'see all conversations',
	assignOthers: 'assign conversations to others',
	seeMetrics: 'see the figures',
	seeAudit: 'read the bitácora',
	editProfile: 'change the business profile',
	editAdvisors: 'change the team',
	linkNumbers: 'link numbers of others',
	repair: 'retry what failed',
	confirmCash: 'confirm cash on delivery',
	approve: 'approve requests',
	erasePeople: 'erase people',
};

/** @throws Refusal 403 */
export function assertMay(viewer: Viewer, permission: Permission): void {
	if (may(viewer.role, permission)) return;
	throw new Refusal(403, {
		message: `You may not ${WHAT_IT_IS[permission]}`,
		description: 'Ask a supervisor or an administrator of your team.',
		code: 'notAllowed',
	});
}

/** The same answer for what does not exist and for what is not for these eyes. */
export function notFound(what: string): Refusal {
	return new Refusal(404, {
		message: `There is no such ${what}`,
		description: 'It may have been assigned to somebody else, merged or erased.',
		code: 'notFound',
	});
}
