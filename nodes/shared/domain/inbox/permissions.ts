/** Roles of the people who attend, from the advisor's record. */
export const INBOX_ROLES = ['advisor', 'supervisor', 'administrator'] as const;
export type InboxRole = (typeof INBOX_ROLES)[number];

/** What somebody may do in the inbox beyond attending their own conversations. */
export const PERMISSIONS = [
	/** See every conversation, not only one's own and those that wait for somebody in one's areas. */
	'seeAll',
	/** Give a conversation to somebody else. */
	'assignOthers',
	'seeMetrics',
	'seeAudit',
	'editProfile',
	'editAdvisors',
	'linkNumbers',
	/** Dead letters: try again or put away. */
	'repair',
	/** Say that cash on delivery came: nobody else confirms it. */
	'confirmCash',
	/** Approve what a tool or an assistant asked for (refunds, links). */
	'approve',
	'erasePeople',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const SUPERVISOR: readonly Permission[] = [
	'seeAll',
	'assignOthers',
	'seeMetrics',
	'seeAudit',
	'repair',
	'confirmCash',
	'approve',
];

const PERMISSIONS_OF: Readonly<Record<InboxRole, readonly Permission[]>> = {
	advisor: [],
	supervisor: SUPERVISOR,
	administrator: PERMISSIONS,
};

export function permissionsOf(role: InboxRole): readonly Permission[] {
	return PERMISSIONS_OF[role];
}

export function may(role: InboxRole, permission: Permission): boolean {
	return PERMISSIONS_OF[role].includes(permission);
}
