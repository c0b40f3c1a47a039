/** What can go wrong with an advisor's own number, or be missing: keys of `text/linkingProblems`. */
export const LINKING_PROBLEMS = [
	/** Before and in Meta's dialog. */
	'link_invalid',
	'link_expired',
	'other_browser',
	'cancelled',
	'dialog_refused',
	'app_not_live',
	/** Exchange of the code, and the token. */
	'code_expired',
	'code_used',
	'app_refused',
	'missing_permission',
	'foreign_token',
	'no_account',
	/** The number. */
	'no_number',
	'several_numbers',
	'not_on_app',
	'already_linked',
	'company_number',
	/** What arrives from it. */
	'no_receiver',
	'receiver_unreachable',
	'sync_too_late',
	'sync_repeated',
	'history_declined',
	/** Its end. */
	'unlinked_here',
	'unlinked_on_phone',
	'inactive',
	'number_changed',
	'account_closed',
	'token_revoked',
	/** Neither. */
	'meta_unavailable',
	'refused',
] as const;

export type LinkingProblem = (typeof LINKING_PROBLEMS)[number];

export function isLinkingProblem(key: string | null): key is LinkingProblem {
	return (LINKING_PROBLEMS as readonly (string | null)[]).includes(key);
}

/** Codes of Meta's dialog and of OAuth for an app that is not open to people outside of it. */
const NOT_LIVE = /not (?:currently )?(?:active|live|available)|development mode|app (?:is )?not set ?up/i;

/** What an error that comes back from Meta's dialog means. */
export function problemOfDialog(error: {
	readonly code?: string;
	readonly reason?: string;
	readonly description?: string;
}): LinkingProblem {
	if (NOT_LIVE.test(error.description ?? '')) return 'app_not_live';
	const words = `${error.code ?? ''} ${error.reason ?? ''}`;
	return /access_denied|user_denied|user_cancel|\b200\b/.test(words) ? 'cancelled' : 'dialog_refused';
}

/** How a number ended, from `disconnection_info.reason` and the name of the account's news. */
export function problemOfDisconnection(event: string, reason: string | undefined): LinkingProblem {
	switch (reason) {
		case 'COMPANION_INACTIVITY':
		case 'PRIMARY_INACTIVITY':
			return 'inactive';
		case 'CHANGE_NUMBER':
		case 'USER_RE_REGISTERED':
			return 'number_changed';
		case 'BUSINESS_DOWNGRADE':
			return 'account_closed';
		default:
			return event === 'ACCOUNT_DELETED' ? 'account_closed' : 'unlinked_on_phone';
	}
}
