import type { Viewer } from './viewer';

const PREFIX = 'inbox';

/** What a command's effects are idempotent by: never the id of another advisor's wish, or of one of the bot's. */
export function requestOf({ viewer, requestId }: { readonly viewer: Viewer; readonly requestId: string }): string {
	return `${PREFIX}:${viewer.advisorId}:${requestId}`;
}

/** The page's own id of the command that wrote this, when a person of the team did so on the page. */
export function commandOf(row: {
	readonly request_id: string | null;
	readonly advisor_id: string | null;
}): string | undefined {
	const prefix = `${PREFIX}:${row.advisor_id}:`;
	return row.request_id?.startsWith(prefix) ? row.request_id.slice(prefix.length) : undefined;
}
