import type { CommandContext } from './command';

/** What a command's effects are idempotent by: never the id of another advisor's wish, or of one of the bot's. */
export function requestOf({ viewer, requestId }: CommandContext): string {
	return `inbox:${viewer.advisorId}:${requestId}`;
}
